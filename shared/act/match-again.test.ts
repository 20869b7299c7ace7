import { expect, test } from 'vitest';
import type { ChangeBody } from '../contracts/change.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { type EarlierChange, matchAgain } from './match-again.ts';
import type { PlannedChange } from './plan-changes.ts';

const said = (quote: string, seq: number): Evidence => ({ quote, seq, role: 'rep', speaker: 'Sam', startMs: 0, endMs: 1 });
const taskBody = (subject: string): ChangeBody => ({ kind: 'add-task', subject, body: '', dueAt: '2026-11-20T17:00:00Z' });
const planned = (ordinal: number, body: ChangeBody, evidence: Evidence[] = []): PlannedChange => ({
  ordinal,
  action: body.kind,
  policy: 'auto',
  record: { object: 'deal', id: '7001' },
  also: [],
  body,
  reason: '',
  evidence,
  confidence: 1,
});
const earlier = (ordinal: number, body: ChangeBody, over: Partial<EarlierChange> = {}): EarlierChange => ({
  id: `row-${ordinal}`,
  ordinal,
  version: 1,
  state: 'written',
  policy: 'auto',
  body,
  evidence: [],
  also: [],
  wrote: body,
  ...over,
});
const told = (now: readonly PlannedChange[], before: readonly EarlierChange[]) =>
  matchAgain(now, before).map((it) =>
    it.do === 'add'
      ? `add ${it.change.ordinal} ${it.change.policy}`
      : it.do === 'replace'
        ? `replace ${it.id} ${it.from} → ${it.to}`
        : it.do,
  );
const note: ChangeBody = { kind: 'add-note', body: 'worries', at: '2026-11-20T15:00:00Z' };
const otherNote: ChangeBody = { ...note, body: 'other worries' };

test('a first look adds everything; the same look again does nothing', () => {
  const plan = [planned(1, note), planned(2, taskBody('Send the plan'))];
  expect(told(plan, [])).toEqual(['add 1 auto', 'add 2 auto']);
  // The store gives fields back in another order.
  const stored = { at: '2026-11-20T15:00:00Z', body: 'worries', kind: 'add-note' } as const;
  expect(told(plan, [earlier(1, stored), earlier(2, taskBody('Send the plan'))])).toEqual([]);
});

test.each([
  ['written', 'replace row-1 written → due'],
  ['due', 'replace row-1 due → due'],
  ['waiting', 'replace row-1 waiting → waiting'],
  ['parked', 'replace row-1 parked → parked'],
  ['writing', 'later'],
  ['declined', undefined],
  ['approved', undefined],
  ['undone', undefined],
  ['superseded', undefined],
] as const)('a note that reads differently now, while the old one is %s', (state, says) => {
  expect(told([planned(1, otherNote)], [earlier(1, note, { state })])[0]).toBe(says);
});

test('what moved the deal is not moved again', () => {
  const move: ChangeBody = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' };
  expect(told([planned(5, { ...move, from: 'b', to: 'c' })], [earlier(5, move)])).toEqual([]);
  expect(told([planned(5, { ...move, from: 'b', to: 'c' })], [earlier(5, move, { state: 'waiting', wrote: null })])).toEqual([
    'replace row-5 waiting → waiting',
  ]);
});

test('a task is the same by its words, by its quote, or by its turn when that holds one promise', () => {
  const plan = [
    planned(2, taskBody('Send the rollout plan'), [said('I will get the list over', 9)]),
    planned(3, taskBody('Email Maya the price list'), [said("I'll send the prices.", 4)]),
    planned(4, taskBody('Book a demo'), [said('Let us book a demo', 12)]),
  ];
  const before = [
    earlier(2, taskBody('Send Maya the prices'), { evidence: [said('I’ll send the prices', 4)] }),
    earlier(3, taskBody('send the rollout plan!'), { evidence: [said('something else', 3)] }),
    earlier(4, taskBody('Schedule the demo'), { evidence: [said('we will book', 12)] }),
  ];
  const again = matchAgain(plan, before).map((it) => (it.do === 'replace' ? [it.id, it.change.body] : it.do));
  expect(again).toEqual([
    ['row-3', taskBody('Send the rollout plan')],
    ['row-2', taskBody('Email Maya the price list')],
    ['row-4', taskBody('Book a demo')],
  ]);
});

test('two promises of one turn are not mixed up', () => {
  const now = [planned(2, taskBody('Ask legal'), [said('ask legal', 7)])];
  const before = [
    earlier(2, taskBody('Send the plan'), { evidence: [said('send the plan', 7)] }),
    earlier(3, taskBody('Book a room'), { evidence: [said('book a room', 7)] }),
  ];
  expect(told(now, before)).toEqual(['add 100 auto']);
});

test('a new task gets a free place, an old one that is no longer heard stays, and too many wait', () => {
  const tasks = ['a', 'b', 'c'].map((word, i) => earlier(2 + i, taskBody(word)));
  expect(told([planned(2, taskBody('new'), [said('new', 40)])], tasks)).toEqual(['add 100 suggest']);
});

test('which record a call was logged on is settled by the first write', () => {
  const log: ChangeBody = { kind: 'log-call', title: 't', body: 'b', direction: 'inbound', startedAt: 's', durationMs: 1 };
  const kept = (wrote: ChangeBody | null) =>
    matchAgain([planned(0, { ...log, existing: '55' })], [earlier(0, log, { wrote, state: 'waiting' })]).map((it) => it.do);
  expect([kept(log), kept(null)]).toEqual([[], ['replace']]);
});

test('what a person filled in for a stage stays while the stage does', () => {
  const move = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' } as const;
  const given = earlier(5, { ...move, with: { amount: '5' } }, { state: 'due', wrote: null });
  expect(told([planned(5, move)], [given])).toEqual([]);
  expect(told([planned(5, { ...move, to: 'c' })], [given])).toEqual(['replace row-5 due → due']);
});

test('what a tenant only watches from now on is taken back before it leaves, and what was watched stays as it was said', () => {
  const field = (to: string): ChangeBody => ({ kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to });
  const watched: PlannedChange = { ...planned(9, field('8')), policy: 'shadow' };
  const before = (state: EarlierChange['state']) => [earlier(9, field('7'), { state, wrote: null })];
  expect(['due', 'waiting'].map((state) => told([watched], before(state as 'due')))).toEqual([
    ['replace row-9 due → shadow'],
    ['replace row-9 waiting → shadow'],
  ]);
  expect(['parked', 'shadow', 'written'].flatMap((state) => told([watched], before(state as 'parked')))).toEqual([]);
});

import { expect, test } from 'vitest';
import { type Moment, moment } from '../../contracts/playbook.ts';
import type { Role, Word } from '../../contracts/transcript.ts';
import { compilePlays } from '../compile-plays.ts';
import type { Heard, Told } from '../heard.ts';
import { newSession, type Session } from '../session.ts';
import { step } from '../step.ts';
import type { KnownRecord } from './state.ts';

const make = (rule: object, over: object = {}): Moment =>
  moment.parse({ id: 'm', name: 'Rule', kind: 'question', headline: 'Do it', say: 'Say it.', rule, enabled: true, ...over });

const wordMs = 300;
const words = (text: string, fromMs: number, eachMs = wordMs): Word[] =>
  text
    .split(' ')
    .map((word, at) => ({ text: word, startMs: fromMs + at * eachMs, endMs: fromMs + at * eachMs + eachMs - 50, confidence: 0.95 }));
const turn = (role: Role, index: number, text: string, fromMs: number, { final = true, eachMs = wordMs } = {}): Heard => {
  const heard = words(text, fromMs, eachMs);
  return { type: 'turn', role, turn: index, text, words: heard, final, atMs: heard.at(-1)?.endMs ?? fromMs };
};
const tick = (atMs: number): Heard => ({ type: 'tick', atMs });
const talk = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

function play(moments: Moment[], heard: readonly Heard[]): { session: Session; told: Told[] } {
  const plays = compilePlays([], [], moments);
  let session = newSession({ callId: 'c', startedAtMs: Date.parse('2026-11-20T15:00:00Z') });
  const told: Told[] = [];
  for (const one of [{ type: 'line-started' }, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }, ...heard] as Heard[]) {
    const before = JSON.stringify(session);
    const [next, said] = step(session, one, plays);
    // A checkpoint between any two steps changes nothing, and nothing is changed in place.
    expect(step(JSON.parse(before), one, plays)).toEqual([next, said]);
    expect(JSON.stringify(session)).toBe(before);
    session = next;
    told.push(...said);
  }
  return { session, told };
}
const fired = (moments: Moment[], heard: readonly Heard[]) =>
  play(moments, heard).session.moments?.fired.map(({ momentId, atMs }) => `${momentId}@${atMs}`) ?? [];
const wake = (moments: Moment[], heard: readonly Heard[]) => play(moments, heard).session.moments?.wakeAtMs;

test('time of the call: not before, once from then on, and it says when to look', () => {
  const rule = make({ is: 'elapsed', afterSeconds: 60 });
  expect(fired([rule], [tick(59_999)])).toEqual([]);
  expect(wake([rule], [tick(1_000)])).toBe(60_000);
  expect(fired([rule], [tick(60_000), tick(61_000), tick(600_000)])).toEqual(['m@60000']);
  expect(wake([rule], [tick(60_000)])).toBe(null);
});

test('the card of a moment that time brings says what it is about, and quotes nobody', () => {
  const { told } = play([make({ is: 'elapsed', afterSeconds: 60 })], [tick(60_000)]);
  expect(told.filter(({ type }) => type === 'card')).toMatchObject([
    { card: { id: 'c.m.t1', playId: 'm', headline: 'Do it', why: { quote: '', rule: 'Rule' }, confidence: 1 } },
  ]);
});

const agenda = { is: 'not-said', phrases: ['the agenda'], said: 'rep' } as const;

test('not said by a time: comes where it was not said, by whom it has to be', () => {
  const rule = make({ ...agenda, bySeconds: 120 });
  expect(fired([rule], [turn('rep', 0, 'here is the agenda for today', 5_000), tick(120_000)])).toEqual([]);
  expect(fired([rule], [turn('rep', 0, 'nice to meet you today', 5_000), tick(120_000)])).toEqual(['m@120000']);
  expect(fired([rule], [turn('customer', 0, 'what is the agenda', 5_000), tick(120_000)])).toEqual(['m@120000']);
});

test('not said by a stage of the checklist', () => {
  const rule = make({ ...agenda, byStage: 'Showing' });
  const show = make({ is: 'step', phrases: ['you see here'], said: 'rep', stage: 'Showing' }, { id: 'show' });
  expect(fired([rule, show], [tick(600_000)])).toEqual([]);
  expect(fired([rule, show], [turn('rep', 0, 'so you see here the map', 5_000)])).toEqual(['m@6750']);
  expect(fired([rule, show], [turn('rep', 0, 'the agenda first', 1_000), turn('rep', 1, 'so you see here the map', 5_000)])).toEqual([]);
});

test('a point of the checklist is ticked once, with its words', () => {
  const rule = make({ is: 'step', phrases: ['who else is involved'], said: 'rep', stage: 'Discovery' }, { name: 'Who else' });
  const { told } = play(
    [rule],
    [turn('rep', 0, 'and who else is involved there', 5_000, { final: false }), turn('rep', 0, 'and who else is involved there', 5_000)],
  );
  const evid = { quote: 'who else is involved', role: 'rep', startMs: 5_300 };
  expect(told.filter(({ type }) => type === 'step')).toEqual([
    { type: 'step', seq: 3, step: { id: 'm', name: 'Who else', stage: 'Discovery', done: true, evid } },
  ]);
  expect(play([rule], [turn('customer', 0, 'who else is involved', 5_000)]).told.some(({ type }) => type === 'step')).toBe(false);
});

const monologue = make({ is: 'monologue', overSeconds: 30 });

test('a monologue: long enough, and what is said while listening does not end it', () => {
  expect(fired([monologue], [turn('rep', 0, talk(95), 0)])).toEqual([]);
  expect(fired([monologue], [turn('rep', 0, talk(101), 0)])).toEqual(['m@30250']);
  const nod = turn('customer', 0, 'mm-hm right', 16_000);
  expect(fired([monologue], [turn('rep', 0, talk(55), 0), nod, turn('rep', 1, talk(55), 17_000)])).toEqual(['m@33450']);
  const word = turn('customer', 0, 'we do that by hand today', 16_600);
  expect(fired([monologue], [turn('rep', 0, talk(55), 0), word, turn('rep', 1, talk(55), 19_000)])).toEqual([]);
});

test('a pause ends a monologue', () => {
  expect(fired([monologue], [turn('rep', 0, talk(60), 0), turn('rep', 1, talk(60), 25_000)])).toEqual([]);
});

test('the pace over the last thirty seconds, and nothing of a few quick words', () => {
  const rule = make({ is: 'pace', overWordsPerMinute: 180 });
  expect(fired([rule], [turn('rep', 0, talk(70), 0, { eachMs: 250 })])).toHaveLength(1);
  expect(fired([rule], [turn('rep', 0, talk(70), 0, { eachMs: 400 })])).toEqual([]);
  expect(fired([rule], [turn('rep', 0, talk(20), 0, { eachMs: 200 })])).toEqual([]);
});

test('cutting in: the customer had more to say; a nod is none, and neither is speaking after them', () => {
  const rule = make({ is: 'interruptions', over: 1 });
  const long = turn('customer', 0, talk(30), 0);
  expect(fired([rule], [turn('rep', 0, 'but let me tell you that', 5_000, { final: false }), long])).toHaveLength(1);
  expect(fired([rule], [turn('rep', 0, 'mm-hm', 5_000), long])).toEqual([]);
  expect(fired([rule], [long, turn('rep', 0, 'but let me tell you that', 9_500)])).toEqual([]);
});

test('cutting in counts within five minutes', () => {
  const rule = make({ is: 'interruptions', over: 2 });
  const cut = (nth: number, atMs: number): Heard[] => [
    turn('customer', nth, talk(20), atMs),
    turn('rep', nth, 'but let me tell you that', atMs + 2_000),
  ];
  expect(fired([rule], [...cut(0, 0), ...cut(1, 200_000)])).toHaveLength(1);
  expect(fired([rule], [...cut(0, 0), ...cut(1, 400_000)])).toEqual([]);
});

test('silence: counted from the last word, not from the beginning', () => {
  const rule = make({ is: 'silence', overSeconds: 6 });
  expect(fired([rule], [tick(60_000)])).toEqual([]);
  const word = turn('rep', 0, 'it is forty thousand', 10_000);
  expect(wake([rule], [word])).toBe(17_150);
  expect(fired([rule], [word, tick(17_149)])).toEqual([]);
  expect(fired([rule], [word, tick(17_150)])).toEqual(['m@17150']);
});

test('the talk share: outside of the band, and not before the sixth minute', () => {
  const rule = make({ is: 'talk-share', lowPercent: 20, highPercent: 70 });
  const mostlyRep = [turn('rep', 0, talk(90), 0), turn('customer', 0, talk(10), 30_000)];
  expect(fired([rule], [...mostlyRep, tick(299_999)])).toEqual([]);
  expect(fired([rule], [...mostlyRep, tick(300_000)])).toEqual(['m@300000']);
  const even = [turn('rep', 0, talk(50), 0), turn('customer', 0, talk(50), 30_000)];
  expect(fired([rule], [...even, tick(300_000)])).toEqual([]);
});

const known = (over: Partial<KnownRecord> = {}): Heard => ({
  type: 'record',
  record: { stage: 'demo', fields: { amount: '25000', tier: null }, ...over },
  atMs: 100,
});

test('what stands in the record: when all of it holds', () => {
  const rule = make({
    is: 'record',
    where: [
      { field: 'amount', is: 'gt', value: 20_000 },
      { field: 'tier', is: 'empty' },
    ],
  });
  expect(fired([rule], [tick(1_000)])).toEqual([]);
  expect(fired([rule], [known()])).toEqual(['m@100']);
  expect(fired([rule], [known({ fields: { amount: '25000', tier: 'gold' } })])).toEqual([]);
});

test('a moment for a stage, or on a condition, comes only there', () => {
  const rule = { is: 'phrase', phrases: ['too expensive'], said: 'customer' };
  const objection = turn('customer', 0, 'that is too expensive for us', 5_000);
  expect(fired([make(rule, { stages: ['demo'] })], [known(), objection])).toHaveLength(1);
  expect(fired([make(rule, { stages: ['closing'] })], [known(), objection])).toEqual([]);
  expect(fired([make(rule, { stages: ['demo'] })], [objection])).toEqual([]);
  expect(fired([make(rule, { when: [{ field: 'amount', is: 'lt', value: 100 }] })], [known(), objection])).toEqual([]);
});

test('fills a field from what the customer says; the last word counts', () => {
  const rule = make({ is: 'slot', slot: 'money', said: 'customer', near: ['budget'] }, { name: 'Budget' });
  const said = [
    turn('customer', 0, 'The list says fifty thousand dollars.', 1_000),
    turn('customer', 1, 'Our budget is twenty thousand dollars.', 5_000),
    turn('rep', 0, 'So a budget of thirty thousand dollars?', 8_000),
    turn('customer', 2, 'No, the budget is twenty five thousand dollars.', 12_000),
  ];
  const { session, told } = play([rule], said);
  expect(session.moments?.fills).toEqual([
    {
      momentId: 'm',
      slot: 'money',
      value: '25000 USD',
      quote: 'No, the budget is twenty five thousand dollars.',
      role: 'customer',
      startMs: 12_000,
    },
  ]);
  expect(told.flatMap((one) => (one.type === 'fill' ? [one.fill.value] : []))).toEqual(['20000 USD', '25000 USD']);
});

test('comes again after its pause, as often as it may', () => {
  const rule = make({ is: 'silence', overSeconds: 6 }, { oncePerCall: false, maxPerCall: 2, cooldownSeconds: 60 });
  const word = turn('rep', 0, 'it is forty thousand', 0);
  const at = [7_150, 20_000, 67_149, 67_150, 127_150, 200_000].map(tick);
  expect(fired([rule], [word, ...at])).toEqual(['m@7150', 'm@67150']);
});

test('nothing comes while nobody may be heard, and a no forgets what was noted', () => {
  const plays = compilePlays([], [], [make({ is: 'elapsed', afterSeconds: 60 })]);
  const [waiting] = step(newSession({ callId: 'c' }), { type: 'line-started' }, plays);
  expect(step(waiting, tick(90_000), plays)[1]).toEqual([]);
  const { session } = play([make({ ...agenda, bySeconds: 120 })], [turn('rep', 0, 'the agenda', 100)]);
  const [refused] = step(session, { type: 'consent', consent: 'refused', by: 'customer', atMs: 2_000 }, plays);
  expect(refused.moments).toBeUndefined();
});

import { expect, test, vi } from 'vitest';
import type { Evidence } from '../../../shared/contracts/transcript.ts';
import { ok } from '../../../shared/kit/result.ts';
import type { Prepared } from '../ahead/store.ts';
import { type ShowBriefDeps, showBrief } from './show-brief.ts';
import type { Recalled } from './store.ts';

const nowMs = Date.parse('2026-11-23T14:00:00Z');
const ref = { object: 'deal', id: '7001' } as const;
const viewer = { id: '71', email: 'sam@brightloop.example' };
const ask = { tenantId: 't', viewer, ref, crm: 'HubSpot' };
const said = (quote: string): Evidence => ({ quote, seq: 0, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 9 });
const call = (id: string, over: Partial<Recalled['calls'][number]> = {}): Recalled['calls'][number] => ({
  id,
  at: '2026-11-20T15:00:00.000Z',
  status: 'understood',
  isDestroyed: false,
  repId: '71',
  repEmail: '',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  contactId: '9001',
  isPrivate: false,
  record: ref,
  insight: {
    headline: 'Maya wants to move ahead',
    sentiment: 0.7,
    proof: null,
    nextSteps: [{ text: 'Send the plan', owner: 'rep', dueAt: null, evidence: said('the plan') }],
    people: [],
    asked: [],
    wentAheadMs: null,
    gaps: [],
  },
  ...over,
});
const recalled = (over: Partial<Recalled> = {}): Recalled => ({ calls: [], facts: [], risks: [], cited: [], ...over });
const prepared = (over: Partial<Prepared> = {}): Prepared => ({
  startsAt: new Date('2026-11-23T14:15:00Z'),
  hostId: '71',
  preparedAt: new Date('2026-11-23T13:58:00Z'),
  deal: { at: '2026-11-23T13:58:00.000Z', name: 'Cobalt', stage: 'Qualified', people: [] },
  reach: null,
  ...over,
});
const desk = (known: Recalled, over: Partial<ShowBriefDeps> = {}): ShowBriefDeps => ({
  now: () => nowMs,
  timeZoneOf: async () => 'America/New_York',
  recall: async () => known,
  meeting: async () => null,
  seen: async (calls) => [...calls],
  dealNow: async () => ok({ at: '2026-11-23T14:00:00.000Z', name: 'Cobalt', stage: 'Presentation', people: [] }),
  pathTo: async () => undefined,
  ...over,
});
/** A CRM that never answers. */
const never = () => new Promise<never>(() => {});

test('says what the CRM has now, and from whose call each line is', async () => {
  const view = await showBrief(desk(recalled({ calls: [call('c1')] })), ask);
  expect(view).toMatchObject({ record: ref, isFirst: false, asOf: '2026-11-23T14:00:00.000Z' });
  expect(view.lines.slice(0, 3).map(({ text }) => text)).toEqual([
    'Presentation; last call Friday: Maya wants to move ahead.',
    'Maya Lindqvist',
    'You promised: Send the plan',
  ]);
  expect(view.gap).toBeUndefined();
});

test('what the viewer may not see is not in it, nor what was learned there', async () => {
  const hidden = call('c2', { at: '2026-11-22T15:00:00.000Z', repId: '72' });
  const fact = {
    kind: 'objection',
    key: 'price',
    text: 'Finds the price high',
    evidence: said('twice'),
    firstAt: '',
    lastAt: '',
    times: 1,
  };
  const risk: Recalled['risks'][number] = { code: 'red_flag', text: 'No money', severity: 'high', evidence: [], since: '', quotes: [] };
  const known = recalled({
    calls: [hidden, call('c1')],
    facts: [
      { ...fact, callId: 'c2' },
      { ...fact, key: 'trust', text: 'Wants proof', callId: 'c3' },
    ],
    risks: [
      { ...risk, quotes: ['c1', 'c2'] },
      { ...risk, text: 'Nobody who signs was heard', code: 'no_power', quotes: [] },
    ],
  });
  const view = await showBrief(desk(known, { seen: async (calls) => calls.filter(({ id }) => id === 'c1') }), ask);
  const text = JSON.stringify(view);
  expect(text).toContain('Nobody who signs was heard');
  for (const word of ['c2', 'c3', 'price', 'proof', 'No money']) expect(text).not.toContain(word);
});

test('a slow CRM is not waited for: what was read ahead of the meeting stands in', async () => {
  vi.useFakeTimers();
  const showing = showBrief(desk(recalled(), { dealNow: never, pathTo: never, meeting: async () => prepared() }), ask);
  await vi.advanceTimersByTimeAsync(1_800);
  vi.useRealTimers();
  const view = await showing;
  expect(view.lines[0]?.text).toBe('First call. Nothing is known yet but Cobalt, Qualified.');
  expect(view).toMatchObject({ isFirst: true, meetingAt: '2026-11-23T14:15:00.000Z' });
  expect(view.gap).toBeUndefined();
});

test('without anything read lately it says what is missing', async () => {
  const stale = prepared({ preparedAt: new Date('2026-11-23T13:20:00Z') });
  const broken = async () => Promise.reject(new Error('cut off'));
  const view = await showBrief(desk(recalled(), { dealNow: broken, meeting: async () => stale }), ask);
  expect(view.lines[0]?.text).toBe('First call. Nothing is known yet.');
  expect(view.gap).toBe('HubSpot did not answer in time: what stands on the record itself is missing here.');
});

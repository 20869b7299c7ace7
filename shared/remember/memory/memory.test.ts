import { expect, test } from 'vitest';
import type { NextStep } from '../../contracts/insight.ts';
import { contradictions } from './contradictions.ts';
import { customerMemory } from './customer-memory.ts';
import { engagement } from './engagement.ts';
import type { HeldCall, HeldFact, HeldMoment } from './held.ts';
import { mood } from './mood.ts';
import { nextStep } from './next-step.ts';
import { touchpointOf } from './touchpoint-of.ts';

const nowMs = Date.parse('2026-11-20T15:00:00Z');
const days = (n: number) => nowMs - n * 86_400_000;
const evidence = { quote: 'forty thousand', seq: 3, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 } as const;
const call = (ago: number, over: Partial<HeldCall> = {}): HeldCall => ({
  id: `call-${ago}`,
  atMs: days(ago),
  repName: 'Sam',
  customerName: 'Maya',
  source: 'twilio',
  direction: 'outbound',
  durationMs: 60_000,
  insight: null,
  ...over,
});
const fact = (kind: string, text: string, ago: number, over: Partial<HeldFact> = {}): HeldFact => ({
  kind,
  key: text.toLowerCase(),
  text,
  last: evidence,
  lastCallId: `call-${ago}`,
  first: null,
  firstCallId: null,
  firstAtMs: days(ago),
  lastAtMs: days(ago),
  heardIn: [`call-${ago}`],
  ...over,
});
const step = (owner: NextStep['owner'], dueAt: string): NextStep => ({
  text: 'Send Maya the plan.',
  owner,
  dueAt,
  hedged: false,
  confidence: 1,
  evidence,
});
const promised = (...nextSteps: NextStep[]) => [call(3, { insight: { sentiment: 0.5, nextSteps } })];
const cited = (ago: number) => ({ ...evidence, callId: `call-${ago}`, at: new Date(days(ago)).toISOString() });

test('what was said differently is shown, the newest last; the same thing again is none', () => {
  const told = [
    fact('budget', 'Budget: 55,000', 3),
    fact('budget', 'Budget: 40,000', 30),
    fact('competitor', 'Looks at A', 3),
    fact('competitor', 'Looks at B', 9),
  ];
  expect(contradictions(told)).toEqual([
    {
      about: 'Budget',
      text: 'Budget: 40,000 on October 21, 2026; 55,000 on November 17, 2026',
      sayings: [
        { text: 'Budget: 40,000', said: cited(30) },
        { text: 'Budget: 55,000', said: cited(3) },
      ],
    },
  ]);
  expect(contradictions([fact('budget', 'Has a budget', 3), fact('budget', 'Budget: 40,000', 30)])).toEqual([]);
  expect(contradictions([fact('timeline', 'Decides: in May', 3), fact('timeline', 'Renews: in June', 30)])).toEqual([]);
});

test('engagement is the sum of its reasons', () => {
  expect(engagement([], [], nowMs)).toBe(null);
  expect(engagement([call(80)], [], nowMs)).toEqual({ score: 0, why: [{ points: 0, text: 'The last talk was 80 days ago' }] });
  const busy = engagement(
    [call(1), call(2, { direction: 'inbound', customerName: 'Lee' })],
    [fact('signal', 'x', 2, { key: 'commit' })],
    nowMs,
  );
  expect(busy).toEqual({
    score: 25 + 12 + 8 + 8 + 5,
    why: [
      { points: 25, text: 'The last talk was 1 day ago' },
      { points: 12, text: '2 talks in the last 30 days' },
      { points: 8, text: 'They came to us 1 time in the last 60 days' },
      { points: 8, text: '2 of their people took part in the last 90 days' },
      { points: 5, text: '1 sign of wanting to go on in the last 60 days' },
    ],
  });
});

test('the mood is that of the last calls, and says where it goes', () => {
  const felt = (...all: number[]) => all.map((sentiment, at) => call(20 - at, { insight: { sentiment, nextSteps: [] } }));
  expect(mood([])).toEqual({ sentiment: null, sentimentTrend: null });
  expect(mood(felt(0.7))).toEqual({ sentiment: 'positive', sentimentTrend: null });
  expect(mood(felt(0.3, 0.5, 0.7))).toMatchObject({
    sentimentTrend: { direction: 'rising', why: 'Over 3 calls the mood rose from 30 to 70 of 100' },
  });
  expect(mood(felt(0.7, 0.5, 0.3, 0.3))).toMatchObject({ sentiment: 'negative', sentimentTrend: { direction: 'falling' } });
  expect(mood(felt(0.5, 0.52))).toMatchObject({ sentiment: 'neutral', sentimentTrend: { direction: 'steady' } });
});

test.each([
  [
    'what we promised, before anything else',
    promised(step('customer', '2026-11-18T10:00:00-05:00'), step('rep', '2026-11-19T22:00:00-05:00')),
    [],
    'email',
    'today',
    'We promised: Send Maya the plan, by Thursday, November 19',
  ],
  [
    'what they promised and is late',
    promised(step('customer', '2026-11-18T10:00:00-05:00')),
    [],
    'call',
    'this-week',
    'They promised: Send Maya the plan, by Wednesday, November 18',
  ],
  [
    'a meeting that comes',
    promised(step('both', '2026-11-24T10:00:00-05:00')),
    [],
    'meeting',
    'this-week',
    'Agreed: Send Maya the plan, by Tuesday, November 24',
  ],
  [
    'a wish to go ahead',
    [call(3)],
    [fact('signal', 'Wants to go ahead', 3, { key: 'commit' })],
    'proposal',
    'this-week',
    'Wants to go ahead: send them something to sign',
  ],
  [
    'what is in the way',
    [call(3)],
    [fact('objection', 'Finds the price high', 3)],
    'call',
    'this-week',
    'Answer what is in the way: Finds the price high',
  ],
  [
    'a long silence',
    [call(40)],
    [fact('objection', 'Finds the price high', 40)],
    'call',
    'this-week',
    'Nobody spoke with them for 40 days',
  ],
  ['nothing', [call(3)], [], 'email', 'this-month', 'Nothing is open; keep in touch'],
])('the next step answers %s', (_, calls, facts, action, timing, context) => {
  expect(nextStep(calls, facts, nowMs)).toMatchObject({ action, timing, context });
});

test('of nobody we know nothing, and say so', () => {
  expect(customerMemory({ object: 'deal', id: '1' }, { calls: [], facts: [], moments: [], next: null }, nowMs)).toEqual({
    record: { object: 'deal', id: '1' },
    company: null,
    timeline: { items: [], next: null },
    facts: [],
    contradictions: [],
    painPoints: [],
    goals: [],
    concerns: [],
    purchaseTimeline: null,
    budget: { mentioned: false },
    competitors: [],
    internalStakeholders: [],
    lastTouched: null,
    sentiment: null,
    sentimentTrend: null,
    engagement: null,
    recommendedNextStep: null,
  });
});

test('a fact fades, and more slowly the more often it was heard', () => {
  const often = fact('pain', 'Trouble: shifts', 60, {
    heardIn: ['call-60', 'b'],
    first: { ...evidence, quote: 'shifts' },
    firstCallId: 'b',
    firstAtMs: days(90),
  });
  const facts = [
    fact('pain', 'Trouble: invoices', 60),
    often,
    fact('budget', 'Budget: 40,000 USD', 2),
    fact('competitor', 'Looks at Zendara', 2),
    fact('person', 'Dana, CFO', 2),
  ];
  const memory = customerMemory({ object: 'deal', id: '1' }, { calls: [call(2)], facts, moments: [], next: null }, nowMs);
  expect(memory.facts.map(({ text, strength }) => [text, strength])).toEqual([
    ['Budget: 40,000 USD', 0.98],
    ['Looks at Zendara', 0.98],
    ['Dana, CFO', 0.98],
    ['Trouble: shifts', 0.71],
    ['Trouble: invoices', 0.5],
  ]);
  expect(memory.facts[3]?.first).toEqual({ ...evidence, quote: 'shifts', callId: 'b', at: new Date(days(90)).toISOString() });
  expect(memory).toMatchObject({
    painPoints: ['shifts', 'invoices'],
    budget: { mentioned: true, range: '40,000 USD' },
    competitors: ['Zendara'],
    internalStakeholders: [{ name: 'Dana', role: 'CFO' }],
  });
});

test('the timeline tells calls, meetings and what left for the customer', () => {
  const moment = (over: Partial<HeldMoment>): HeldMoment => ({ id: 'm', atMs: nowMs, callId: 'c', body: null, call: null, ...over });
  const talk = { source: 'zoom', direction: 'inbound', headline: 'They agreed', people: ['Sam', 'Maya'] } as const;
  const at = '2026-11-20T15:00:00.000Z';
  expect(touchpointOf(moment({ call: talk }))).toEqual({
    id: 'm',
    callId: 'c',
    at,
    kind: 'meeting',
    direction: 'inbound',
    title: 'Meeting with Maya',
    text: 'They agreed',
    people: ['Sam', 'Maya'],
  });
  const body = { kind: 'draft-email', to: ['maya@x.example'], subject: 'Plan', body: 'word '.repeat(200) } as const;
  const email = touchpointOf(moment({ body: { ...body, to: [...body.to] } }));
  expect([email?.kind, email?.title, email?.people, (email?.text ?? '').length <= 600]).toEqual([
    'email',
    'Plan',
    ['maya@x.example'],
    true,
  ]);
  expect(touchpointOf(moment({}))).toBe(null);
});

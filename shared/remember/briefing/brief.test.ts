import { expect, test } from 'vitest';
import type { Evidence } from '../../contracts/transcript.ts';
import { brief } from './brief.ts';
import type { Known, KnownCall, KnownFact, KnownRisk } from './known.ts';

const nowMs = Date.parse('2026-11-23T14:00:00Z');
const said = (quote: string, over: Partial<Evidence> = {}): Evidence => ({
  quote,
  seq: 4,
  role: 'customer',
  speaker: 'Maya Lindqvist',
  startMs: 20_000,
  endMs: 22_000,
  ...over,
});
const call = (over: Partial<KnownCall> = {}): KnownCall => ({
  id: 'call-2',
  at: '2026-11-20T15:00:00.000Z',
  rep: 'You',
  customerName: 'Maya Lindqvist',
  headline: 'Maya wants to move ahead; price and rollout are open',
  proof: said('go ahead with a proposal'),
  sentiment: 0.7,
  nextSteps: [],
  people: [],
  asked: [],
  gaps: [],
  ...over,
});
const fact = (over: Partial<KnownFact> = {}): KnownFact => ({
  kind: 'objection',
  key: 'price',
  text: 'Finds the price high',
  evidence: said('twice what we pay'),
  callId: 'call-2',
  firstAt: '2026-11-13T15:00:00.000Z',
  lastAt: '2026-11-20T15:00:00.000Z',
  times: 2,
  ...over,
});
const risk = (over: Partial<KnownRisk> = {}): KnownRisk => ({
  code: 'no_power',
  text: 'Nobody who signs was heard',
  severity: 'high',
  evidence: [],
  since: '2026-11-20T16:00:00.000Z',
  ...over,
});
const deal = { at: '2026-11-23T14:00:00.000Z', name: 'Cobalt Freight, 120 seats', people: [] };
const known = (over: Partial<Known> = {}): Known => ({ nowMs, timeZone: 'America/New_York', calls: [], facts: [], risks: [], ...over });
const lines = (of: Known) => brief(of).map(({ kind, text, isOverdue }) => `${kind}${isOverdue ? ' (overdue)' : ''}: ${text}`);

test('a customer we know: where it stands, who they are, promises, worries, what changed, three questions', () => {
  const before = call({ id: 'call-1', at: '2026-11-13T15:00:00.000Z', sentiment: 0.5, headline: 'Nine hours to a first reply' });
  const last = call({
    nextSteps: [
      { text: 'Send Maya the rollout plan.', owner: 'rep', dueAt: '2026-11-26T22:00:00Z', evidence: said('by Thursday', { role: 'rep' }) },
      { text: 'Send Maya the security questionnaire.', owner: 'rep', dueAt: '2026-11-22T22:00:00Z', evidence: said('the questionnaire') },
      { text: 'Ask IT about the integration', owner: 'customer', evidence: said('I will ask IT') },
      { text: 'Meet to walk through the proposal', owner: 'both', dueAt: '2026-11-24T15:00:00Z', evidence: said('Tuesday works') },
    ],
    people: [
      { name: 'Maya', role: 'Head of Operations', influence: 'champion', evidence: said('I run operations') },
      { name: 'Dana Whitlock', role: 'CFO', influence: 'economic_buyer', evidence: said('Dana signs') },
    ],
    asked: [said('how long does the rollout take')],
    wentAheadMs: 60_000,
    gaps: [
      { method: 'MEDDPICC', element: 'metrics', score: 1, question: 'How would you measure it?' },
      { method: 'MEDDPICC', element: 'economicBuyer', score: 2, question: 'Never asked' },
    ],
  });
  expect(
    lines(
      known({
        calls: [last, before],
        facts: [
          fact(),
          fact({ kind: 'competitor', key: 'zendara', text: 'Looks at Zendara', times: 1, evidence: said('Zendara', { startMs: 90_000 }) }),
        ],
        risks: [risk()],
        deal: { ...deal, stage: 'Presentation', amount: 86_400, closeOn: '2026-12-31', stageMovedAt: '2026-11-21T09:00:00.000Z' },
      }),
    ),
  ).toEqual([
    'stands: Presentation, worth 86,400, closes December 31; last call Friday: Maya wants to move ahead; price and rollout are open.',
    'person: Dana Whitlock, CFO, decides on the money',
    'person: Also: Maya Lindqvist (Head of Operations, carries it inside)',
    'promise (overdue): You promised: Send Maya the security questionnaire, was due yesterday',
    'promise: You promised: Send Maya the rollout plan, due Thursday',
    'promise: Agreed: Meet to walk through the proposal, due tomorrow',
    'risk: Nobody who signs was heard',
    'objection: Finds the price high, on 2 calls; they wanted to go ahead all the same',
    'changed: Moved to Presentation since the last call',
    'question: They asked and got no answer: “how long does the rollout take”',
    'question: Who signs this in the end, and when could we speak with them?',
    'question: How would you measure it?',
  ]);
});

test('every line has a source, and quotes are the call’s own', () => {
  const of = known({
    calls: [call({ asked: [said('how long')] })],
    facts: [fact()],
    risks: [risk()],
    deal: { ...deal, nextStep: 'Agree' },
  });
  const all = brief(of);
  expect(all.every(({ sources }) => sources.length > 0)).toBe(true);
  expect(all.find(({ kind }) => kind === 'objection')?.sources).toEqual([
    { from: 'call', callId: 'call-2', at: '2026-11-20T15:00:00.000Z', evidence: said('twice what we pay') },
  ]);
  expect(all.find(({ kind }) => kind === 'promise')).toEqual({
    kind: 'promise',
    text: 'Next step in the CRM: Agree',
    sources: [{ from: 'crm', field: 'Next step', at: deal.at }],
  });
  expect(all.find(({ kind }) => kind === 'risk')?.sources).toEqual([{ from: 'dates', at: '2026-11-23T14:00:00.000Z' }]);
});

test('a first call says so, with what the CRM has and three questions to open with', () => {
  expect(lines(known({ deal: { ...deal, stage: 'Qualified', people: ['Maya Lindqvist', 'Jon Reyes'] } }))).toEqual([
    'stands: First call. Nothing is known yet but Cobalt Freight, 120 seats, Qualified.',
    'person: Maya Lindqvist',
    'person: Also: Jon Reyes',
    'question: How do you handle this today?',
    'question: What made you look into this now?',
    'question: When would you like this to be in place?',
  ]);
  expect(lines(known())[0]).toBe('stands: First call. Nothing is known yet.');
});

test('a call that nobody heard is told as that', () => {
  const unheard = { callId: 'call-3', at: '2026-11-22T15:00:00.000Z' };
  expect(lines(known({ unheard }))[0]).toBe('stands: The call of yesterday was not heard. Nothing is known yet.');
  expect(lines(known({ unheard, calls: [call()] }))).toContain('changed: There was a call yesterday that nobody heard');
});

test('a promise said again is one, and one that is long past is none', () => {
  const step = (dueAt: string) => ({ text: 'Send the plan', owner: 'rep' as const, dueAt, evidence: said('the plan') });
  const calls = [
    call({ rep: 'Lena Fischer', nextSteps: [step('2026-11-25T22:00:00Z')] }),
    call({ id: 'call-1', nextSteps: [step('2026-11-18T22:00:00Z'), { ...step('2026-09-01T22:00:00Z'), text: 'Send the deck' }] }),
  ];
  expect(lines(known({ calls })).filter((line) => line.startsWith('promise'))).toEqual([
    'promise: Lena Fischer promised: Send the plan, due Wednesday',
  ]);
});

test('a way over a colleague stands before the others, and what one part leaves free another has', () => {
  const step = (text: string) => ({ text, owner: 'rep' as const, evidence: said(text) });
  const calls = [call({ nextSteps: ['a', 'b', 'c', 'd', 'e'].map(step) })];
  expect(lines(known({ calls, path: { introducer: 'Ana Brandt', target: 'Dana Whitlock' } }))).toEqual([
    expect.stringContaining('stands: Last call Friday'),
    'person: Maya Lindqvist',
    'path: Ana Brandt can introduce you to Dana Whitlock.',
    ...['a', 'b', 'c', 'd', 'e'].map((text) => `promise: You promised: ${text}`),
    ...['How do you handle this today?', 'What made you look into this now?', 'When would you like this to be in place?'].map(
      (text) => `question: ${text}`,
    ),
  ]);
});

test('two worries of one sentence are one line', () => {
  const facts = [
    fact({ kind: 'competitor', key: 'zendara', text: 'Looks at Zendara' }),
    fact({ key: 'competitor', text: 'Prefers a competitor' }),
  ];
  expect(lines(known({ calls: [call()], facts })).filter((line) => line.startsWith('objection'))).toEqual([
    'objection: Looks at Zendara, on 2 calls; still open',
  ]);
});

test('is never longer than twelve lines, however much is known', () => {
  const many = Array.from({ length: 20 }, (_, n) => n);
  const of = known({
    calls: many.map((n) =>
      call({
        id: `call-${n}`,
        sentiment: n / 20,
        asked: [said(`q${n}`)],
        nextSteps: [{ text: `Do ${n}`, owner: 'rep', evidence: said('x') }],
      }),
    ),
    facts: many.map((n) => fact({ key: `${n}`, kind: n % 2 ? 'objection' : 'competitor', evidence: said(`f${n}`) })),
    risks: many.map(() => risk()),
    deal: { ...deal, people: many.map((n) => `Person ${n}`) },
  });
  expect(brief(of)).toHaveLength(12);
});

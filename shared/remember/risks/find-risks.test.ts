import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Insight } from '../../contracts/insight.ts';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import { riskCode } from '../../contracts/risk.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import type { DealStory } from './deal-story.ts';
import { findRisks } from './find-risks.ts';
import { isShowable } from './found-risk.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-20T15:00:00Z'); // a Friday
const daysAgo = (days: number) => now - days * DAY;
const said = (quote: string, seq = 1): Evidence => ({ quote, seq, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 });
const maya = { name: 'Maya', role: 'customer', spokeMs: 60_000 } as const;
const both = [maya, { ...maya, name: 'Sam', role: 'rep' as const }];
const call = (days: number, over: Partial<Insight> = {}) => ({ callId: `call-${days}`, atMs: daysAgo(days), insight: quietInsight(over) });
const story = (over: Partial<DealStory> = {}, deal: Partial<DealStory['deal']> = {}): DealStory => ({
  nowMs: now,
  calls: [],
  ...over,
  deal: { isClosed: false, ...deal },
});
const codes = (it: DealStory) => findRisks(it).risks.map((risk) => risk.code);
const inbound = (days: number) => ({ atMs: daysAgo(days), direction: 'inbound' as const });
const outbound = (days: number) => ({ atMs: daysAgo(days), direction: 'outbound' as const });

test('of a deal of which nothing is known, nothing is claimed', () => {
  const { risks, unknown } = findRisks(story());
  expect(risks).toEqual([]);
  expect([...unknown].sort()).toEqual([...riskCode.options].sort());
});

test('a closed deal has no risks', () => {
  expect(findRisks(story({ touches: [inbound(90)] }, { isClosed: true, closeOn: '2026-01-01' }))).toEqual({ risks: [], unknown: [] });
});

test.each([
  ['no_activity', 'after two weeks without a word', story({ touches: [inbound(15)] }), story({ touches: [inbound(13)] })],
  [
    'ghosted',
    'after two unanswered words and seven working days',
    story({ touches: [inbound(30), outbound(12), outbound(5)] }),
    story({ touches: [inbound(30), outbound(12)] }),
  ],
  [
    'ghosted',
    'and an answer ends it',
    story({ touches: [inbound(30), outbound(12), outbound(5)] }),
    story({ touches: [outbound(12), outbound(5), inbound(1)] }),
  ],
  ['overdue', 'past the close date', story({}, { closeOn: '2026-11-10' }), story({}, { closeOn: '2026-11-20' })],
  [
    'stalled_in_stage',
    'longer than usual',
    story({}, { phase: 'mid', inStageSinceMs: daysAgo(15) }),
    story({}, { phase: 'mid', inStageSinceMs: daysAgo(14) }),
  ],
  [
    'stalled_in_stage',
    'by what this tenant needs to win',
    story({}, { phase: 'mid', inStageSinceMs: daysAgo(15), wonDaysInStage: 9 }),
    story({}, { phase: 'mid', inStageSinceMs: daysAgo(15), wonDaysInStage: 40 }),
  ],
  [
    'not_enough_contacts',
    'with one voice on three calls',
    story({ calls: [9, 6, 3].map((days) => call(days, { speakers: [maya] })) }),
    story({ calls: [9, 6, 3].map((days) => call(days, { speakers: [maya, { ...maya, name: `Guest ${days}` }] })) }),
  ],
  [
    'no_power',
    'when nobody decides from the middle on',
    story({ calls: [call(3, { people: [] })] }, { phase: 'late' }),
    story({ calls: [call(3, { people: [] })] }, { phase: 'late', contacts: [{ name: 'Dana', title: 'Chief Financial Officer' }] }),
  ],
  [
    'pricing_not_mentioned',
    'from the middle on',
    story({ calls: [call(3)] }, { phase: 'mid' }),
    story({ calls: [call(9, { pricing: [{ confidence: 0.9, evidence: said('what does it cost') }] }), call(3)] }, { phase: 'mid' }),
  ],
  [
    'no_next_step',
    'when the last call agreed to nothing with a date',
    story({ calls: [call(3, { commitments: [], speakers: both })] }),
    story({
      calls: [
        call(3, {
          speakers: both,
          commitments: [{ by: 'both', text: 'Meet Maya', dueAt: '2026-11-24T10:00:00-05:00', evidence: said('Tuesday at ten') }],
        }),
      ],
    }),
  ],
  [
    'red_flag',
    'when said twice, not when said once',
    story({
      calls: [
        call(3, {
          objections: [
            { type: 'timing', confidence: 0.9, evidence: said('It is not a priority.', 3) },
            { type: 'price', confidence: 0.9, evidence: said('The budget was cut.', 7) },
          ],
        }),
      ],
    }),
    story({ calls: [call(3, { objections: [{ type: 'timing', confidence: 0.9, evidence: said('It is not a priority.', 3) }] })] }),
  ],
  [
    'competitor_late',
    'when they name one twice, late',
    story(
      {
        calls: [
          call(3, { competitors: [{ name: 'Zendara', confidence: 0.9, evidence: said('Zendara is cheaper', 3) }] }),
          call(1, { competitors: [{ name: 'Zendara', confidence: 0.9, evidence: said('Zendara called', 4) }] }),
        ],
      },
      { phase: 'late' },
    ),
    story({ calls: [call(1, { competitors: [{ name: 'Zendara', confidence: 0.9, evidence: said('Zendara', 4) }] })] }, { phase: 'late' }),
  ],
  [
    'champion_silent',
    'when who was for it is gone',
    story({
      calls: [
        call(60, {
          people: [{ name: 'Maya', influence: 'champion', confidence: 0.8, evidence: said("I'll push for it") }],
          speakers: [maya],
        }),
        call(30, { people: [], speakers: [{ ...maya, name: 'Tom' }] }),
        call(3, { people: [], speakers: [{ ...maya, name: 'Tom' }] }),
      ],
    }),
    story({
      calls: [
        call(9, {
          people: [{ name: 'Maya', influence: 'champion', confidence: 0.8, evidence: said("I'll push for it") }],
          speakers: [maya],
        }),
      ],
    }),
  ],
  [
    'sentiment_drop',
    'with two proofs of it',
    story({
      calls: [
        call(3, {
          quarters: [0.8, 0.7, 0.4, 0.4],
          turningPoints: [{ delta: -0.4, evidence: said('Hm.', 5) }],
          objections: [{ type: 'price', confidence: 0.9, evidence: said('That is too much.', 9) }],
        }),
      ],
    }),
    story({ calls: [call(3, { quarters: [0.8, 0.7, 0.4, 0.4], turningPoints: [{ delta: -0.4, evidence: said('Hm.', 5) }] })] }),
  ],
  ['single_threaded', 'when one person is the only way', story({ paths: 1 }, { phase: 'mid' }), story({ paths: 2 }, { phase: 'mid' })],
] as const)('%s: %s', (code, _, risky, fine) => {
  expect(codes(risky)).toContain(code);
  expect(codes(fine)).not.toContain(code);
});

const days = fc.integer({ min: -5, max: 200 });
const anyStory = fc
  .record({
    touches: fc.option(
      fc.array(fc.record({ atMs: days.map(daysAgo), direction: fc.constantFrom('inbound' as const, 'outbound' as const) })),
      {
        nil: undefined,
      },
    ),
    calls: fc.array(
      fc.tuple(days, fc.boolean(), fc.boolean(), fc.nat(3)).map(([at, wide, flags, seq]) =>
        call(at, {
          ...(wide
            ? { speakers: [maya], people: [], commitments: [], quarters: [0.9, null, 0.5, 0.1], turningPoints: [], limits: [] }
            : {}),
          ...(flags ? { objections: [{ type: 'brushoff', confidence: 0.9, evidence: said('we are going another direction', seq) }] } : {}),
        }),
      ),
      { maxLength: 5 },
    ),
    phase: fc.constantFrom('early' as const, 'mid' as const, 'late' as const, undefined),
    closeOn: fc.constantFrom('2026-11-01', '2027-01-01', 'nonsense', undefined),
    since: fc.option(days.map(daysAgo), { nil: undefined }),
    paths: fc.constantFrom(0, 1, 2, undefined),
  })
  .map(({ touches, calls, phase, closeOn, since, paths }) =>
    story(
      { ...(touches ? { touches } : {}), calls, ...(paths === undefined ? {} : { paths }) },
      { ...(phase ? { phase } : {}), ...(closeOn ? { closeOn } : {}), ...(since === undefined ? {} : { inStageSinceMs: since }) },
    ),
  );

test('whatever is known: over 0.8, proven or counted, once a code, never both found and unknown, the same twice', () => {
  fc.assert(
    fc.property(anyStory, (it) => {
      const { risks, unknown } = findRisks(it);
      for (const risk of risks) {
        expect(risk.confidence).toBeGreaterThan(0.8);
        expect(risk.isDeterministic || new Set(risk.evidence.map((one) => `${one.callId} ${one.seq}`)).size >= 2).toBe(true);
        expect(risk.text).not.toMatch(/NaN|undefined|Infinity/);
      }
      const found = risks.map((risk) => risk.code);
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((code) => unknown.includes(code))).toEqual([]);
      expect(findRisks(it)).toEqual({ risks, unknown });
    }),
  );
});

test('two proofs from one turn are one', () => {
  const evidence = [1, 1].map((seq) => ({ ...said('no', seq), callId: 'call-1' }));
  expect(isShowable({ confidence: 0.9, isDeterministic: false, evidence })).toBe(false);
  expect(isShowable({ confidence: 0.8, isDeterministic: true, evidence })).toBe(false);
});

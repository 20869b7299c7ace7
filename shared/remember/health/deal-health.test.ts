import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import { type ClosedDeal, dealHealth } from './deal-health.ts';
import { type Signs, signKeys, signsOf } from './signs.ts';

const signs = (over: Partial<Signs> = {}): Signs => ({
  next_step: null,
  many_people: null,
  decider: null,
  champion: null,
  measured_pain: null,
  budget: null,
  timeline: null,
  pricing: null,
  no_rival: null,
  mood: null,
  lately: null,
  ...over,
});
/** Won deals mostly have a champion, lost ones mostly have none. */
const history = (won: number, lost: number): ClosedDeal[] => [
  ...Array.from({ length: won }, (_, at) => ({ won: true, signs: signs({ champion: at % 10 !== 0 }) })),
  ...Array.from({ length: lost }, (_, at) => ({ won: false, signs: signs({ champion: at % 10 === 0 }) })),
];

test('refuses on thin history and says why', () => {
  expect(dealHealth(signs({ champion: true }), history(49, 400))).toEqual({
    state: 'thin',
    why: 'Only 49 won and 400 lost deals with calls are known here. A comparison needs 50 and 150.',
    won: 49,
    lost: 400,
  });
  expect(dealHealth(signs(), history(80, 149)).state).toBe('thin');
});

test('says where a deal stands among the closed ones, and by which signs', () => {
  const [good, bad] = [true, false].map((champion) => dealHealth(signs({ champion }), history(50, 150)));
  expect(good).toMatchObject({ state: 'known', percentile: 85, plus: [{ key: 'champion', text: 'One of them speaks for it' }], minus: [] });
  expect(bad).toMatchObject({ state: 'known', percentile: 35, plus: [], minus: [{ key: 'champion', text: 'None of them speaks for it' }] });
});

test('what is not known counts neither way', () => {
  expect(dealHealth(signs(), history(50, 150))).toMatchObject({ plus: [], minus: [] });
});

const value = fc.constantFrom(true, false, null);
const anySigns = fc
  .tuple(...signKeys.map(() => value))
  .map((values) => signs(Object.fromEntries(signKeys.map((key, at) => [key, values[at]]))));
const anyHistory = fc
  .tuple(fc.array(anySigns, { minLength: 4, maxLength: 12 }), fc.array(anySigns, { minLength: 4, maxLength: 12 }))
  .map(([won, lost]): ClosedDeal[] => [
    ...Array.from({ length: 50 }, (_, at) => ({ won: true, signs: won[at % won.length]! })),
    ...Array.from({ length: 150 }, (_, at) => ({ won: false, signs: lost[at % lost.length]! })),
  ]);

test('the percentile is one, does not hang on the order of the past, and a sign that speaks for it never lowers it', () => {
  fc.assert(
    fc.property(anySigns, anyHistory, fc.constantFrom(...signKeys), (now, past, key) => {
      const health = dealHealth(now, past);
      if (health.state !== 'known') throw new Error('there is history enough');
      expect(health.percentile).toBeGreaterThanOrEqual(0);
      expect(health.percentile).toBeLessThanOrEqual(100);
      expect(dealHealth(now, past.toReversed())).toEqual(health);
      for (const one of [...health.plus, ...health.minus]) expect(now[one.key as typeof key]).not.toBe(null);
      const [unknown, so] = [dealHealth({ ...now, [key]: null }, past), dealHealth({ ...now, [key]: true }, past)];
      if (unknown.state !== 'known' || so.state !== 'known') return;
      if (so.plus.some((one) => one.key === key)) expect(so.percentile).toBeGreaterThanOrEqual(unknown.percentile);
      if (so.minus.some((one) => one.key === key)) expect(so.percentile).toBeLessThanOrEqual(unknown.percentile);
    }),
  );
});

test('reads the signs of a deal from its calls; of what was stored before it was looked for, nothing is known', () => {
  const evidence = { quote: 'we have 40k for it', seq: 1, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 } as const;
  const nowMs = Date.parse('2026-11-20T15:00:00Z');
  const deal = { isClosed: false };
  expect(signsOf({ nowMs, deal, calls: [] })).toEqual(signs());
  expect(signsOf({ nowMs, deal, calls: [{ callId: 'a', atMs: nowMs - 1, insight: quietInsight() }] })).toEqual(
    signs({ pricing: false, no_rival: true, lately: true }),
  );
  const nothing = { score: 0, evidence: [] };
  const insight = quietInsight({
    methodology: {
      meddpicc: {
        metrics: nothing,
        economicBuyer: nothing,
        decisionCriteria: nothing,
        decisionProcess: nothing,
        paperProcess: nothing,
        identifyPain: nothing,
        champion: nothing,
        competition: nothing,
      },
      bant: { budget: nothing, authority: nothing, need: nothing, timeline: nothing },
      spiced: { situation: nothing, pain: nothing, impact: nothing, criticalEvent: nothing, decision: nothing },
      share: 0,
      carries: 'discovery',
    },
    speakers: [],
    people: [],
    pains: [],
    commitments: [],
    quarters: [0.4, null, 0.5, 0.7],
    budget: { state: 'available', amount: 40_000, confidence: 0.9, evidence },
  });
  expect(signsOf({ nowMs, deal, calls: [{ callId: 'a', atMs: nowMs - 90 * 86_400_000, insight }] })).toEqual({
    next_step: false,
    many_people: false,
    decider: false,
    champion: false,
    measured_pain: false,
    budget: true,
    timeline: false,
    pricing: false,
    no_rival: true,
    mood: true,
    lately: false,
  });
});

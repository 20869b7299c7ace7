import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dismissReason, riskCode, riskState } from '../../contracts/risk.ts';
import { calibrated, precisionOf, type RiskDecision } from './calibrate.ts';
import type { FoundRisk } from './found-risk.ts';
import { decideRisk, type HeldRisk, settleRisks } from './settle-risks.ts';

const found = (over: Partial<FoundRisk> = {}): FoundRisk => ({
  code: 'overdue',
  basis: '2026-11-01',
  text: 'The close date passed 19 days ago',
  severity: 'medium',
  confidence: 0.98,
  isDeterministic: true,
  evidence: [],
  ...over,
});
const held = (state: HeldRisk['state'], over: Partial<HeldRisk> = {}): HeldRisk => ({
  id: 'risk-1',
  code: 'overdue',
  basis: '2026-11-01',
  state,
  ...over,
});
const wrong: RiskDecision = { code: 'overdue', verdict: 'dismissed', reason: 'wrong' };
const right: RiskDecision = { code: 'overdue', verdict: 'confirmed' };

test('proposes what is new, no surer than rules are granted to be', () => {
  expect(settleRisks([], [found()], [])).toEqual({ propose: [found({ confidence: 0.9 })], renew: [], over: [] });
});

test('what was put aside stays so until it stands on something else', () => {
  const same = settleRisks([held('dismissed')], [found()], []);
  expect([same.propose, same.renew.map((one) => one.state)]).toEqual([[], ['dismissed']]);
  expect(settleRisks([held('dismissed')], [found({ basis: '2026-12-01' })], []).propose.map((one) => one.basis)).toEqual(['2026-12-01']);
});

test('what is no longer so is over, and comes back as a proposal', () => {
  expect(settleRisks([held('confirmed')], [], []).over).toEqual(['risk-1']);
  expect(settleRisks([held('over')], [found()], []).renew.map((one) => one.state)).toEqual(['proposed']);
});

test('a code that managers keep calling wrong is muted; one they knew or handled is not', () => {
  expect(precisionOf([wrong, wrong])[0]?.isMuted).toBe(false);
  const muted = precisionOf([wrong, wrong, wrong]);
  expect(muted).toEqual([{ code: 'overdue', decided: 3, right: 0, precision: 0, isMuted: true }]);
  expect(settleRisks([], [found()], muted).propose).toEqual([]);
  expect(precisionOf(Array.from({ length: 9 }, () => ({ ...wrong, reason: 'handled' as const })))[0]?.isMuted).toBe(false);
});

test('what is muted keeps the risks that are shown already', () => {
  const muted = precisionOf([wrong, wrong, wrong]);
  expect(settleRisks([held('confirmed')], [found()], muted)).toMatchObject({ propose: [], over: [], renew: [{ state: 'confirmed' }] });
  expect(settleRisks([held('over')], [found()], muted)).toEqual({ propose: [], renew: [], over: [] });
});

const decision = fc.record({
  code: fc.constantFrom(...riskCode.options),
  verdict: fc.constantFrom('confirmed' as const, 'dismissed' as const),
  reason: fc.constantFrom(...dismissReason.options),
});

test('agreeing never makes a rule less sure, calling it wrong never makes it surer, and it is never surer than it said', () => {
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, confidence) => {
      const of = (list: RiskDecision[]) =>
        calibrated(
          confidence,
          precisionOf(list).find((one) => one.code === 'overdue'),
        );
      const before = of(all);
      expect(of([...all, right])).toBeGreaterThanOrEqual(before);
      expect(of([...all, wrong])).toBeLessThanOrEqual(before);
      expect(before).toBeLessThanOrEqual(confidence);
      expect(precisionOf([...all].reverse()).toSorted(byCode)).toEqual(precisionOf(all).toSorted(byCode));
    }),
  );
});
const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);

const anyFound = fc.uniqueArray(
  fc.record({ code: fc.constantFrom(...riskCode.options), basis: fc.constantFrom('a', 'b') }).map((it) => found(it)),
  { selector: (it) => it.code },
);
const anyHeld = fc
  .uniqueArray(
    fc.record({
      code: fc.constantFrom(...riskCode.options),
      basis: fc.constantFrom('a', 'b'),
      state: fc.constantFrom(...riskState.options),
    }),
    {
      selector: (it) => `${it.code} ${it.basis}`,
    },
  )
  .map((list) => list.map((it, at) => ({ ...it, id: `risk-${at}` })));

test('a second look at the same deal changes nothing, and no look undoes a decision', () => {
  fc.assert(
    fc.property(anyHeld, anyFound, (before, now) => {
      const first = settleRisks(before, now, []);
      const after: HeldRisk[] = [
        ...before.map((it) => ({
          ...it,
          state: first.over.includes(it.id) ? ('over' as const) : (first.renew.find((one) => one.id === it.id)?.state ?? it.state),
        })),
        ...first.propose.map(({ code, basis }, at) => ({ id: `new-${at}`, code, basis, state: 'proposed' as const })),
      ];
      const again = settleRisks(after, now, []);
      expect([again.propose, again.over]).toEqual([[], []]);
      for (const one of again.renew) expect(one.state).toBe(after.find((it) => it.id === one.id)?.state);
      for (const it of before) if (it.state === 'dismissed') expect(after.find((one) => one.id === it.id)?.state).toBe('dismissed');
    }),
  );
});

test('a dismissal needs its reason, and what is over is not decided', () => {
  expect(decideRisk('proposed', { verdict: 'confirmed' })).toEqual({ state: 'confirmed' });
  expect(decideRisk('proposed', { verdict: 'dismissed', reason: 'wrong' })).toEqual({ state: 'dismissed', reason: 'wrong' });
  expect(decideRisk('confirmed', { verdict: 'dismissed', reason: undefined })).toBe(null);
  expect(decideRisk('over', { verdict: 'confirmed' })).toBe(null);
});

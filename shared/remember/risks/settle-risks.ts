import type { DismissReason, Precision, RiskState } from '../../contracts/risk.ts';
import { calibrated } from './calibrate.ts';
import { type FoundRisk, isShowable } from './found-risk.ts';

/** A risk as it is kept. The same code on the same basis is the same risk. */
export interface HeldRisk {
  id: string;
  code: FoundRisk['code'];
  basis: string;
  state: RiskState;
}

/** What to do with the kept risks of a record after a look. */
export interface Settled {
  propose: FoundRisk[];
  /** Found again: its text and proof are renewed, its state stays. One that was over is proposed again. */
  renew: { id: string; risk: FoundRisk; state: RiskState }[];
  /** What they stood on is no longer so. */
  over: string[];
}

/** Pure and repeatable: settling the same look twice changes nothing the second time. */
export function settleRisks(held: readonly HeldRisk[], found: readonly FoundRisk[], known: readonly Precision[]): Settled {
  const settled: Settled = { propose: [], renew: [], over: [] };
  const still = new Set<string>();
  for (const one of found) {
    const track = known.find((it) => it.code === one.code);
    const risk = { ...one, confidence: calibrated(one.confidence, track) };
    const same = held.find((it) => it.code === one.code && it.basis === one.basis);
    const isMuted = track?.isMuted === true || !isShowable(risk);
    if (same && (same.state !== 'over' || !isMuted)) {
      still.add(same.id);
      settled.renew.push({ id: same.id, risk, state: same.state === 'over' ? 'proposed' : same.state });
    } else if (!same && !isMuted) settled.propose.push(risk);
  }
  for (const { id, state } of held) if (!still.has(id) && (state === 'proposed' || state === 'confirmed')) settled.over.push(id);
  return settled;
}

/** proposed → confirmed | dismissed(reason), and a manager may change their mind. Null when this cannot be decided. */
export function decideRisk(
  state: RiskState,
  wish: { verdict: 'confirmed'; reason?: undefined } | { verdict: 'dismissed'; reason: DismissReason | undefined },
): { state: 'confirmed' } | { state: 'dismissed'; reason: DismissReason } | null {
  if (state === 'over') return null;
  if (wish.verdict === 'confirmed') return { state: 'confirmed' };
  return wish.reason === undefined ? null : { state: 'dismissed', reason: wish.reason };
}

import type { Insight } from '../../../shared/contracts/insight.ts';
import type { RecordRef, Stage } from '../../../shared/contracts/record.ts';
import type { RisksView, RiskView } from '../../../shared/contracts/risk.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import { type ClosedDeal, dealHealth } from '../../../shared/remember/health/deal-health.ts';
import { type Signs, signsOf } from '../../../shared/remember/health/signs.ts';
import { precisionOf, type RiskDecision } from '../../../shared/remember/risks/calibrate.ts';
import { type DealStory, phaseOf } from '../../../shared/remember/risks/deal-story.ts';
import { findRisks } from '../../../shared/remember/risks/find-risks.ts';
import { type Settled, settleRisks } from '../../../shared/remember/risks/settle-risks.ts';
import type { RiskRow } from './store.ts';

export interface RiskLookDeps {
  now(): number;
  /** The record as the CRM has it; `closeOn` is YYYY-MM-DD. What it does not tell for certain is absent. */
  dealOf(ref: RecordRef): Promise<Result<Deal>>;
  /** Its understood calls, oldest first, without private ones. */
  callsOf(ref: RecordRef): Promise<{ callId: string; atMs: number; insight: Insight }[]>;
  /** With how many of their people anybody here spoke on its calls; undefined when nobody was known by name. */
  pathsOf(ref: RecordRef): Promise<number | undefined>;
  risksOf(ref: RecordRef): Promise<RiskRow[]>;
  settle(ref: RecordRef, settled: Settled, at: Date): Promise<void>;
  decisionsSince(since: Date): Promise<RiskDecision[]>;
  keepSigns(ref: RecordRef, signs: Signs, at: Date): Promise<void>;
  closeSigns(ref: RecordRef, won: boolean): Promise<void>;
  closedDeals(): Promise<ClosedDeal[]>;
}

const YEAR_MS = 365 * 86_400_000;

/**
 * What endangers a deal as it stands now. Time alone makes some risks, so each look searches anew and keeps what it found;
 * looking twice changes nothing. `sees` are the calls whose words the viewer may read.
 */
export async function lookAtRisks(
  deps: RiskLookDeps,
  ref: RecordRef,
  viewer: { mayDecide: boolean; sees: ReadonlySet<string> },
): Promise<Result<RisksView>> {
  const at = new Date(deps.now());
  const [deal, calls, paths, held, decisions, closed] = await Promise.all([
    deps.dealOf(ref),
    deps.callsOf(ref),
    deps.pathsOf(ref),
    deps.risksOf(ref),
    deps.decisionsSince(new Date(deps.now() - YEAR_MS)),
    deps.closedDeals(),
  ]);
  if (!deal.ok) return deal;
  const story = storyOf(deal.value, { calls, paths }, deps.now());
  const { risks, unknown } = findRisks(story);
  const known = precisionOf(decisions);
  const signs = signsOf(story);
  const stage = stageOf(deal.value);
  await Promise.all([
    deps.settle(ref, settleRisks(held, risks, known), at),
    stage?.closed ? deps.closeSigns(ref, stage.probability >= 1) : deps.keepSigns(ref, signs, at),
  ]);
  const rows = await deps.risksOf(ref);
  return ok({
    record: ref,
    risks: rows
      .filter((row) => row.state !== 'over' && row.evidence.every(({ callId }) => viewer.sees.has(callId)))
      .filter((row) => viewer.mayDecide || row.state !== 'dismissed')
      .map(viewOf),
    health: dealHealth(signs, closed),
    unknown,
    precision: viewer.mayDecide ? known : [],
  });
}

const viewOf = (row: RiskRow): RiskView => ({
  id: row.id,
  code: row.code,
  text: row.text,
  severity: row.severity,
  confidence: row.confidence,
  isDeterministic: row.isDeterministic,
  evidence: row.evidence,
  state: row.state,
  since: row.since.toISOString(),
  ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
  ...(row.reason === null ? {} : { reason: row.reason }),
});

interface Deal {
  stageId?: string;
  stages: readonly Stage[];
  closeOn?: string;
  inStageSinceMs?: number;
}

const stageOf = (deal: Deal): Stage | undefined => deal.stages.find((one) => one.id === deal.stageId);

/** What is known of a deal, for the rules that look at it. */
export function storyOf(deal: Deal, { calls, paths }: { calls: DealStory['calls']; paths: number | undefined }, nowMs: number): DealStory {
  const stage = stageOf(deal);
  return {
    nowMs,
    calls,
    ...(paths === undefined ? {} : { paths }),
    deal: {
      isClosed: stage?.closed ?? false,
      ...(stage ? { stageId: stage.id, phase: phaseOf(stage.probability) } : {}),
      ...(deal.closeOn === undefined ? {} : { closeOn: deal.closeOn }),
      ...(deal.inStageSinceMs === undefined ? {} : { inStageSinceMs: deal.inStageSinceMs }),
    },
  };
}

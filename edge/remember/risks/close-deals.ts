import type { RecordRef, Stage } from '../../../shared/contracts/record.ts';
import type { Result } from '../../../shared/kit/result.ts';

export interface CloseDeps {
  /** Of these deals those whose signs stand open: nobody said yet what came of them. */
  openSigns(refs: readonly RecordRef[]): Promise<RecordRef[]>;
  /** Null while the deal stands in no stage that its pipeline has. */
  stageOf(ref: RecordRef): Promise<Result<Stage | null>>;
  closeSigns(ref: RecordRef, won: boolean): Promise<void>;
}

/**
 * Deals whose stage may have moved: those that are closed by now keep what came of them beside their signs, so that others are compared
 * with them though nobody looks at a closed deal again. Answers how many; one that cannot be read now is told of by its next look.
 */
export async function closeDeals(deps: CloseDeps, refs: readonly RecordRef[]): Promise<number> {
  const deals = refs.filter(
    (ref, at) => ref.object === 'deal' && refs.findIndex((one) => one.id === ref.id && one.object === 'deal') === at,
  );
  if (deals.length === 0) return 0;
  const stages = await Promise.all(
    (await deps.openSigns(deals.slice(0, DEALS_MAX))).map(async (ref) => ({ ref, stage: await deps.stageOf(ref) })),
  );
  const closed = stages.flatMap(({ ref, stage }) => (stage.ok && stage.value?.closed ? [{ ref, won: stage.value.probability >= 1 }] : []));
  for (const { ref, won } of closed) await deps.closeSigns(ref, won);
  return closed.length;
}

const DEALS_MAX = 100;

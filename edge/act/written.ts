import { undoableUntil } from '../../shared/act/undo-change.ts';
import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { WrittenView } from '../../shared/contracts/view.ts';

export interface WrittenDeps {
  /** Newest first; one more than `limit` when there is more. */
  writtenOf(tenantId: string, ref: RecordRef, limit: number, offset: number): Promise<{ callId: string | null; item: ChangeItem }[]>;
  undosOf(tenantId: string, ids: readonly string[]): Promise<ChangeItem[]>;
}

const PAGE = 20;

/**
 * What was written on a record, from which words and by whose yes. `maySee` answers which of these calls the viewer may see; what came
 * from another one, or from none on a record they do not see, is left out, so a page may be shorter than it is long.
 */
export async function written(
  deps: WrittenDeps,
  tenantId: string,
  ref: RecordRef,
  page: number,
  nowMs: number,
  seesRecord: boolean,
  maySee: (callIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<WrittenView> {
  const found = await deps.writtenOf(tenantId, ref, PAGE, page * PAGE);
  const rows = found.slice(0, PAGE);
  const visible = await maySee([...new Set(rows.flatMap(({ callId }) => callId ?? []))]);
  const shown = rows.filter(({ callId }) => (callId === null ? seesRecord : visible.has(callId)));
  const undos = await deps.undosOf(
    tenantId,
    shown.map(({ item }) => item.id),
  );
  return {
    items: shown.map(({ callId, item }) => {
      const until = undoableUntil(item, nowMs);
      const undo = undos.find(({ undoes }) => undoes === item.id);
      return {
        change: item,
        callId,
        ...(until === null ? {} : { undoableUntil: until }),
        ...(undo ? { undo: { state: undo.state, ...(undo.trouble === undefined ? {} : { trouble: undo.trouble }) } } : {}),
      };
    }),
    page,
    more: found.length > PAGE,
  };
}

import type { CallListView } from '../../../shared/contracts/memory.ts';
import type { CallBrief } from '../../../shared/contracts/view.ts';
import { readQuery } from '../../../shared/remember/search/read-query.ts';
import type { ListAsk, ListedCall } from '../../db/list-calls.ts';

export interface LibraryDeps {
  list(ask: ListAsk): Promise<ListedCall[]>;
  /** Those of the calls that the asker may see, in their order. */
  seen(calls: readonly ListedCall[]): Promise<ListedCall[]>;
}

const PAGE = 30;
/** Each record that was not looked at lately is a question to the CRM. */
const RECORDS_MAX = 60;

/** A page of the calls that the asker may see, newest first. */
export async function library(
  deps: LibraryDeps,
  { text, ...ask }: Omit<ListAsk, 'words' | 'limit'> & { text?: string },
): Promise<CallListView> {
  const words = text === undefined ? [] : readQuery(text).words.map(({ number }) => number);
  if (text !== undefined && words.length === 0) return { calls: [], next: null };
  const calls: CallBrief[] = [];
  const records = new Set<string>();
  let { after } = ask;
  while (calls.length < PAGE && records.size < RECORDS_MAX) {
    const rows = await deps.list({ ...ask, ...(after === undefined ? {} : { after }), words, limit: PAGE });
    for (const { record, id } of rows) records.add(record ? `${record.object}/${record.id}` : id);
    const seen = new Set((await deps.seen(rows)).map(({ id }) => id));
    for (const row of rows) {
      after = row.id;
      if (seen.has(row.id)) calls.push(briefOf(row));
      if (calls.length === PAGE) return { calls, next: row.id };
    }
    if (rows.length < PAGE) return { calls, next: null };
  }
  return { calls, next: after ?? null };
}

const briefOf = (call: ListedCall): CallBrief => ({
  id: call.id,
  record: call.record,
  status: call.status,
  source: call.source,
  repName: call.repName,
  customerName: call.customerName,
  startedAt: new Date(call.atMs).toISOString(),
  durationMs: call.durationMs,
  isPrivate: call.isPrivate,
  ...(call.trouble === null ? {} : { trouble: call.trouble }),
  ...(call.missed === null ? {} : { missed: call.missed }),
});

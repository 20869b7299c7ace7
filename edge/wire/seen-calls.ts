import type { RecordRef } from '../../shared/contracts/record.ts';
import { briefOf } from '../capture/brief.ts';
import * as calls from '../capture/store.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';

const CALLS_SHOWN = 20;

/** The record's newest calls that this viewer may see. */
export async function seenCalls(parts: Parts, sight: Sight, who: Who, ref: RecordRef) {
  const rows = await calls.callsOfRecord(parts.db, who.tenantId, ref, CALLS_SHOWN);
  return (await sight.calls(who, rows)).map(briefOf);
}

/** Those of these calls that this viewer may see. */
export async function visibleCalls({ db }: Pick<Parts, 'db'>, sight: Sight, who: Who, callIds: readonly string[]): Promise<Set<string>> {
  const found = await Promise.all(callIds.map((callId) => calls.callOf(db, who.tenantId, callId)));
  const seen = await sight.calls(
    who,
    found.filter((call) => call !== null),
  );
  return new Set(seen.map(({ id }) => id));
}

import { canRead } from './access.ts';
import { type Ask, ok, only, type Reply } from './ask.ts';
import type { ObjectTable } from './field.ts';
import { Refusal } from './refusal.ts';
import { idOf, moment, type Org, type Row, rowsOf, stamp } from './state.ts';

const minute = 60_000;
const day = 86_400_000;
/** How far back each of the two looks. */
const daysBack = { deleted: 15, updated: 30 } as const;

/** `/sobjects/{object}/deleted` and `/updated?start&end`: what a copy of the org has to catch up with. Seconds do not count. */
export function replicate(org: Org, ask: Ask, object: ObjectTable, which: 'deleted' | 'updated'): Reply {
  if (ask.method !== 'GET') return only(ask, { GET: () => ok(null) });
  const [start, end] = ['start', 'end'].map((name) => minuteOf(ask.query.get(name))) as [number, number];
  if (end - start <= minute) throw wrongDate('startDate before endDate by more than one minute is required');
  if (org.now() - start > daysBack[which] * day) throw wrongDate('startDate before org replication enabled date');
  const mayRead = (row: Row) => canRead(org, ask.userId, object, row);
  const latestDateCovered = stamp(Math.min(end, minuteOf(new Date(org.now()).toISOString())));
  if (which === 'updated') {
    const isIn = (row: Row) => isBetween(moment(String(row.SystemModstamp)), start, end);
    const ids = rowsOf(org, object.name).filter((row) => isIn(row) && mayRead(row));
    return ok({ ids: ids.map(idOf), latestDateCovered });
  }
  const gone = Object.values(org.state.bin).filter(
    (one) => one.object === object.name && isBetween(one.at, start, end) && mayRead(one.row),
  );
  return ok({
    deletedRecords: gone.map(({ row, at }) => ({ id: idOf(row), deletedDate: stamp(at) })),
    earliestDateAvailable: stamp(org.now() - daysBack.deleted * day),
    latestDateCovered,
  });
}

const isBetween = (at: number, start: number, end: number) => at >= start && at < end;

function minuteOf(text: string | null): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  if (Number.isNaN(at)) throw new Refusal(400, 'INVALID_FIELD', 'start and end must be dates with a time and a zone');
  return Math.floor(at / minute) * minute;
}

const wrongDate = (message: string) => new Refusal(400, 'INVALID_REPLICATION_DATE', message);

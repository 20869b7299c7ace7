import { asc, eq } from 'drizzle-orm';
import type { Flag } from '../../../shared/guide/session.ts';
import type { Db } from '../../db/client.ts';
import { guidanceMarks as marks } from './tables.ts';

/** A call's flags, once it is over. Told again, nothing changes. */
export async function saveMarks(
  db: Db,
  tenantId: string,
  callId: string,
  flags: readonly Pick<Flag, 'id' | 'atMs' | 'by'>[],
): Promise<void> {
  if (flags.length === 0) return;
  const values = flags.map(({ id, atMs, by }) => ({ tenantId, callId, markId: id, atMs, markedBy: by }));
  await db.asTenant(tenantId, (q) => [q.insert(marks).values(values).onConflictDoNothing()]);
}

/** In the order in which they were set. */
export async function marksOfCall(db: Db, tenantId: string, callId: string): Promise<{ id: string; atMs: number }[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ id: marks.markId, atMs: marks.atMs })
      .from(marks)
      .where(eq(marks.callId, callId))
      .orderBy(asc(marks.atMs), asc(marks.markId)),
  ]);
  return rows;
}

import { and, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Tones } from '../../../shared/act/email/tone.ts';
import type { EmailTone } from '../../../shared/contracts/email.ts';
import type { Db } from '../../db/client.ts';
import { changes, emailTones } from '../tables.ts';

/** Under '' stands the tenant's own. */
const EVERYONE = '';

/** What is set for a rep, by their id in the host, and for everyone. */
export async function tonesOf(db: Db, tenantId: string, userId: string): Promise<Tones> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ userId: emailTones.userId, tone: emailTones.tone })
      .from(emailTones)
      .where(inArray(emailTones.userId, [userId, EVERYONE])),
  ]);
  const of = (id: string) => rows.find((row) => row.userId === id)?.tone ?? null;
  return { mine: userId === EVERYONE ? null : of(userId), everyone: of(EVERYONE) };
}

/** Null takes the setting away. `userId` null is everyone. */
export async function setTone(db: Db, tenantId: string, userId: string | null, tone: EmailTone | null, by: string): Promise<void> {
  const id = userId ?? EVERYONE;
  await db.asTenant(tenantId, (q) => [
    tone === null
      ? q.delete(emailTones).where(eq(emailTones.userId, id))
      : q
          .insert(emailTones)
          .values({ tenantId, userId: id, tone, setBy: by })
          .onConflictDoUpdate({ target: [emailTones.tenantId, emailTones.userId], set: { tone, setBy: by } }),
  ]);
}

/** How much of our drafts was kept since then, over all approved emails of the tenant. */
export async function keptSince(
  db: Db,
  tenantId: string,
  since: Date,
): Promise<{ n: number; unchanged: number; medianKept: number | null }> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        n: sql`count(*)::int`,
        unchanged: sql`(count(*) filter (where ${changes.keptShare} = 1))::int`,
        medianKept: sql`percentile_cont(0.5) within group (order by ${changes.keptShare})`,
      })
      .from(changes)
      .where(and(isNotNull(changes.keptShare), gte(changes.decidedAt, since))),
  ]);
  return keptRow.parse(rows[0]);
}

const keptRow = z.object({ n: z.int(), unchanged: z.int(), medianKept: z.nullable(z.number()) });

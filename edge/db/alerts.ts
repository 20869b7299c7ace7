import { eq, notInArray, sql } from 'drizzle-orm';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import type { KnownAlert } from '../../shared/act/notices.ts';
import { alertLevel, alertName } from '../../shared/act/slo.ts';
import type { Db } from './client.ts';
import { moment, ownRows, tenantId } from './columns.ts';

/** The alerts that stand, and when people were told. They are about the product, so all of them belong to `nobody`. */
export const alerts = pgTable(
  'alerts',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    level: text('level').notNull(),
    since: moment('since').notNull(),
    /** When it was last true. */
    seenAt: moment('seen_at').notNull(),
    toldAt: moment('told_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.name] }), ownRows()],
);

const nobody = '00000000-0000-0000-0000-000000000000';
const storedAlert = z.object({ name: alertName, level: alertLevel, since: z.date(), seenAt: z.date(), toldAt: z.date() });

export async function loadAlerts(db: Db): Promise<KnownAlert[]> {
  const [rows] = await db.read(nobody, (q) => [
    q.select({ name: alerts.name, level: alerts.level, since: alerts.since, seenAt: alerts.seenAt, toldAt: alerts.toldAt }).from(alerts),
  ]);
  // A row of a newer version that was rolled back names an alert that this one does not know.
  return rows.flatMap((row) => {
    const known = storedAlert.safeParse(row);
    if (!known.success) return [];
    const { since, seenAt, toldAt, ...it } = known.data;
    return [{ ...it, sinceMs: since.getTime(), seenMs: seenAt.getTime(), toldMs: toldAt.getTime() }];
  });
}

/** These and no others stand. */
export async function saveAlerts(db: Db, known: readonly KnownAlert[]): Promise<void> {
  const rows = known.map(({ name, level, sinceMs, seenMs, toldMs }) => ({
    tenantId: nobody,
    name,
    level,
    since: new Date(sinceMs),
    seenAt: new Date(seenMs),
    toldAt: new Date(toldMs),
  }));
  const names = rows.map(({ name }) => name);
  await db.asTenant(nobody, (q) => [
    q.delete(alerts).where(names.length > 0 ? notInArray(alerts.name, names) : eq(alerts.tenantId, nobody)),
    ...(rows.length > 0
      ? [
          q
            .insert(alerts)
            .values(rows)
            .onConflictDoUpdate({
              target: [alerts.tenantId, alerts.name],
              set: { level: sql`excluded.level`, since: sql`excluded.since`, seenAt: sql`excluded.seen_at`, toldAt: sql`excluded.told_at` },
            }),
        ]
      : []),
  ]);
}

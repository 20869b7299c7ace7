import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Override } from '../../../shared/act/policies.ts';
import type { ShadowCount } from '../../../shared/act/shadow.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { changes, crmFields, matches, policies } from '../tables.ts';

export async function overridesOf(db: Db, tenantId: string): Promise<Override[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select({ subject: policies.subject, policy: policies.policy, mode: policies.mode }).from(policies).orderBy(policies.subject),
  ]);
  return rows;
}

/** Sets each subject's policy, or with null goes back to the safe default. All of them or none. */
export async function setOverrides(
  db: Db,
  tenantId: string,
  wanted: readonly { subject: string; policy: Override['policy'] | null; mode: Override['mode'] }[],
  by: string,
): Promise<void> {
  await db.asTenant(tenantId, (q) =>
    wanted.map(({ subject, policy, mode = null }) => {
      // The audit names a row by its id; here that is the subject.
      const moved = { tenantId: policies.tenantId, id: sql<string>`${policies.subject}`.as('id') };
      return auditMoved(
        q,
        policy === null
          ? q.delete(policies).where(eq(policies.subject, subject)).returning(moved)
          : q
              .insert(policies)
              .values({ tenantId, subject, policy, mode, setBy: by })
              .onConflictDoUpdate({ target: [policies.tenantId, policies.subject], set: { policy, mode, setBy: by } })
              .returning(moved),
        { actor: by, action: 'policy-set', detail: { policy: policy ?? 'default' } },
      );
    }),
  );
}

/** What a private call would have written is its rep's alone, in figures too. */
const isShared = sql`not exists (select from calls c where c.tenant_id = ${changes.tenantId} and c.id = ${changes.callId} and c.is_private)`;

/** What came of watching, for each field. */
export async function shadowCounts(db: Db, tenantId: string, since: Date): Promise<ShadowCount[]> {
  const field = sql<string>`case ${changes.kind} when 'move-stage' then 'stage' else ${changes.body} ->> 'field' end`;
  const count = (what: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${what}))::int`;
  const isOpen = sql`${changes.createdAt} > ${since.toISOString()}::timestamptz`;
  const saw = changes.shadowSaw;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        object: changes.recordObject,
        field: field.as('field'),
        label: sql<string>`coalesce((array_agg(${changes.body} ->> 'label' order by ${changes.createdAt} desc))[1], 'Stage')`,
        matched: count(sql`${saw} = 'matched'`),
        differed: count(sql`${saw} = 'differed'`),
        open: count(sql`${saw} is null and ${isOpen}`),
        nothing: count(sql`${saw} is null and not ${isOpen}`),
      })
      .from(changes)
      .where(and(eq(changes.state, 'shadow'), isShared))
      .groupBy(changes.recordObject, sql`2`),
  ]);
  return rows;
}

export interface KnownField {
  field: string;
  wroteHash: string | null;
  seenHash: string | null;
  seenBy: 'us' | 'other' | null;
}

/** What we remember of a record's fields; of all that we ever wrote or saw when no names are given. */
export async function fieldsOf(
  db: Db,
  tenantId: string,
  connectionId: string,
  ref: RecordRef,
  names?: readonly string[],
): Promise<KnownField[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ field: crmFields.field, wroteHash: crmFields.wroteHash, seenHash: crmFields.seenHash, seenBy: crmFields.seenBy })
      .from(crmFields)
      .where(
        and(
          eq(crmFields.connectionId, connectionId),
          eq(crmFields.recordObject, ref.object),
          eq(crmFields.recordId, ref.id),
          names ? inArray(crmFields.field, [...names]) : undefined,
        ),
      ),
  ]);
  return rows;
}

/** Whom a person chose for an address, by its hash. */
export async function chosenFor(db: Db, tenantId: string, connectionId: string, addressHash: string): Promise<string | null> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ recordId: matches.recordId })
      .from(matches)
      .where(and(eq(matches.connectionId, connectionId), eq(matches.addressHash, addressHash))),
  ]);
  return rows[0]?.recordId ?? null;
}

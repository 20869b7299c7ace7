import { and, asc, eq, gt, isNull, lt, lte, sql } from 'drizzle-orm';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { KnownDeal } from '../../../shared/remember/briefing/known.ts';
import type { Db } from '../../db/client.ts';
import { meetingsAhead } from '../tables.ts';

/** A meeting of the CRM's calendar about one record. */
export interface MeetingAhead {
  meetingId: string;
  record: RecordRef;
  startsAt: Date;
  hostId: string | null;
}

/** What was read ahead of a meeting. */
export interface Prepared {
  startsAt: Date;
  hostId: string | null;
  preparedAt: Date | null;
  deal: KnownDeal | null;
  /** What the CRM let the host see. */
  reach: { owner: boolean; team: boolean; any: boolean } | null;
}

/** Lays the calendar's next hour over what we knew: what was moved keeps what was read for it, what is not there any more goes. */
export async function saveAhead(db: Db, tenantId: string, connectionId: string, ahead: readonly MeetingAhead[]): Promise<void> {
  const rows = ahead.map(({ record, ...one }) => ({ ...one, tenantId, connectionId, recordObject: record.object, recordId: record.id }));
  const kept = JSON.stringify(rows.map(({ meetingId, recordObject, recordId }) => [meetingId, recordObject, recordId]));
  await db.asTenant(tenantId, (q) => [
    q
      .delete(meetingsAhead)
      .where(
        and(
          eq(meetingsAhead.connectionId, connectionId),
          sql`not ${kept}::jsonb @> jsonb_build_array(jsonb_build_array(${meetingsAhead.meetingId}, ${meetingsAhead.recordObject}, ${meetingsAhead.recordId}))`,
        ),
      ),
    ...(rows.length === 0
      ? []
      : [
          q
            .insert(meetingsAhead)
            .values(rows)
            .onConflictDoUpdate({
              target: [
                meetingsAhead.tenantId,
                meetingsAhead.connectionId,
                meetingsAhead.meetingId,
                meetingsAhead.recordObject,
                meetingsAhead.recordId,
              ],
              set: { startsAt: sql`excluded.starts_at`, hostId: sql`excluded.host_id` },
            }),
        ]),
  ]);
}

/** Meetings that begin before `before` and have nothing read for them yet, the soonest first. */
export async function unprepared(db: Db, tenantId: string, connectionId: string, before: Date, limit: number): Promise<MeetingAhead[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        meetingId: meetingsAhead.meetingId,
        recordObject: meetingsAhead.recordObject,
        recordId: meetingsAhead.recordId,
        startsAt: meetingsAhead.startsAt,
        hostId: meetingsAhead.hostId,
      })
      .from(meetingsAhead)
      .where(and(eq(meetingsAhead.connectionId, connectionId), lte(meetingsAhead.startsAt, before), isNull(meetingsAhead.preparedAt)))
      .orderBy(asc(meetingsAhead.startsAt), meetingsAhead.meetingId)
      .limit(limit),
  ]);
  return rows.map(({ recordObject, recordId, ...one }) => ({ ...one, record: { object: recordObject, id: recordId } }));
}

export async function savePrepared(
  db: Db,
  tenantId: string,
  connectionId: string,
  { meetingId, record }: Pick<MeetingAhead, 'meetingId' | 'record'>,
  prepared: Pick<Prepared, 'deal' | 'reach'> & { preparedAt: Date },
): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(meetingsAhead)
      .set(prepared)
      .where(
        and(
          eq(meetingsAhead.connectionId, connectionId),
          eq(meetingsAhead.meetingId, meetingId),
          eq(meetingsAhead.recordObject, record.object),
          eq(meetingsAhead.recordId, record.id),
        ),
      ),
  ]);
}

/** The record's next meeting that begins between these two; the viewer's own before another's of the same time. */
export async function nextMeeting(
  db: Db,
  tenantId: string,
  connectionId: string,
  ref: RecordRef,
  { after, before }: { after: Date; before: Date },
): Promise<Prepared | null> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        startsAt: meetingsAhead.startsAt,
        hostId: meetingsAhead.hostId,
        preparedAt: meetingsAhead.preparedAt,
        deal: meetingsAhead.deal,
        reach: meetingsAhead.reach,
      })
      .from(meetingsAhead)
      .where(
        and(
          eq(meetingsAhead.connectionId, connectionId),
          eq(meetingsAhead.recordObject, ref.object),
          eq(meetingsAhead.recordId, ref.id),
          gt(meetingsAhead.startsAt, after),
          lt(meetingsAhead.startsAt, before),
        ),
      )
      .orderBy(asc(meetingsAhead.startsAt), meetingsAhead.meetingId)
      .limit(1),
  ]);
  return rows[0] ?? null;
}

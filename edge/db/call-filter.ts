import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { type RecordRef, recordObject } from '../../shared/contracts/record.ts';

/** Which calls somebody asks for. */
export interface CallFilter {
  record?: RecordRef;
  repId?: string;
  from?: Date;
  /** Not included. */
  to?: Date;
}

/** Whoever asks: another rep's private call is not even looked at. What else they may see, only the CRM knows. */
export interface Viewer {
  id: string;
  /** '' where the host tells none. */
  email: string;
}

/** Conditions on `calls c`. */
export function asked({ record, repId, from, to }: CallFilter): SQL {
  const all = [sql`c.erased_at is null`];
  if (record) all.push(about(record));
  if (repId !== undefined) all.push(sql`c.rep_id = ${repId}`);
  if (from) all.push(sql`c.started_at >= ${from.toISOString()}::timestamptz`);
  if (to) all.push(sql`c.started_at < ${to.toISOString()}::timestamptz`);
  return sql.join(all, sql` and `);
}

export const about = (ref: RecordRef): SQL => {
  const on = sql`c.record_object = ${ref.object} and c.record_id = ${ref.id}`;
  return ref.object === 'contact' ? sql`(${on} or c.contact_id = ${ref.id})` : sql`(${on})`;
};

export const openTo = ({ id, email }: Viewer): SQL =>
  sql`(not c.is_private or c.rep_id = ${id} or (${email} <> '' and lower(c.rep_email) = ${email}))`;

/** What decides who may see a call, and how it is named; to be selected from `calls c`. */
export const seenColumns = sql`c.id as call_id, c.record_object, c.record_id, c.rep_id, c.rep_email, c.is_private, c.rep_name, c.customer_name,
  (extract(epoch from c.started_at) * 1000)::float8 as at_ms`;

export const seenRow = z.object({
  call_id: z.string(),
  record_object: z.nullable(recordObject),
  record_id: z.nullable(z.string()),
  rep_id: z.string(),
  rep_email: z.string(),
  is_private: z.boolean(),
  rep_name: z.string(),
  customer_name: z.string(),
  at_ms: z.number(),
});

/** A call as far as it takes to say whose it is and who may see it. */
export interface SeenCall {
  id: string;
  record: RecordRef | null;
  repId: string;
  repEmail: string;
  isPrivate: boolean;
  repName: string;
  customerName: string;
  /** When it began. */
  atMs: number;
}

export const seenOf = (row: z.infer<typeof seenRow>): SeenCall => ({
  id: row.call_id,
  record: row.record_object !== null && row.record_id !== null ? { object: row.record_object, id: row.record_id } : null,
  repId: row.rep_id,
  repEmail: row.rep_email,
  isPrivate: row.is_private,
  repName: row.rep_name,
  customerName: row.customer_name,
  atMs: row.at_ms,
});

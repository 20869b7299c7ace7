import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { FieldNow } from '../../ports/crm.ts';
import type { Desk } from './desk.ts';
import { objectName } from './map.ts';
import { quote, quoteAll } from './soql.ts';

const text = z.optional(z.nullable(z.string()));
const user = z.optional(z.nullable(z.object({ Name: text, Username: text })));
export const pastRow = z.object({ Field: z.string(), CreatedDate: z.string(), CreatedBy: user });
export const lastRow = z.object({ LastModifiedDate: z.string(), LastModifiedBy: user });

/** Who set a value; `who` is left out when it was us. */
export interface FieldAuthor {
  by: FieldNow['by'];
  who?: string;
  at?: string;
}

/** The newest changes of an opportunity's fields. An org that keeps no history refuses the question. */
export const historyOf = (ref: RecordRef, fields: readonly string[]): string =>
  `SELECT Field, CreatedDate, CreatedBy.Name, CreatedBy.Username FROM OpportunityFieldHistory WHERE OpportunityId = ${quote(ref.id)} AND Field IN ${quoteAll(fields)} ORDER BY CreatedDate DESC, Id DESC LIMIT 200`;

export const lastColumns = ['LastModifiedDate', 'LastModifiedBy.Name', 'LastModifiedBy.Username'];

/**
 * Who changed these fields last: by the field history where there is one, else by who saved the record last, which says less. Without the
 * integration user's name nobody is known to be us.
 */
export function authorsFrom(
  desk: Desk,
  fields: readonly string[],
  past: readonly z.output<typeof pastRow>[],
  last: z.output<typeof lastRow> | undefined,
): Map<string, FieldAuthor> {
  const authors = new Map<string, FieldAuthor>();
  for (const { Field, CreatedDate, CreatedBy } of past) if (!authors.has(Field)) authors.set(Field, authorOf(desk, CreatedBy, CreatedDate));
  // A record that we saved last may hold anybody's values.
  const saver = last ? authorOf(desk, last.LastModifiedBy, last.LastModifiedDate) : undefined;
  for (const field of fields) if (!authors.has(field)) authors.set(field, !saver || saver.by === 'us' ? { by: 'unknown' } : saver);
  return authors;
}

/** The same, asked for on its own. */
export async function authorsOf(desk: Desk, ref: RecordRef, fields: readonly string[]): Promise<Result<Map<string, FieldAuthor>>> {
  const { client, signal } = desk;
  const past = ref.object === 'deal' ? await client.query(historyOf(ref, fields), pastRow, signal) : ok([]);
  const changes = past.ok ? past.value : [];
  if (fields.every((field) => changes.some(({ Field }) => Field === field))) return ok(authorsFrom(desk, fields, changes, undefined));
  const soql = `SELECT ${lastColumns.join(', ')} FROM ${objectName[ref.object]} WHERE Id = ${quote(ref.id)}`;
  const last = await client.query(soql, lastRow, signal);
  return last.ok ? ok(authorsFrom(desk, fields, changes, last.value[0])) : last;
}

function authorOf({ username }: Desk, saver: z.output<typeof user>, at: string): FieldAuthor {
  const isUs = username !== undefined && saver?.Username?.toLowerCase() === username.toLowerCase();
  const by = isUs ? 'us' : username === undefined ? 'unknown' : 'other';
  return { by, ...(isUs || !saver?.Name ? {} : { who: saver.Name }), at };
}

import * as z from 'zod/mini';
import { fieldName } from '../contracts/change.ts';
import { recordId, recordRef } from '../contracts/record.ts';

const about = { record: recordRef, atMs: z.number() };

/**
 * What happened to a record in the CRM, as we keep it until it is dealt with: ids, names and times. A value is kept as its print only,
 * because it is the customer's. News comes in any order, late, and more than once.
 */
export const news = z.discriminatedUnion('is', [
  /** `print` is null for an empty field; `userId` is the CRM's own id of who changed it, where it says so. */
  z.object({
    is: z.literal('field'),
    ...about,
    field: fieldName,
    print: z.nullable(z.string()),
    by: z.enum(['us', 'other']),
    userId: z.optional(z.string()),
  }),
  /** Something changed, and the CRM does not say what. */
  z.object({ is: z.literal('touched'), ...about }),
  z.object({ is: z.literal('deleted'), ...about }),
  /** `record` is what `from` became. */
  z.object({ is: z.literal('merged'), ...about, from: z.array(recordId).check(z.minLength(1), z.maxLength(100)) }),
  /** A contact asked to be forgotten. */
  z.object({ is: z.literal('erased'), ...about }),
]);
export type News = z.infer<typeof news>;
export type FieldNews = Extract<News, { is: 'field' }>;

/** The text whose hash is a value's print: two spellings of one value have the same. */
export const printed = (tenantId: string, field: string, value: string): string => `${tenantId}\n${field}\n${oneSpelling(value)}`;

/** CRMs add zeros to a number, a midnight to a date, and their own line breaks to a text. */
function oneSpelling(value: string): string {
  const text = value.replaceAll('\r\n', '\n').trimEnd();
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return String(Number(text));
  return /^\d{4}-\d\d-\d\dT00:00:00(?:\.0+)?Z$/.test(text) ? text.slice(0, 10) : text;
}

/** Of what came about one field of one record, the newest. */
export function newest(all: readonly FieldNews[]): FieldNews[] {
  const kept = new Map<string, FieldNews>();
  for (const one of all) {
    const key = `${one.record.object}/${one.record.id}/${one.field}`;
    const known = kept.get(key);
    if (!known || known.atMs <= one.atMs) kept.set(key, one);
  }
  return [...kept.values()];
}

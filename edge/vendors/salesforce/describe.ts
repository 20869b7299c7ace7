import * as z from 'zod/mini';
import { type FieldAsk, failed, ok, type Result } from '../../../shared/kit/result.ts';
import { strange, type Talk } from './client.ts';
import type { SalesforceFault } from './faults.ts';

const field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  externalId: z.optional(z.boolean()),
  picklistValues: z.optional(z.array(z.object({ active: z.boolean(), value: z.string(), label: z.nullable(z.string()) }))),
});
export type DescribedField = z.output<typeof field>;
const described = z.object({
  fields: z.array(field),
  recordTypeInfos: z.optional(z.array(z.object({ recordTypeId: z.string(), available: z.boolean(), active: z.optional(z.boolean()) }))),
});

/** What an object is made of, as the integration user sees it; some minutes old at most. */
export async function describe({ client, signal }: Talk, object: string): Promise<Result<z.output<typeof described>, SalesforceFault>> {
  const reply = await client.definition(`/sobjects/${object}/describe`, signal);
  if (!reply.ok) return reply;
  const read = described.safeParse(reply.value);
  return read.success ? ok(read.data) : failed(strange);
}

const numbers = new Set(['int', 'double', 'currency', 'percent', 'long']);

/** A field's value as JSON wants it; a plain sentence when the field does not take it. */
export function typed({ type, label, picklistValues, updateable }: DescribedField, value: string): Result<unknown, string> {
  if (!updateable) return failed(`We may not write "${label}" in Salesforce.`);
  if (value === '') return ok(type === 'boolean' ? false : null);
  if (numbers.has(type)) return Number.isFinite(Number(value)) ? ok(Number(value)) : failed(`"${label}" takes a number.`);
  if (type === 'boolean') return value === 'true' || value === 'false' ? ok(value === 'true') : failed(`"${label}" takes true or false.`);
  const offered = new Set(picklistValues?.filter(({ active }) => active).map((one) => one.value));
  const chosen = type === 'multipicklist' ? value.split(';') : [value];
  if ((type === 'picklist' || type === 'multipicklist') && !chosen.every((one) => offered.has(one)))
    return failed(`Salesforce does not offer this value for "${label}".`);
  return ok(value);
}

/** A stored value as text; null for empty. */
export const asText = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : typeof value === 'string' ? value : String(value);

/** What to ask a person for. */
export function askOf({ name, label, type, picklistValues }: DescribedField): FieldAsk {
  const ask = { field: name, label };
  if (numbers.has(type)) return { ...ask, type: 'number' };
  if (type === 'date' || type === 'datetime') return { ...ask, type: 'date' };
  if (type === 'boolean') return { ...ask, type: 'choice', options: yesNo };
  const options = (picklistValues ?? []).filter(({ active }) => active).map((one) => ({ value: one.value, label: one.label ?? one.value }));
  return options.length > 0 && type !== 'combobox' ? { ...ask, type: 'choice', options } : { ...ask, type: 'text' };
}

const yesNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

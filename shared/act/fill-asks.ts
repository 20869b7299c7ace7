import type { Ask, ChangeBody } from '../contracts/change.ts';
import { failed, ok, type Result } from '../kit/result.ts';

/** What a person gave that does not fit, as a sentence that names the field by its label. */
export interface Unfit {
  field: string;
  said: string;
}

/**
 * The change with what the CRM asked for. A choice is its exact value, a number has a point, a date is YYYY-MM-DD. What is missing,
 * malformed or was not asked for is the fault.
 */
export function fillAsks(body: ChangeBody, asks: readonly Ask[], values: Readonly<Record<string, string>>): Result<ChangeBody, Unfit> {
  const filled: Record<string, string> = {};
  for (const ask of asks) {
    const value = values[ask.field]?.trim() ?? '';
    if (value === '') return unfit(ask, 'is missing');
    const exact = exactOf(ask, value);
    if (exact === null) return unfit(ask, mustBe[ask.type]);
    filled[ask.field] = exact;
  }
  const unasked = Object.keys(values).find((field) => !asks.some((ask) => ask.field === field));
  if (unasked !== undefined) return failed({ field: unasked, said: `Nobody asked for the field ${unasked}.` });
  const [first] = asks;
  if (!first) return ok(body);
  if (body.kind !== 'move-stage') return unfit(first, 'has to be filled in the CRM itself');
  return ok({ ...body, with: { ...body.with, ...filled } });
}

const unfit = ({ field, label }: Ask, what: string): Result<never, Unfit> => failed({ field, said: `The field “${label}” ${what}.` });
const mustBe: Record<Ask['type'], string> = {
  text: 'is too long',
  number: 'must be a number',
  date: 'must be a date like 2026-11-30',
  choice: 'must be one of its choices',
};

function exactOf({ type, options }: Ask, value: string): string | null {
  switch (type) {
    case 'text':
      return value.length <= 65_536 ? value : null;
    case 'number':
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? value : null;
    case 'date':
      return isDay(value) ? value : null;
    case 'choice':
      return options?.some((option) => option.value === value) ? value : null;
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

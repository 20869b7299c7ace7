import type { Moment, RecordCheck } from '../../contracts/playbook.ts';
import { never } from '../../kit/must.ts';
import type { KnownRecord } from './state.ts';

/** May this moment come on a call about this record? While the record is not known, only a moment that asks nothing of it. */
export function suits({ stages, when }: Pick<Moment, 'stages' | 'when'>, record: KnownRecord | null): boolean {
  if (stages.length > 0 && !(record?.stage && stages.includes(record.stage))) return false;
  return when.length === 0 || holds(when, record);
}

/** All of them hold. Of a record that is not known, none does. */
export const holds = (checks: readonly RecordCheck[], record: KnownRecord | null): boolean =>
  record !== null && checks.every((check) => holdsOne(check, record));

function holdsOne(check: RecordCheck, { fields }: KnownRecord): boolean {
  const now = fields[check.field];
  // A field nobody could read says nothing, not even that it is empty.
  if (now === undefined) return false;
  switch (check.is) {
    case 'empty':
      return now === null || now.trim() === '';
    case 'eq':
      return now !== null && same(now, check.value);
    case 'in':
      return now !== null && check.values.some((value) => same(now, value));
    case 'lt':
      return compare(now, check.value, (a, b) => a < b);
    case 'gt':
      return compare(now, check.value, (a, b) => a > b);
    default:
      return never(check);
  }
}

/** Names as people write them: case and spaces around do not matter, and 25000 is 25000.00. */
function same(now: string, value: string | number): boolean {
  const [a, b] = [figure(now), figure(String(value))];
  return a !== null && b !== null ? a === b : now.trim().toLowerCase() === String(value).trim().toLowerCase();
}

/** Two figures, or two ISO dates; anything else cannot be compared. */
function compare(now: string | null, value: string | number, order: (a: number, b: number) => boolean): boolean {
  if (now === null) return false;
  const [a, b] = [figure(now), figure(String(value))];
  if (a !== null && b !== null) return order(a, b);
  const [on, other] = [day(now), day(String(value))];
  return on !== null && other !== null && order(on, other);
}

const figure = (text: string): number | null => (/^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null);

function day(text: string): number | null {
  const at = /^\s*\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text.trim()) : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

import type { Field } from './field.ts';
import { core } from './ids.ts';
import type { Condition } from './soql.ts';
import type { Literal } from './soql-tokens.ts';
import { moment, type Value } from './state.ts';

/** One comparison of a WHERE, as the platform makes it: text without case, ids by their first 15 characters. */
export function compare(field: Field, value: Value, op: (Condition & { kind: 'compare' })['op'], literal: Literal): boolean {
  if (op === '=') return equal(field, value, literal);
  if (op === '!=') return !equal(field, value, literal);
  if (value === null || literal.type === 'null') return false;
  if (op === 'like') return pattern(literal.text).test(String(value));
  const [left, right] = sides(field, value, literal);
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

export function equal(field: Field, value: Value, literal: Literal): boolean {
  if (literal.type === 'null') return value === null;
  if (value === null) return false;
  if (field.type === 'id' || field.type === 'reference') return core(String(value)) === core(literal.text);
  const [left, right] = sides(field, value, literal);
  return left === right;
}

function sides(field: Field, value: Value, literal: Literal): [string | number, string | number] {
  if (literal.type === 'number') return [Number(value), Number(literal.text)];
  if (field.type === 'datetime') return [moment(String(value)), moment(literal.text)];
  if (literal.type === 'boolean') return [String(value), literal.text];
  return [String(value).toLowerCase(), plainText(literal.text).toLowerCase()];
}

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const plainText = (text: string) => text.replace(/\\(.)/g, (_, char: string) => controls[char.toLowerCase()] ?? char);

/** % is any run of characters, _ is one; both can be escaped. */
function pattern(text: string): RegExp {
  const source = text.replace(/\\(.)|([%_])|([^\\%_]+)/gs, (_, escaped?: string, wild?: string, plain?: string) => {
    if (wild) return wild === '%' ? '.*' : '.';
    return quoted(escaped ? (controls[escaped.toLowerCase()] ?? escaped) : (plain ?? ''));
  });
  return new RegExp(`^${source}$`, 'is');
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

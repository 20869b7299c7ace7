import { dueAt } from '../due.ts';
import { dueText } from '../due-text.ts';
import { readWords } from './read-words.ts';

/** What a claim says in a form a field can hold. */
export type Value =
  | { kind: 'amount'; amount: number /** ISO 4217, when the claim names one. */; currency?: string }
  | { kind: 'percent'; percent: number }
  /** A day, ISO 8601; only its date is compared. `startedAt` and `timeZone` are the call's. */
  | { kind: 'date'; date: string; startedAt: string; timeZone: string }
  /** Another seller; `aliases` are the other names the tenant knows it by. */
  | { kind: 'competitor'; name: string; aliases: readonly string[] };

/** Does the value follow from these words alone? What has to be worked out or known from elsewhere does not. */
export function derives(value: Value, quote: string): boolean {
  switch (value.kind) {
    case 'amount':
      return amountIn(value, quote);
    case 'percent':
      return readWords(quote).some((word) => word.text === `#${value.percent}%`);
    case 'date': {
      const due = dueText(quote)?.text;
      const at = due && dueAt(due, value.startedAt, value.timeZone);
      return at !== undefined && at !== '' && at.slice(0, 10) === value.date.slice(0, 10);
    }
    case 'competitor':
      return [value.name, ...value.aliases].some((name) => isNamed(name, quote));
  }
}

function amountIn(value: Extract<Value, { kind: 'amount' }>, quote: string): boolean {
  const said = readWords(quote).filter((word) => word.text === `#${value.amount}`);
  const unit = CURRENCIES.get(value.currency ?? '');
  // A currency that nobody said is the tenant's own; one that was said must be the claim's.
  return said.some((word) => value.currency === undefined || word.money === undefined || word.money === unit);
}

function isNamed(name: string, quote: string): boolean {
  const wanted = readWords(name).map((word) => word.text);
  const said = readWords(quote).map((word) => word.text);
  const whole = wanted.join('');
  if (whole === '') return false;
  // "Call Forge" and "CallForge" are one firm; "Callforgery" is none of its.
  return said.some((_, at) => {
    for (let end = at + 1; end <= Math.min(said.length, at + wanted.length + 2); end++) {
      const run = said.slice(at, end).join('');
      if (run === whole || run === `${whole}s`) return true;
      if (run.length > whole.length) return false;
    }
    return false;
  });
}

const CURRENCIES = new Map([
  ['USD', 'dollar'],
  ['CAD', 'dollar'],
  ['AUD', 'dollar'],
  ['EUR', 'euro'],
  ['GBP', 'pound'],
  ['INR', 'rupee'],
]);

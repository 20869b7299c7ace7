import type { SlotKind } from '../../contracts/playbook.ts';
import { never } from '../../kit/must.ts';
import { digitRuns } from '../../understand/digit-runs.ts';
import { dueAt } from '../../understand/due.ts';
import { dueText } from '../../understand/due-text.ts';
import { moneySaid } from '../../understand/money-said.ts';
import { type PersonalKind, personalIn } from '../../understand/personal.ts';
import { tokens } from '../../understand/tokenise.ts';

/** When and where the call is: a date that is said is read from there. */
export interface SlotCall {
  startedAtMs: number;
  timeZone: string;
}

/** What a field of that kind can be filled with from a turn: the value plain, and the words it comes from. Null when there is none. */
export function readSlot(slot: SlotKind, text: string, call: SlotCall): { value: string; quote: string } | null {
  switch (slot) {
    case 'money': {
      const said = moneySaid(text);
      if (!said) return null;
      const figures = said.to === undefined ? `${said.amount}` : `${said.amount}–${said.to}`;
      return {
        value: said.currency ? `${figures} ${said.currency}` : figures,
        quote: sentenceOf(text, (one) => moneySaid(one) !== undefined),
      };
    }
    case 'date': {
      const said = dueText(text);
      const at = said && dueAt(said.text, new Date(call.startedAtMs).toISOString(), call.timeZone);
      return said && at ? { value: at.slice(0, 10), quote: said.text } : null;
    }
    case 'phone': {
      const quote = personal('phone', text);
      const digits = quote && digitRuns(quote)[0]?.digits;
      return quote && digits ? { value: digits, quote } : null;
    }
    case 'email': {
      const quote = personal('email', text);
      return quote ? { value: spelled(quote), quote } : null;
    }
    case 'seats': {
      const seats = seatsIn(text);
      return seats === null ? null : { value: seats, quote: sentenceOf(text, (one) => seatsIn(one) !== null) };
    }
    default:
      return never(slot);
  }
}

function personal(kind: PersonalKind, text: string): string | undefined {
  const found = personalIn(text).find((one) => one.kind === kind);
  return found && text.slice(found.start, found.end);
}

/** "sam dot okafor at brightloop dot example" as it is written. */
const spelled = (quote: string): string =>
  quote
    .toLowerCase()
    .replace(/ at /g, '@')
    .replace(/ (?:dot|point) /g, '.')
    .replace(/ underscore /g, '_')
    .replace(/ (?:dash|hyphen) /g, '-')
    .replace(/ plus /g, '+');

/** "forty seats", "120 more users". */
function seatsIn(text: string): string | null {
  const said = tokens(text)
    .map((one) => one.text)
    .join(' ');
  return SEATS.exec(said)?.[1] ?? null;
}

const SEATS = /#(\d{1,6})(?: (?:more|new|extra|named|full|paid))? (?:seats?|users?|licen[sc]es?|logins?)\b/;

const sentenceOf = (text: string, holds: (sentence: string) => boolean): string =>
  text
    .split(/(?<=[.?!])\s+/)
    .find(holds)
    ?.trim() ?? text.trim();

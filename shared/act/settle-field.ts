import type { CrmWrite } from '../contracts/change.ts';

type SetField = Extract<CrmWrite, { kind: 'set-field' }>;

/** `nothing`: it stands already. `leave`: somebody else's value stands there. */
export type Settled = { do: 'nothing' } | { do: 'leave' } | { do: 'set'; to: string };

/**
 * What may be done with a field in which `held` stands now (null for empty). `wrote` is what we wrote there before, when the change is
 * a newer version of it. A person's value is never lost: only an empty field, our own value or the value we planned from gives way.
 */
export function settleField({ mode, from, to }: Pick<SetField, 'mode' | 'from' | 'to'>, held: string | null, wrote?: string): Settled {
  const now = held ?? '';
  if (mode === 'append') return settleAppend(now, to, wrote);
  if (sameValue(now, to)) return { do: 'nothing' };
  const isOurs = wrote !== undefined && sameValue(now, wrote);
  const isAsPlanned = mode === 'fill-blank' ? now.trim() === '' : sameValue(now, from ?? '');
  return isOurs || isAsPlanned ? { do: 'set', to } : { do: 'leave' };
}

/** Below what stands there, and never twice, even when somebody wrote on below it. */
function settleAppend(now: string, to: string, wrote: string | undefined): Settled {
  if (tidy(to) === '' || holdsLines(now, to)) return { do: 'nothing' };
  const plain = tidy(now);
  if (wrote !== undefined && tidy(wrote) !== '' && holdsLines(plain, wrote)) {
    const at = `\n${plain}\n`.lastIndexOf(`\n${tidy(wrote)}\n`);
    return { do: 'set', to: `${plain.slice(0, at)}${to}${plain.slice(at + tidy(wrote).length)}` };
  }
  return { do: 'set', to: plain === '' ? to : `${plain}\n${to}` };
}

/** Does this text hold the other one as lines of its own? */
const holdsLines = (text: string, lines: string): boolean => `\n${tidy(text)}\n`.includes(`\n${tidy(lines)}\n`);

const tidy = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();

/** One value in two spellings: CRMs add zeros to a number, a midnight to a date, and their own line breaks to a text. */
export function sameValue(a: string, b: string): boolean {
  if (tidy(a) === tidy(b)) return true;
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  return isDay(a) && isDay(b) && a.slice(0, 10) === b.slice(0, 10);
}

const isNumber = (text: string) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
const isDay = (text: string) => /^\d{4}-\d\d-\d\d(?:T00:00:00(?:\.0+)?Z)?$/.test(text);

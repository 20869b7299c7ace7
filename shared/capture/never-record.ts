import type { NeverRecord } from '../contracts/capture.ts';

export const recordsAll: NeverRecord = { domains: [], numbers: [], words: [], reps: [] };

/** What is known of a call before it begins. */
export interface ComingCall {
  rep: { userId: string; email: string };
  /** Of the others; E.164. */
  numbers: readonly string[];
  emails: readonly string[];
  /** Of the meeting, where there is one. */
  title?: string;
}

/** Why this call may not be heard, in a sentence for its card; null when it may. What is not known of a call cannot keep it from being heard. */
export function whyNotRecorded({ domains, numbers, words, reps }: NeverRecord, call: ComingCall): string | null {
  const { userId, email } = call.rep;
  if (reps.some((rep) => same(rep, userId) || same(rep, email))) return `${never} of this rep.`;
  const domain = domains.find((one) => call.emails.some((address) => isAt(address, one)));
  if (domain !== undefined) return `${never} with ${domain}.`;
  if (numbers.some((one) => call.numbers.some((number) => isNumber(number, one)))) return `${never} with this number.`;
  const word = words.find((one) => holds(call.title ?? '', one));
  return word === undefined ? null : `${never} with “${word}” in their title.`;
}

/**
 * Only the CRM knows whom a call is with (`domains`) and what its record is called (`words`). While it cannot be asked, nobody hears a call
 * that one of these lists might name; where they are empty nobody waits.
 */
export const waitsForCrm = (policy: NeverRecord, lacks: readonly ('domains' | 'words')[]): boolean =>
  lacks.some((list) => policy[list].length > 0);

const never = 'Not recorded, because your admin wants no calls heard';

const same = (a: string, b: string): boolean => a !== '' && a.toLowerCase() === b.toLowerCase();

function isAt(address: string, domain: string): boolean {
  const its = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return address.includes('@') && (its === domain.toLowerCase() || its.endsWith(`.${domain.toLowerCase()}`));
}

function isNumber(number: string, wanted: string): boolean {
  const plain = number.replace(/[^+\d]/g, '');
  return wanted.endsWith('*') ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted;
}

/** As whole words: "HR" is not in "three". */
function holds(title: string, word: string): boolean {
  const flat = (text: string) =>
    ` ${text
      .toLowerCase()
      .normalize('NFKC')
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .join(' ')} `;
  return flat(word).trim() !== '' && flat(title).includes(flat(word));
}

import type { ConsentRule } from '../../contracts/capture.ts';
import { placeOfAreaCode } from './area-codes.ts';

/** Calling code → country, where we know the rule. */
const countries: Record<string, string> = {
  30: 'GR',
  31: 'NL',
  32: 'BE',
  33: 'FR',
  34: 'ES',
  351: 'PT',
  352: 'LU',
  353: 'IE',
  354: 'IS',
  356: 'MT',
  357: 'CY',
  358: 'FI',
  359: 'BG',
  36: 'HU',
  370: 'LT',
  371: 'LV',
  372: 'EE',
  385: 'HR',
  386: 'SI',
  39: 'IT',
  40: 'RO',
  41: 'CH',
  420: 'CZ',
  421: 'SK',
  423: 'LI',
  43: 'AT',
  44: 'GB',
  45: 'DK',
  46: 'SE',
  47: 'NO',
  48: 'PL',
  49: 'DE',
  61: 'AU',
  64: 'NZ',
};

/**
 * Where an E.164 number was issued: "US-CA", "CA-QC", "DE"; null when we cannot say. Numbers travel with their owners, so it is a sign of
 * where somebody is and no proof: a tenant who wants to be sure asks for everybody's yes everywhere.
 */
export function placeOf(number: string | null | undefined): string | null {
  const digits = /^\+(\d{7,15})$/.exec(number ?? '')?.[1];
  if (digits === undefined) return null;
  if (digits.startsWith('1')) return placeOfAreaCode.get(digits.slice(1, 4)) ?? null;
  for (const length of [3, 2]) {
    const country = countries[digits.slice(0, length)];
    if (country !== undefined) return country;
  }
  return null;
}

const strictness: Record<ConsentRule, number> = { 'one-party': 0, 'all-told': 1, 'all-yes': 2 };

export const stricter = (a: ConsentRule, b: ConsentRule): ConsentRule => (strictness[a] >= strictness[b] ? a : b);

/**
 * States where one party's knowledge is enough on the telephone. Left out on purpose, so that everybody must say yes there: CA CT DE FL IL
 * MD MA MT NV NH PA WA (all-party by statute), and MI OR VT, which lists disagree about or which have no statute.
 */
const onePartyStates = 'AK AL AR AZ CO DC GA HI IA ID IN KS KY LA ME MN MO MS NC ND NE NJ NM NY OH OK RI SC SD TN TX UT VA WI WV WY'.split(
  ' ',
);

const rules: ReadonlyMap<string, ConsentRule> = new Map<string, ConsentRule>([
  ...onePartyStates.map((state) => [`US-${state}`, 'one-party'] as const),
  // Canada (PIPEDA: told at the start, and free to object), Australia (Telecommunications Act 1979: everybody knows), New Zealand (the same,
  // by the Privacy Act). Québec's Law 25 wants consent that is given, so it is left out.
  ...['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'ON', 'SK', 'YT'].map((province) => [`CA-${province}`, 'all-told'] as const),
  ['AU', 'all-told'],
  ['NZ', 'all-told'],
]);

/**
 * What a place asks for before a call may be recorded; whoever we cannot place gets the strictest. The EU, the EEA, the United Kingdom and
 * Switzerland are among those: the GDPR wants a basis that can be shown, and § 201 StGB and Art. 179bis StGB make it a crime without one.
 * Washington takes an announcement for consent only when it is recorded itself, which we never do, so it asks for a yes.
 * Read from public lists in November 2026; lists differ and laws move, and this is no legal advice.
 */
export const ruleOf = (place: string | null): ConsentRule => (place === null ? undefined : rules.get(place)) ?? 'all-yes';

/**
 * The rule of one call: the strictest of where its people are and of what the tenant asks for. Until an admin has said where the reps sit,
 * nobody knows the weaker half of it, so everybody has to say yes.
 */
export const ruleForCall = ({
  repPlace,
  numbers,
  atLeast,
}: {
  repPlace: string | null;
  /** Those of the others on the call; none, or one that is withheld, is nowhere we know. */
  numbers: readonly (string | null)[];
  atLeast: ConsentRule | null;
}): ConsentRule =>
  [repPlace, ...(numbers.length === 0 ? [null] : numbers.map(placeOf))].map(ruleOf).reduce(stricter, atLeast ?? 'one-party');

/** Where names come from, in the order in which they matter on one call. */
export interface NamesHeard {
  /** Who talks: names as the CRM has them. */
  people: readonly string[];
  /** The companies and records the call is about. */
  companies: readonly string[];
  /** Addresses of people: behind the @ there is often a company's name. */
  emails: readonly string[];
  /** What the tenant sells, and whom it sells against. */
  products: readonly string[];
  competitors: readonly string[];
  /** How the playbook's own abbreviations are written. */
  playbook: readonly string[];
}

/** Beyond about fifty, each further name helps the others less; the vendor takes a hundred. */
const TERMS_MAX = 50;
/** Of all terms together: 500 is the vendor's limit, beyond which a session does not even open. */
const TOKENS_MAX = 450;
/** Longer ones are sentences, and no recogniser waits for those. */
const WORDS_MAX = 6;
const CHARS_MAX = 80;
/** Names that are none, and houses where everybody has an address. */
const noNames = new Set(['customer', 'unknown', 'you', 'caller', 'test', 'new deal', 'n a', 'null', 'undefined']);
const everybodys = new Set([
  'gmail',
  'googlemail',
  'outlook',
  'hotmail',
  'live',
  'yahoo',
  'icloud',
  'me',
  'aol',
  'gmx',
  'web',
  'proton',
  'protonmail',
  'mail',
]);

/** The names recognition should know on a call, best first: each once, none that the vendor refuses, no more than it takes. */
export function keytermsOf(names: NamesHeard): string[] {
  const ranked = [
    ...names.people,
    ...names.companies.flatMap(partsOf),
    ...names.emails.flatMap(houseOf),
    ...names.products,
    ...names.competitors,
    ...names.playbook,
  ];
  const terms = new Map<string, string>();
  let tokens = 0;
  for (const name of ranked) {
    const term = clean(name);
    const key = term.toLowerCase();
    if (terms.has(key) || !isTerm(term, key)) continue;
    const cost = tokensIn(term);
    if (terms.size === TERMS_MAX || tokens + cost > TOKENS_MAX) break;
    tokens += cost;
    terms.set(key, term);
  }
  return [...terms.values()];
}

/** A list or a weight within one term is refused by the vendor. */
const clean = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}&+.'’ -]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s.'’-]+|[\s.'’-]+$/g, '');

const isTerm = (term: string, key: string): boolean =>
  term.length >= 2 && term.length <= CHARS_MAX && term.split(' ').length <= WORDS_MAX && /\p{L}/u.test(term) && !noNames.has(key);

/** A vendor cuts words into pieces of four letters or so; counted high, since too many is refused and one fewer is not missed. */
const tokensIn = (term: string): number => term.split(' ').reduce((sum, word) => sum + Math.max(1, Math.ceil(word.length / 3)), 0);

/** "Cobalt Freight, 120 seats" and "Cobalt Freight – renewal" are about Cobalt Freight. */
const partsOf = (name: string): string[] => {
  const [first = ''] = name.split(/\s*[,;:|/()]\s*|\s+[-–—]\s+/);
  return [first.replace(/\s+(inc|llc|ltd|gmbh|corp|co|plc|ag|bv|srl|sas)\.?$/i, '')];
};

const houseOf = (email: string): string[] => {
  const labels = email.split('@')[1]?.toLowerCase().split('.') ?? [];
  // "acme.co.uk" is acme, and so is "mail.acme.com".
  const name = labels.slice(0, -1).findLast((label) => label.length > 3);
  return name === undefined || everybodys.has(name) ? [] : [name];
};

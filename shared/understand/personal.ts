import { type DigitRun, digitRuns } from './digit-runs.ts';

export type PersonalKind = 'email' | 'phone' | 'card' | 'iban' | 'ssn' | 'secret' | 'number';

export interface Personal {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** What of a text identifies somebody or opens something, in order, never overlapping. Found by form alone: names are not looked for. */
export function personalIn(text: string): Personal[] {
  const found: Personal[] = [...emails(text), ...ibans(text), ...secrets(text)];
  for (const run of digitRuns(text)) {
    const kind = kindOf(run, text);
    if (kind) found.push({ kind, start: run.start, end: run.end });
  }
  const taken: Personal[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = taken.at(-1);
    if (!last || one.start >= last.end) taken.push(one);
    // Two that overlap hide everything either of them covers.
    else if (one.end > last.end) last.end = one.end;
  }
  return taken;
}

const spans = (text: string, form: RegExp, kind: PersonalKind): Personal[] =>
  [...text.matchAll(form)].map((hit) => ({ kind, start: hit.index, end: hit.index + hit[0].length }));

const emails = (text: string): Personal[] => [
  ...spans(text, /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu, 'email'),
  ...spans(
    text,
    /\b[a-z0-9]{1,40}(?: (?:dot|underscore|dash|hyphen|plus) [a-z0-9]{1,40}){0,4} at [a-z0-9]{1,40}(?: (?:dash|hyphen) [a-z0-9]{1,40}){0,2}(?: dot [a-z0-9]{2,20}){0,2} dot (?:com|org|net|io|co|ai|dev|app|edu|gov|info|biz|eu|us|uk|de|fr|nl|ca|au|in|example)\b(?: dot [a-z]{2}\b)?/giu,
    'email',
  ),
];

function ibans(text: string): Personal[] {
  return spans(text, /\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{2,4}){2,8}(?:[ -]?[a-z0-9]{1,4})?\b/giu, 'iban').flatMap((one) => {
    // The form is greedy: the next word may hang on its end.
    for (let end = one.end; end - one.start >= 15; end--) {
      const tight = text.slice(one.start, end).replace(/[ -]/g, '').toUpperCase();
      if (tight.length <= 34 && /[A-Z0-9]/i.test(text[end - 1] ?? '') && mod97(tight)) return [{ ...one, end }];
    }
    return [];
  });
}

function mod97(iban: string): boolean {
  if (iban.length < 15) return false;
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

function secrets(text: string): Personal[] {
  const shaped = spans(text, SHAPED_SECRET, 'secret');
  // A long word of letters and digits mixed is nobody's vocabulary.
  const dense = spans(text, /\b(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])[\w-]{20,200}\b/giu, 'secret').filter(
    (one) => (text.slice(one.start, one.end).match(/\d/g)?.length ?? 0) >= 3,
  );
  const told = [...text.matchAll(TOLD_SECRET)].flatMap((hit): Personal[] => {
    const word = hit[1] ?? '';
    if (NO_SECRET.has(word.toLowerCase().replace(/[^\p{L}]/gu, ''))) return [];
    const start = hit.index + hit[0].length - word.length;
    return [{ kind: 'secret', start, end: start + word.replace(/[.,;!?]+$/, '').length }];
  });
  return [...shaped, ...dense, ...told];
}

function kindOf(run: DigitRun, text: string): PersonalKind | undefined {
  const digits = run.digits.replace('+', '');
  const before = text.slice(Math.max(0, run.start - 60), run.start).toLowerCase();
  const n = digits.length;
  if (/^(?:4-[12]-[12]|[12]-[12]-4)$/.test(run.groups.join('-')) && /(?:19|20)\d\d/.test(digits)) return undefined;
  if (n >= 13 && n <= 19 && luhn(digits)) return 'card';
  if (n === 9 && isSsn(digits) && (run.groups.join('-') === '3-2-4' || /social security|\bssn\b|\bsocial\b/.test(before))) return 'ssn';
  if (n >= 4 && n <= 12 && /\b(?:pin|passcode|password|one[- ]time code|security code|access code|cvv|cvc)\b[^.?!]{0,20}$/.test(before))
    return 'secret';
  if (run.digits.startsWith('+') && n >= 7 && n <= 15) return 'phone';
  if (
    n >= 7 &&
    n <= 15 &&
    /\b(?:phone|cell|mobile|landline|fax|whatsapp|extension|dial|ring|text|call|reach|number)\b[^.?!]{0,40}$/.test(before)
  )
    return 'phone';
  if ((n === 10 && isNanp(digits)) || (n === 11 && digits.startsWith('1') && isNanp(digits.slice(1)))) return 'phone';
  if (n === 7 && run.groups.join('-') === '3-4') return 'phone';
  if (/^0/.test(digits) && n >= 9 && n <= 15) return 'phone';
  // Nobody says seven digits in a row of a quantity.
  if (run.isSpoken && run.groups.length >= 5 && n >= 7 && n <= 15) return 'phone';
  return n >= 9 ? 'number' : undefined;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const twice = digit * 2;
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}

const isSsn = (digits: string): boolean => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
const isNanp = (digits: string): boolean => /^[2-9]\d{2}[2-9]\d{6}$/.test(digits);

const SHAPED_SECRET =
  /-----BEGIN [A-Z ]{3,40}-----|\b(?:sk|pk|rk)[-_][\w-]{12,200}|\b(?:ghp|gho|ghs|ghu|ghr)_\w{20,100}|\bgithub_pat_\w{20,120}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bxox[abeprs]-[\w-]{10,200}|\bAIza[\w-]{30,50}|\bey[JK][\w-]{8,2000}\.[\w-]{8,2000}(?:\.[\w-]{0,2000})?|\bwhsec_\S{8,200}|\bpat-[a-z]{2}\d-[\w-]{20,60}|\bBearer [\w.~+/=-]{12,2000}/g;
const TOLD_SECRET =
  /\b(?:password|passcode|passphrase|passwort|pin(?: code| number)?|api key|secret key|access code|one[- ]time code)\s{0,3}(?:is|was|will be|:|=|->)\s{0,3}["'“]?(\S{2,200})/gi;
const NO_SECRET = new Set(
  'not no never a an the required needed something also that what in on going to really very still reset expired wrong correct safe stored shared changed fine okay right hard easy too being been my your our their his her with for at by only always just sent'.split(
    ' ',
  ),
);

import type { ThreadMessage } from '../../contracts/email.ts';
import { plain } from '../../kit/ids.ts';
import { frames } from './frames/frames.ts';
import { lineToSay, nameToSay } from './links.ts';

/** What a reply needs to know of the message it answers. */
export interface Thread {
  /** "Re: …", once; '' when the thread has no subject that could be said again. */
  subject: string;
  from: 'customer' | 'rep';
  /** How the customer signs; null when they do not, or when the message is ours. */
  signed: string | null;
  /** The message itself without what it quotes: what its language is told by. */
  own: string;
  /** Was this said in the thread already, in much the same words? */
  holds(sentence: string): boolean;
}

interface Names {
  repName: string;
  customerName: string;
}

const SUBJECT_CHARS = 200;

export function readThread({ subject, body, from }: ThreadMessage, { repName, customerName }: Names): Thread {
  const own = withoutHistory(body);
  const signed = signatureOf(own, [repName, customerName]);
  const isOurs = from === undefined ? signed !== null && sharesName(signed, repName) : from === 'rep';
  const bare = lineToSay(subject.replace(PREFIXES, ''), SUBJECT_CHARS);
  const sentences = sentencesOf(body);
  return {
    subject: bare === '' ? '' : `Re: ${bare}`,
    from: isOurs ? 'rep' : 'customer',
    signed: isOurs || signed === null || sharesName(signed, repName) ? null : signed,
    own,
    holds: (sentence) => {
      const words = [...wordsOf(sentence)];
      return words.length > 0 && sentences.some((said) => covers(said, words));
    },
  };
}

/** "RE: AW: [Fwd:" and their kin in the languages we write. */
const PREFIXES = /^(?:\s*\[?(?:re|aw|antw|sv|rv|res|rif|r|fwd?|wg|tr|enc|doorst|i)(?:\s?\[\d+\])?\s?:)+\s*/i;

/** Most of its words, and each of its figures and days: a promise for another day is another promise. */
function covers(said: ReadonlySet<string>, words: readonly string[]): boolean {
  if (words.some((word) => (/\d/.test(word) || days.has(word)) && !said.has(word))) return false;
  return words.filter((word) => said.has(word)).length >= words.length * SAME_SHARE;
}
const SAME_SHARE = 0.75;

/** The line as it stands, and two neighbours together: mail breaks lines where it likes. */
function sentencesOf(body: string): ReadonlySet<string>[] {
  const lines = body
    .split(/[\n.!?]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, LINES_MAX);
  return lines.flatMap((line, i) => [wordsOf(line), wordsOf(`${line} ${lines[i + 1] ?? ''}`)]);
}
const LINES_MAX = 600;

const wordsOf = (text: string): Set<string> =>
  new Set(
    plain(text)
      .split(' ')
      .filter((word) => word.length > 2 || /\d/.test(word))
      .map((word) => word.slice(0, STEM_CHARS)),
  );
const STEM_CHARS = 6;
const days = wordsOf(
  Object.values(frames)
    .flatMap(({ weekdays, months }) => [...weekdays, ...months])
    .join(' '),
);

/** Only the newest message: what stands above the quoted ones. */
function withoutHistory(body: string): string {
  const lines = body.split(/\r?\n/);
  const end = lines.findIndex((line) => /^\s*>/.test(line) || HISTORY.test(line.trim()));
  return lines.slice(0, end < 0 ? undefined : end).join('\n');
}
const HISTORY =
  /^(?:-{2,}\s*(?:original|ursprüngliche|message|mensaje|mensagem|messaggio|oorspronkelijk|forwarded).*|_{10,}|(?:from|von|de|da|van)\s?: .+|(?:on|am|le|el|em|il|op) .{4,120}(?:wrote|schrieb.*|a écrit|escribió|escreveu|ha scritto|schreef.*)\s?:)$/i;

/** "Best, Maya", the name on the line after it, or a last line that is nothing but a name we know or that a dash leads in. */
function signatureOf(own: string, known: readonly string[]): string | null {
  const lines = own
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (let at = lines.length - 1; at >= Math.max(0, lines.length - SIGNATURE_LINES); at--) {
    const closing = CLOSING.exec(lines[at] ?? '');
    const name = closing && (asName(closing[1] ?? '') ?? asName(lines[at + 1] ?? ''));
    if (name) return name;
  }
  const last = lines.at(-1) ?? '';
  const name = asName(last.replace(/^[-–—~\s]+/, ''));
  return name !== null && (/^[-–—]/.test(last) || known.some((one) => sharesName(name, one))) ? name : null;
}
const SIGNATURE_LINES = 12;
const CLOSING =
  /^(?:best(?: regards| wishes)?|kind regards|warm(?:est)? regards|many thanks|regards|sincerely|cheers|thanks(?: again| a lot)?|thank you|all the best|(?:mit )?(?:freundlichen?|besten?|herzlichen?|vielen?|liebe[nr]?|viele|schöne) grü(?:ß|ss)en?|(?:beste|herzliche|liebe|viele|schöne|freundliche) grü(?:ß|ss)e|grü(?:ß|ss)e|gruß|mfg|lg|vg|(?:bien )?cordialement|bien à vous|cdt|merci|à bientôt|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|gracias|atenciosamente|cumprimentos|com os melhores cumprimentos|(?:um )?abraços?|obrigad[oa]|(?:cordiali|distinti|cari) saluti|un caro saluto|saluti|grazie|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|bedankt)(?!\p{L})\s*[,.!–-]*\s*(.*)$/iu;

/** One to four words that all look like a name's, with a title at most. */
function asName(line: string): string | null {
  const said = nameToSay(line.replace(/[,.]+$/, ''));
  return NAME.test(said) ? said : null;
}
const NAME =
  /^(?:(?:[Dd]r|[Pp]rof|[Ii]ng|[Dd]ott|[Dd]ra)\.?\s)?(?:\p{Lu}\.?|\p{Lu}[\p{L}'’-]{1,30})(?:\s(?:van|von|de|der|den|da|di|del|dos|le|la|el|ter|\p{Lu}\.?|\p{Lu}[\p{L}'’-]{1,30})){0,3}$/u;

const sharesName = (a: string, b: string): boolean => {
  const names = new Set(plain(b).split(' '));
  return plain(a)
    .split(' ')
    .some((word) => word.length > 1 && names.has(word));
};

import type { Evidence, Utterance } from '../contracts/transcript.ts';
import { readWords } from './quotes/read-words.ts';
import { isNegation, isNumber, textOf } from './quotes/word.ts';
import { evidenceOf } from './said.ts';
import { type Span, sentences } from './sentences.ts';
import { type TranscriptIndex, verifyIn } from './verify-quote.ts';

/** `question` is the rep's, word for word; `answer` what the customer said to it, if the claim quotes that too. */
export interface Assented {
  question: string;
  answer?: string;
  /** Where the question is said to stand; a hint. */
  seq?: number;
}

export type Assent =
  | { ok: true; question: Evidence; answer: Evidence; caution: string[] }
  /** `not asked`: the rep did not ask it, or asked something else after it. `no answer`: the next turn is not the customer's yes. */
  | { ok: false; why: 'not asked' | 'no answer' | 'denied' | 'numbers' };

/**
 * A customer's fact in two parts: the rep asked, and the customer's very next words were a yes. What a rep says alone proves nothing of the
 * customer. A "yes" with another number, a "but" or an "if" behind it is no plain yes; nor is one to a question with a "not" in it.
 */
export function verifyAssent(index: TranscriptIndex, claim: Assented): Assent {
  const asked = verifyIn(index, { quote: claim.question, role: 'rep', ...(claim.seq === undefined ? {} : { seq: claim.seq }) });
  // Cut out of its question, the rep's part reads as a statement; that is what is expected here.
  const quoted = asked.ok ? asked.evidence : undefined;
  const at = quoted ? index.utterances.findIndex((one) => one.seq === quoted.seq) : -1;
  const rep = index.utterances[at];
  if (!quoted || !rep) return { ok: false, why: 'not asked' };
  const question = lastQuestion(rep);
  const place = rep.text.indexOf(quoted.quote);
  if (!question || place + quoted.quote.length <= question.start) return { ok: false, why: 'not asked' };

  const customer = index.utterances[at + 1];
  if (customer?.role !== 'customer') return { ok: false, why: 'no answer' };
  const words = readWords(customer.text);
  const text = textOf(words.slice(0, 12));
  if (/^(?:well |so |but )?(?:no|not|never)\b/.test(text) || /\bnot (?:really|quite|exactly|yet|at all)\b/.test(text))
    return { ok: false, why: 'denied' };
  const yes = YES.exec(text)?.[0];
  if (!yes) return { ok: false, why: 'no answer' };
  const asking = readWords(question.text);
  const numbers = asking.filter(isNumber).map((word) => word.text);
  if (numbers.length > 0 && words.slice(0, 12).some((word) => isNumber(word) && !numbers.includes(word.text)))
    return { ok: false, why: 'numbers' };

  const answer = answerOf(index, customer, claim.answer);
  if (!answer) return { ok: false, why: 'no answer' };
  const caution = new Set<string>();
  for (const word of words.slice(yes.split(' ').length, 25)) if (BINDS.has(word.text) || isNegation(word)) caution.add(word.text);
  // "You have no budget?" "Yes": nobody knows which.
  if (asking.some(isNegation)) caution.add('asked with a not');
  if (/\bor\b/.test(textOf(asking))) caution.add('asked with an or');
  return { ok: true, question: evidenceOf(rep, question.start, question.end), answer, caution: [...caution] };
}

/** The rep's last sentence, if it asks; a tag that stands alone belongs to the sentence before it. */
function lastQuestion(rep: Utterance): Span | undefined {
  const spans = sentences(rep.text);
  const last = spans.at(-1);
  if (!last) return undefined;
  const before = spans.at(-2);
  if (before && TAG.test(textOf(readWords(last.text))))
    return { text: rep.text.slice(before.start, last.end), start: before.start, end: last.end };
  const lean = textOf(readWords(last.text));
  return /\?["'\u201d\u2019)]*$/.test(last.text) || ASKS.test(lean) || ENDS_ASKING.test(lean) ? last : undefined;
}

function answerOf(index: TranscriptIndex, customer: Utterance, quoted: string | undefined): Evidence | undefined {
  const first = sentences(customer.text)[0];
  if (quoted === undefined) return first && evidenceOf(customer, first.start, first.end);
  // One word is enough of an answer, and too little for a quote.
  const wanted = textOf(readWords(quoted));
  if (first && wanted !== '' && `${textOf(readWords(customer.text))} `.startsWith(`${wanted} `))
    return evidenceOf(customer, first.start, first.end);
  const verdict = verifyIn(index, { quote: quoted, role: 'customer', seq: customer.seq });
  return verdict.ok && verdict.evidence.seq === customer.seq ? verdict.evidence : undefined;
}

/** "mm-hm" is not here: people say it to show that they listen. */
const YES =
  /^(?:(?:well|so|and|okay|hm) )*(?:yes|correct|exactly|absolutely|definitely|sure|right|indeed|true|of course|that is (?:right|correct|it|true|exactly right|fair)|you (?:are right|got it)|spot on|precisely|it is|we do|we are|we have|i do|i am|i can|it does|they do)\b/;
const TAG = /^(?:right|correct|yes|no|okay|is that (?:right|correct|fair)|did i get that right|am i right|does that sound right)$/;
const ASKS = /^(?:(?:so|and|but|okay|then|well) )*(?:do|does|did|is|are|was|were|can|could|will|would|have|has|should|am)\b/;
const ENDS_ASKING = /\b(?:right|correct|is that right|am i right)$/;
const BINDS = new Set('if unless but maybe perhaps probably depends depending until might could would except although though'.split(' '));

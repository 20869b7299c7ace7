import type { TranscriptIndex } from './index-transcript.ts';
import type { Word } from './word.ts';

/** What the speaker said round a span, up to the ends of the sentence. */
export interface Around {
  before: readonly Word[];
  after: readonly Word[];
  /** The part of `before` that belongs to the span's own clause. */
  clause: readonly Word[];
  /** Whether a comma or the like, or a sentence's end, stands right before the span. */
  breaksBefore: boolean;
  /** Whether a comma or the like, or the sentence's end, stands right behind the span. */
  breaksAfter: boolean;
  /** The clause that follows, in the same utterance, even over the sentence's end. */
  next: readonly Word[];
  isQuestion: boolean;
  /** The span begins where its sentence does, but for a "so" or "and". */
  opens: boolean;
}

/** Speech without punctuation has no sentences; then this many words on each side count. */
const BARE_WORDS = 10;
const SENTENCE_WORDS = 40;
const PAUSE_MS = 3_000;

export function around(index: TranscriptIndex, from: number, to: number): Around {
  const bare = !/[.?!]/.test(index.utterances[index.owner[from] ?? 0]?.text ?? '');
  const most = bare ? BARE_WORDS : SENTENCE_WORDS;
  let start = from;
  while (start > 0 && from - start < most && borderBehind(index, start - 1) < SENTENCE) start--;
  let end = to;
  while (end + 1 < index.words.length && end - to < most && borderBehind(index, end) < SENTENCE) end++;
  let clause = from;
  while (clause > start && borderBehind(index, clause - 1) < CLAUSE && !JOINS.has(index.words[clause - 1]?.text ?? '')) clause--;
  const stop = signBehind(index, end);
  return {
    before: index.words.slice(start, from),
    after: index.words.slice(to + 1, end + 1),
    clause: index.words.slice(clause, from),
    breaksBefore: from === 0 || borderBehind(index, from - 1) > 0,
    breaksAfter: borderBehind(index, to) > 0,
    next: index.words.slice(to + 1, nextEnd(index, to)),
    isQuestion:
      stop.includes('?') || (bare && start === index.first[index.owner[start] ?? 0] && QUESTION.has(index.words[start]?.text ?? '')),
    opens: index.words.slice(start, from).every((word) => OPENERS.has(word.text)),
  };
}

const CLAUSE = 1;
const SENTENCE = 2;

/** What parts this word from the next: 0 nothing, 1 a comma or dash, 2 the end of a sentence or of what the speaker said. */
function borderBehind(index: TranscriptIndex, at: number): number {
  const [word, next] = [index.words[at], index.words[at + 1]];
  if (!word || !next) return SENTENCE;
  const [mine, theirs] = [index.owner[at] ?? 0, index.owner[at + 1] ?? 0];
  const sign = signBehind(index, at);
  const ends = /[.?!\u2026]|\n/.test(sign);
  if (mine !== theirs) return ends || !goesOn(index, mine, theirs) ? SENTENCE : 0;
  if (ends) {
    // "Mr. Lee", and "we would sign … if legal agrees" in a text that has capitals.
    const abbreviates = sign.startsWith('.') && ABBREVIATIONS.has(word.text);
    const trails = /\.\.|\u2026/.test(sign) && !next.cap;
    return abbreviates || trails ? 0 : SENTENCE;
  }
  return /[,;:()\u2014]|\s[-\u2013]\s/.test(sign) ? CLAUSE : 0;
}

function signBehind(index: TranscriptIndex, at: number): string {
  const word = index.words[at];
  const utterance = index.utterances[index.owner[at] ?? 0];
  if (!word || !utterance) return '';
  const next = index.owner[at + 1] === index.owner[at] ? index.words[at + 1] : undefined;
  return utterance.text.slice(word.end, next ? Math.max(word.end, next.start) : word.end + 20);
}

/** A recogniser cuts at a pause; the sentence goes on in the next utterance of the same person. */
function goesOn(index: TranscriptIndex, mine: number, theirs: number): boolean {
  const [one, two] = [index.utterances[mine], index.utterances[theirs]];
  return one !== undefined && two !== undefined && theirs === mine + 1 && sameVoice(one, two) && two.startMs - one.endMs < PAUSE_MS;
}

export const sameVoice = (one: { role: string; speaker: string }, two: { role: string; speaker: string }): boolean =>
  one.role === two.role && one.speaker === two.speaker;

function nextEnd(index: TranscriptIndex, to: number): number {
  const most = Math.min(to + 9, index.first[(index.owner[to] ?? 0) + 1] ?? to + 1);
  let end = to + 1;
  while (end < most && borderBehind(index, end) === 0) end++;
  return Math.min(end + 1, most);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const JOINS = set('and but because so since while although though however then which who plus');
const OPENERS = set('so and well okay but yes no right now then oh also hey look sorry');
export const QUESTION = set('do does did is are was were can could would will should have has what why how when where who which');
const ABBREVIATIONS = set('mr mrs ms dr st vs inc ltd e.g etc approx jr sr');

import type { Evidence, Role, Utterance } from '../contracts/transcript.ts';
import { evidenceOf } from './said.ts';
import { sentences } from './sentences.ts';
import type { Token } from './token.ts';
import { tokens } from './tokenise.ts';

export interface Quoted {
  quote: string;
  /** Whose words they must be. */
  role?: Role;
  /** Where they are said to stand; a hint, never a proof. */
  seq?: number;
}

/** `caution` holds the doubts and conditions round the quote: with any of them it is never written without a person. */
export type Verified =
  | { ok: true; evidence: Evidence; caution: string[] }
  | { ok: false; why: 'absent' | 'numbers' | 'negation' | 'name' | 'speaker' };

/**
 * Are these words in the transcript, by this side? Small slips of a quoter pass; another number, negation, name or speaker does not.
 * What comes back is the transcript's own span and times, never the quoter's.
 */
export const verifyQuote = (claim: Quoted, utterances: readonly Utterance[]): Verified => verifyIn(indexTranscript(utterances), claim);

interface Heard extends Token {
  utterance: Utterance;
}
export interface TranscriptIndex {
  heard: readonly Heard[];
  places: ReadonlyMap<string, readonly number[]>;
}

/** Made once a transcript; `verifyIn` asks it any number of times. */
export function indexTranscript(utterances: readonly Utterance[]): TranscriptIndex {
  const heard = utterances.flatMap((utterance) => tokens(utterance.text).map((token) => ({ ...token, utterance })));
  const places = new Map<string, number[]>();
  heard.forEach((token, at) => {
    const list = places.get(token.text);
    if (list) list.push(at);
    else places.set(token.text, [at]);
  });
  return { heard, places };
}

export function verifyIn(index: TranscriptIndex, claim: Quoted): Verified {
  const asked = tokens(claim.quote.slice(0, QUOTE_CHARS_MAX));
  if (words(asked) < WORDS_MIN || words(asked) > WORDS_MAX) return { ok: false, why: 'absent' };
  const matches = matchesOf(index, asked).filter((one) => one.ratio >= 0.7);
  // The same words may fall twice; the first place that holds wins, and the best place says why none does.
  let refused: Verified = { ok: false, why: 'absent' };
  for (const match of matches.toSorted((a, b) => b.ratio - a.ratio || Number(isAt(b, claim)) - Number(isAt(a, claim))).slice(0, 12)) {
    const verdict = judge(index, asked, match, claim);
    if (verdict.ok) return verdict;
    if (!refused.ok && refused.why === 'absent') refused = verdict;
  }
  return refused;
}

interface Match {
  ratio: number;
  from: number;
  to: number;
  /** Which words of the quote were found. */
  hit: ReadonlySet<number>;
  first: Heard;
}

const isAt = (match: Match, claim: Quoted): boolean =>
  match.first.utterance.seq === claim.seq || (claim.seq === undefined && match.first.utterance.role === claim.role);

/** Candidate spans: round every place of the quote's three rarest words, the longest common run of words. */
function matchesOf(index: TranscriptIndex, asked: readonly Token[]): Match[] {
  const anchors = asked
    .map((token, at) => ({ at, places: index.places.get(token.text) ?? [] }))
    .filter((one) => one.places.length > 0)
    .toSorted((a, b) => a.places.length - b.places.length)
    .slice(0, 3);
  const seen = new Set<number>();
  const matches: Match[] = [];
  for (const { at, places } of anchors) {
    for (const place of places.slice(0, PLACES_MAX)) {
      const from = Math.max(0, place - at - SLACK);
      if (seen.has(from)) continue;
      seen.add(from);
      const match = align(asked, index.heard.slice(from, place - at + asked.length + SLACK), from);
      if (match) matches.push(match);
    }
  }
  return matches;
}

function align(asked: readonly Token[], window: readonly Heard[], from: number): Match | undefined {
  const [n, m] = [asked.length, window.length];
  const rows: Uint16Array[] = [new Uint16Array(m + 1)];
  for (let i = 1; i <= n; i++) {
    const above = rows[i - 1];
    const row = new Uint16Array(m + 1);
    for (let j = 1; j <= m; j++)
      row[j] = asked[i - 1]?.text === window[j - 1]?.text ? (above?.[j - 1] ?? 0) + 1 : Math.max(above?.[j] ?? 0, row[j - 1] ?? 0);
    rows.push(row);
  }
  const hit = new Set<number>();
  let [first, last] = [-1, -1];
  for (let i = n, j = m; i > 0 && j > 0; ) {
    if (asked[i - 1]?.text === window[j - 1]?.text) {
      if (last < 0) last = j - 1;
      first = j - 1;
      hit.add(i - 1);
      i--;
      j--;
    } else if ((rows[i - 1]?.[j] ?? 0) >= (rows[i]?.[j - 1] ?? 0)) i--;
    else j--;
  }
  const start = window[first];
  if (!start) return undefined;
  return { ratio: (rows[n]?.[m] ?? 0) / n, from: from + first, to: from + last, hit, first: start };
}

function judge(index: TranscriptIndex, asked: readonly Token[], match: Match, claim: Quoted): Verified {
  const span = index.heard.slice(match.from, match.to + 1);
  const { utterance } = match.first;
  if (!same(asked, span, isNumber)) return { ok: false, why: 'numbers' };
  if (!same(asked, span, isNegation)) return { ok: false, why: 'negation' };
  if (asked.some((token, at) => at > 0 && token.cap && !match.hit.has(at) && !/^i(?:'|$)/.test(token.text)))
    return { ok: false, why: 'name' };
  if (match.ratio < RATIO_MIN) return { ok: false, why: 'absent' };
  if (nameSwapped(asked, span, match)) return { ok: false, why: 'name' };
  // One utterance is one speaker: words that run over its end are two people's.
  if (span.some((token) => token.utterance !== utterance)) return { ok: false, why: 'speaker' };
  if (claim.role !== undefined && utterance.role !== claim.role) return { ok: false, why: 'speaker' };
  const last = span.at(-1) ?? match.first;
  return {
    ok: true,
    evidence: evidenceOf(utterance, match.first.start, withStop(utterance.text, last.end)),
    caution: cautionOf(utterance, match.first.start, last.end),
  };
}

const isNumber = (token: Token): boolean => token.text.startsWith('#');
const isNegation = (token: Token): boolean => NEGATION.test(token.text);

function same(asked: readonly Token[], span: readonly Token[], pick: (token: Token) => boolean): boolean {
  const list = (from: readonly Token[]): string =>
    from
      .filter(pick)
      .map((token) => (isNegation(token) ? 'not' : token.text))
      .join(' ');
  return list(asked) === list(span);
}

/** A name inside the span that the quote leaves out or replaces, in whatever case the quoter wrote it. */
function nameSwapped(asked: readonly Token[], span: readonly Heard[], match: Match): boolean {
  const quoted = new Set(asked.map((token) => token.text));
  const missed = asked.length - match.hit.size;
  return missed > 0 && span.some((token, at) => at > 0 && token.cap && !/^i(?:'|$)/.test(token.text) && !quoted.has(token.text));
}

/** Doubts, conditions and denials in the sentence the quote was cut from, and inside it. */
function cautionOf(utterance: Utterance, start: number, end: number): string[] {
  const found = new Set<string>();
  for (const span of sentences(utterance.text)) {
    // Speech without punctuation is cut by guess, so its neighbours count as well.
    const near = /[.?!]/.test(utterance.text) ? 0 : 60;
    if (span.end + near <= start || span.start - near >= end) continue;
    for (const token of tokens(span.text)) {
      const inside = span.start + token.start >= start && span.start + token.end <= end;
      if (HEDGE.test(token.text) || (!inside && isNegation(token))) found.add(token.text);
    }
  }
  // "We have the budget. Actually, scratch that." takes it back in the next breath.
  if (
    /^[^\p{L}]*(?:(?:no|actually|well|sorry|wait)[,. ]+){0,2}(?:scratch that|just kidding|kidding|never ?mind|not really|i wish|strike that)\b/iu.test(
      utterance.text.slice(end, end + 80),
    )
  )
    found.add('taken back');
  return [...found];
}

const withStop = (text: string, end: number): number => (/[.?!]/.test(text[end] ?? '') ? end + 1 : end);
const words = (list: readonly Token[]): number => list.reduce((sum, token) => sum + token.words, 0);

const WORDS_MIN = 2;
const WORDS_MAX = 60;
const QUOTE_CHARS_MAX = 600;
const PLACES_MAX = 400;
const SLACK = 2;
const RATIO_MIN = 0.9;
const NEGATION = /^(?:no|not|never|none|nothing|nobody|nor|neither|without|cannot|cant|dont|doesnt|didnt|isnt|wont|wasnt|[a-z]+n't)$/;
const HEDGE =
  /^(?:if|unless|maybe|perhaps|might|may|hypothetically|suppose|supposing|assuming|would|could|should|probably|possibly|potentially|doubt|doubtful|unlikely|hopefully|joking|kidding|depends|depending|provided|pending|tentatively|roughly|i'd|we'd|they'd|whether|until)$/;

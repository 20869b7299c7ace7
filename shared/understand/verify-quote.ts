import type { Evidence, Role, Utterance } from '../contracts/transcript.ts';
import { must } from '../kit/must.ts';
import { around, sameVoice } from './quotes/around.ts';
import { cautions } from './quotes/cautions.ts';
import { type Difference, differs, trimmed, widen } from './quotes/compare.ts';
import { findPlaces, type Place } from './quotes/find-places.ts';
import { indexTranscript, type TranscriptIndex } from './quotes/index-transcript.ts';
import { readWords } from './quotes/read-words.ts';
import { takenBackAt } from './quotes/taken-back.ts';
import { type Turn, turnedRound } from './quotes/turned.ts';
import { isNegation, isNumber, type Word } from './quotes/word.ts';
import { evidenceOf } from './said.ts';

export { indexTranscript, type TranscriptIndex };

export interface Quoted {
  quote: string;
  /** Whose words they must be. */
  role?: Role;
  /** Where they are said to stand; a hint, never a proof. */
  seq?: number;
}

/**
 * `caution` holds the doubts and conditions round the quote: with any of them it is never written without a person. Among them
 * `taken back`, with the later words that do it, `question`, and `reported` for what somebody else is said to have said.
 */
export type Verified =
  | { ok: true; evidence: Evidence; caution: string[]; takenBackBy?: Evidence }
  | { ok: false; why: Difference | Turn | 'speaker' | 'split' };

/**
 * Are these words in the transcript, by this side? What a quoter writes differently passes; another number, denial, condition, name,
 * speaker or word does not, nor a part whose sentence says the opposite. What comes back is the transcript's own span and times.
 */
export const verifyQuote = (claim: Quoted, utterances: readonly Utterance[]): Verified => verifyIn(indexTranscript(utterances), claim);

export function verifyIn(index: TranscriptIndex, claim: Quoted): Verified {
  const asked = readWords(claim.quote.slice(0, QUOTE_CHARS_MAX));
  const count = wordsOf(asked);
  if (count < WORDS_MIN || count > WORDS_MAX) return { ok: false, why: 'absent' };
  const judged = findPlaces(index, asked)
    .map((found) => settle(index, asked, found))
    .map(({ place, why }) => ({ place, verdict: why ? ({ ok: false, why } as const) : judge(index, place, claim) }));
  const held = judged.flatMap(({ place, verdict }) => (verdict.ok ? [{ place, verdict }] : []));
  const chosen = choose(held, claim);
  if (!chosen) {
    const why = judged.map(({ verdict }) => verdict).find((verdict) => !verdict.ok && verdict.why !== 'absent');
    return why ?? { ok: false, why: 'absent' };
  }
  // The last word counts: what was said again later under a condition, or denied, is no longer plain.
  const voice = chosen.verdict.evidence;
  const later = judged.filter(
    ({ place }) => place.from > chosen.place.to && sameVoice(voice, index.utterances[index.owner[place.from] ?? 0] ?? voice),
  );
  const caution = new Set(chosen.verdict.caution);
  for (const { verdict } of later.filter(({ place }) => place.ratio === 1)) {
    if (!verdict.ok && TURNS.has(verdict.why)) caution.add('said otherwise later');
    if (verdict.ok) for (const one of verdict.caution) caution.add(one);
  }
  return { ...chosen.verdict, caution: [...caution] };
}

type Held = { place: Place; verdict: Extract<Verified, { ok: true }> };

/** Where it was said to stand; else the first place without doubts round it, the last one if they all have some. */
function choose(held: readonly Held[], claim: Quoted): Held | undefined {
  const best = Math.max(...held.map(({ place }) => place.ratio));
  const good = held.filter(({ place }) => place.ratio === best).toSorted((a, b) => a.place.from - b.place.from);
  const last = good.at(-1);
  // Words first said with an "if" and later without are said without.
  const plain = last && last.verdict.caution.length === 0 ? good.filter(({ verdict }) => verdict.caution.length === 0) : good;
  return plain.find(({ verdict }) => verdict.evidence.seq === claim.seq) ?? plain[0];
}

/** The place as it fits best: a word at its edge may have been found in what somebody said just before or after. */
function settle(index: TranscriptIndex, asked: readonly Word[], found: Place): { place: Place; why?: Difference } {
  const place = widen(index, asked, found);
  const why = differs(index, asked, place);
  // A figure, denial or name that stands in the way is not got round.
  if (why !== 'absent') return why ? { place, why } : { place };
  for (const edge of trimmed(found)) {
    const other = widen(index, asked, edge);
    if (!differs(index, asked, other)) return { place: other };
  }
  return { place, why };
}

function judge(index: TranscriptIndex, place: Place, claim: Quoted): Verified {
  // A span may run over a pause of the same person; over another's words it may not.
  const speaker = index.utterances[index.owner[place.from] ?? 0];
  if (!speaker) return { ok: false, why: 'absent' };
  for (let nth = index.owner[place.from] ?? 0; nth <= (index.owner[place.to] ?? 0); nth++)
    if (!sameVoice(speaker, index.utterances[nth] ?? speaker)) return { ok: false, why: 'speaker' };
  if (claim.role !== undefined && speaker.role !== claim.role) return { ok: false, why: 'speaker' };
  const span = index.words.slice(place.from, place.to + 1);
  const round = around(index, place.from, place.to);
  const turn = turnedRound(span, round);
  if (turn) return { ok: false, why: turn };

  const kept = keep(index, place);
  if (!kept) return { ok: false, why: 'split' };
  const caution = cautions(span, round);
  const back = takenBackAt(index, place.from, place.to);
  const evidence = spanOf(index, kept.from, kept.to);
  return back
    ? { ok: true, evidence, caution: [...caution, 'taken back'], takenBackBy: spanOf(index, back.from, back.to) }
    : { ok: true, evidence, caution };
}

/** Proof stands in one utterance: of a span over two, the larger part, if the rest holds no figure and no denial. */
function keep(index: TranscriptIndex, { from, to }: Place): { from: number; to: number } | undefined {
  if (index.owner[from] === index.owner[to]) return { from, to };
  const parts: { from: number; to: number }[] = [];
  for (let at = from; at <= to; at++) {
    const part = parts.at(-1);
    if (part && index.owner[part.from] === index.owner[at]) part.to = at;
    else parts.push({ from: at, to: at });
  }
  const largest = parts.reduce((best, part) => (part.to - part.from > best.to - best.from ? part : best));
  const rest = parts.filter((part) => part !== largest).flatMap((part) => index.words.slice(part.from, part.to + 1));
  if (rest.some((word) => isNumber(word) || isNegation(word) || BINDS.has(word.text))) return undefined;
  return largest.to - largest.from + 1 >= 3 && rest.length <= largest.to - largest.from + 1 ? largest : undefined;
}

function spanOf(index: TranscriptIndex, from: number, to: number): Evidence {
  const utterance = must(index.utterances[index.owner[from] ?? -1], 'the utterance of a span');
  const first = must(index.words[from], 'the first word of a span');
  const last = must(index.words[to], 'the last word of a span');
  const end = /[.?!]/.test(utterance.text[last.end] ?? '') ? last.end + 1 : last.end;
  return evidenceOf(utterance, first.start, end);
}

/** The two halves of "don't" are one word to a reader. */
const wordsOf = (list: readonly Word[]): number =>
  list.reduce((sum, word, at) => sum + (list[at - 1]?.start === word.start ? 0 : word.words), 0);

const WORDS_MIN = 2;
const WORDS_MAX = 60;
const QUOTE_CHARS_MAX = 600;
const TURNS: ReadonlySet<string> = new Set(['negation', 'condition', 'question']);
const BINDS: ReadonlySet<string> = new Set(['if', 'unless', 'might', 'may', 'could', 'would', 'maybe']);

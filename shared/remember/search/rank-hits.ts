import { plain } from '../../kit/ids.ts';
import type { Query } from './read-query.ts';
import { wordsOf } from './words.ts';

/** A turn that may be what somebody looks for. */
export interface Found {
  callId: string;
  seq: number;
  text: string;
  /** When its call began. */
  atMs: number;
  /** How much of the weight of all words it holds, 0..1: a rare word weighs more. */
  weight: number;
  /** The share of equal signs, 0.5 is chance; null where they cannot be compared. */
  alike: number | null;
}

const DAY_MS = 86_400_000;
/** A turn of last week counts a little more than the same of last year; never enough to beat a better one. */
const HALF_DAYS = 120;
/** A long turn holds many words by chance. */
const USUAL_WORDS = 25;

/**
 * The best first: what holds the words, most of all the rare ones, close together and as they were asked; then what is said alike, then what
 * is newer. `strangers` is the likeness below which it says nothing.
 */
export function rankHits<T extends Found>(
  query: Query,
  found: readonly T[],
  { nowMs, strangers }: { nowMs: number; strangers: number },
): (T & { score: number })[] {
  const ranked = found.flatMap((one) => {
    const said = wordsOf(one.text);
    const near = one.alike === null ? 0 : Math.max(0, (one.alike - strangers) / (1 - strangers));
    const held = query.words.filter(({ text }) => said.includes(text)).length;
    if (held === 0 && near === 0) return [];
    const spoken = ` ${plain(one.text)} `;
    if (!query.phrases.every((phrase) => spoken.includes(` ${phrase} `))) return [];
    // The number of a word may be another word's.
    const words = query.words.length === 0 || held === 0 ? 0 : one.weight * (held === query.words.length ? 1 : 0.8);
    const length = 1 / (0.75 + (0.25 * said.length) / USUAL_WORDS);
    const together = held < 2 ? 0 : closeness(query, said);
    const ageDays = Math.max(0, nowMs - one.atMs) / DAY_MS;
    const score = words * (0.55 + 0.15 * Math.min(1, length) + 0.15 * together) + 0.2 * near + 0.1 * 0.5 ** (ageDays / HALF_DAYS);
    return [{ ...one, score: Math.round(score * 1_000) / 1_000 }];
  });
  return ranked.toSorted(
    (a, b) => b.score - a.score || b.atMs - a.atMs || (a.callId < b.callId ? -1 : a.callId > b.callId ? 1 : a.seq - b.seq),
  );
}

/** 1 when the words that it holds stand side by side, less the farther they are apart. */
function closeness(query: Query, said: readonly string[]): number {
  const at = query.words.map(({ text }) => said.indexOf(text)).filter((place) => place >= 0);
  const span = Math.max(...at) - Math.min(...at) + 1;
  return Math.min(1, at.length / span);
}

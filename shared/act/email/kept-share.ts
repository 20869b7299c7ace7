import { plain } from '../../kit/ids.ts';

/**
 * How much of a draft a person kept: the share of its words that stand in the approved text in the same order, 0..1. Words that they
 * added take nothing away, and neither do case, punctuation and line breaks.
 */
export function keptShare(draft: { subject: string; body: string }, approved: { subject: string; body: string }): number {
  const ours = wordsOf(draft);
  if (ours.length === 0) return 1;
  return sameInOrder(ours, wordsOf(approved)) / ours.length;
}

const wordsOf = ({ subject, body }: { subject: string; body: string }): string[] =>
  plain(`${subject}\n${body}`)
    .split(' ')
    .filter((word) => word !== '');

/** Of mails longer than this only how often a word stands there is compared: order would take too long to find. */
const WORDS_MAX = 3_000;

/** Length of the longest common subsequence; what is equal at both ends needs no table. */
function sameInOrder(a: readonly string[], b: readonly string[]): number {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let tail = 0;
  while (tail < a.length - from && tail < b.length - from && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const left = a.slice(from, a.length - tail);
  const right = b.slice(from, b.length - tail);
  if (left.length > WORDS_MAX || right.length > WORDS_MAX) return from + tail + inAnyOrder(left, right);

  let above = new Uint16Array(right.length + 1);
  for (const word of left) {
    const row = new Uint16Array(right.length + 1);
    for (const [i, other] of right.entries()) row[i + 1] = word === other ? (above[i] ?? 0) + 1 : Math.max(above[i + 1] ?? 0, row[i] ?? 0);
    above = row;
  }
  return from + tail + (above[right.length] ?? 0);
}

function inAnyOrder(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  return a.filter((word) => {
    const n = left.get(word) ?? 0;
    if (n > 0) left.set(word, n - 1);
    return n > 0;
  }).length;
}

import { wordsOf } from './words.ts';

/** Of a turn the part in which the looked-for words stand, word for word as it was said and at most `charsMax` long. */
export function excerpt(text: string, words: readonly string[], charsMax = 300): string {
  if (text.length <= charsMax) return text;
  const pieces = [...text.matchAll(/\S+/g)];
  const first = pieces.find(([piece]) => wordsOf(piece).some((word) => words.includes(word)));
  const wanted = Math.max(0, Math.min((first?.index ?? 0) - Math.floor(charsMax / 3), text.length - charsMax));
  // Whole words alone: half of one is not what was said.
  const from = pieces.find((piece) => piece.index >= wanted)?.index ?? 0;
  const to = pieces.findLast((piece) => piece.index + piece[0].length <= from + charsMax);
  return to ? text.slice(from, to.index + to[0].length) : text.slice(from, from + charsMax);
}

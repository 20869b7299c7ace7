/** A stretch of a longer text: `text === whole.slice(start, end)`. */
export interface Span {
  text: string;
  start: number;
  end: number;
}

/** The most words a quote may have. */
export const QUOTE_WORDS_MAX = 40;

/** Sentences of a text, in order, none longer than a quote may be. Speech without punctuation is cut where a new clause begins. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  const bare = !/[.?!]/.test(text);
  for (const { segment, index } of SEGMENTER.segment(text)) {
    const words = [...segment.matchAll(/\S+/g)].map((hit) => ({
      text: hit[0],
      start: index + hit.index,
      end: index + hit.index + hit[0].length,
    }));
    for (const piece of words.length > (bare ? 14 : QUOTE_WORDS_MAX) ? clauses(words) : [words]) {
      const first = piece[0];
      const last = piece.at(-1);
      if (first && last) spans.push({ text: text.slice(first.start, last.end), start: first.start, end: last.end });
    }
  }
  return spans;
}

function clauses(words: readonly Span[]): Span[][] {
  const pieces: Span[][] = [];
  let piece: Span[] = [];
  words.forEach((word, at) => {
    const pair = `${plain(word.text)} ${plain(words[at + 1]?.text ?? '')}`;
    const opens = OPENS.test(pair) && piece.length >= 5;
    // An opener right behind a joining word belongs with that word: "and | i'll send" would leave a dangling "and".
    const joined = JOINS.has(plain(piece.at(-1)?.text ?? ''));
    if ((opens && !joined) || piece.length >= QUOTE_WORDS_MAX) {
      pieces.push(piece);
      piece = [];
    }
    piece.push(word);
  });
  pieces.push(piece);
  return pieces;
}

const plain = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .replace(/[^a-z0-9']/g, '');

// Compiled once: making a segmenter costs more than using it.
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });
const JOINS = new Set([
  'and',
  'but',
  'so',
  'because',
  'if',
  'when',
  'that',
  'then',
  'or',
  'what',
  'how',
  'yes',
  'no',
  'okay',
  'well',
  'which',
]);
const OPENS =
  /^(?:(?:and|so|because|then|okay|well) (?:i|we|you|it|they|he|she|can|could|what|how|let's|i'll|we'll|i'm|we're|it's|that's|there)|(?:so|because|okay|well) (?:that|this|the|our|my)|but [a-z']+|(?:let's|i'll|we'll|thanks|thank) [a-z']+|(?:can|could|would) (?:you|we|i)|how (?:about|much|long|do|does)|what (?:about|is|are|does|do|kind)|(?:i'm|we're|it's|that's) [a-z']+)$/;

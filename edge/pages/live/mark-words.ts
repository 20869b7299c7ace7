import { plainWords } from '../../../shared/guide/tokens.ts';

export interface Piece {
  text: string;
  isMarked: boolean;
}

/** A line cut into what is marked and what is not; put together again it is the line. Case and punctuation do not matter. */
export function markWords(text: string, quotes: readonly string[]): Piece[] {
  const pieces = text.match(/\s*\S+|\s+$/g) ?? [];
  const tokens = pieces.flatMap((piece, at) => plainWords(piece).map((word) => ({ word, at })));
  const marked = new Set<number>();
  for (const quote of quotes) {
    const wanted = plainWords(quote);
    const from = tokens.findIndex((_, at) => wanted.length > 0 && wanted.every((word, n) => tokens[at + n]?.word === word));
    const [first, last] = [tokens[from]?.at, tokens[from + wanted.length - 1]?.at];
    if (first === undefined || last === undefined) continue;
    for (let at = first; at <= last; at++) marked.add(at);
  }
  return joined(pieces.map((piece, at) => ({ text: piece, isMarked: marked.has(at) })));
}

/** Neighbours become one piece, and the space before a marked word is not marked. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  const add = (piece: Piece) => {
    const last = all.at(-1);
    if (last?.isMarked === piece.isMarked) last.text += piece.text;
    else if (piece.text !== '') all.push({ ...piece });
  };
  for (const { text, isMarked } of pieces) {
    const bare = text.trimStart();
    if (isMarked && !all.at(-1)?.isMarked) add({ text: text.slice(0, text.length - bare.length), isMarked: false });
    add({ text: isMarked && !all.at(-1)?.isMarked ? bare : text, isMarked });
  }
  return all;
}

import { foldNumbers } from './numbers.ts';
import type { Token } from './token.ts';

/** The words of a text in order; curly quotes read as straight ones, hyphens part words, numbers are folded to their value. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const hit of straighten(text).matchAll(WORD)) {
    const raw = hit[0];
    const money = /^[$€£₹]/.test(raw);
    found.push({
      text: raw.normalize('NFKC').toLowerCase(),
      raw: raw.normalize('NFKC').toLowerCase(),
      start: hit.index,
      end: hit.index + raw.length,
      cap: /^\p{Lu}/u.test(raw),
      money,
      words: 1,
    });
  }
  return foldNumbers(found);
}

/** Curly quotes made straight, character for character, so that places in the text stay the same. */
export const straighten = (text: string): string => text.replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"');

const WORD = /[$€£₹]?\d[\d,]*(?:\.\d+)?(?:\s?[km](?![\p{L}\p{N}])|\s?%)?|[\p{L}\p{N}]+(?:'\p{L}+)*/giu;

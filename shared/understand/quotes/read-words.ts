import { straighten } from '../tokenise.ts';
import { foldSpoken } from './fold-spoken.ts';
import { canonical } from './spelling.ts';
import type { Word } from './word.ts';

/**
 * The words of a text in order, without fillers; contractions are spelled out, numbers, times, ordinals and amounts folded to one form.
 * Hyphens part words; signs that are not seen are no part of one.
 */
export function readWords(text: string): Word[] {
  const flat = straighten(text);
  const found: Word[] = [];
  for (const hit of flat.matchAll(WORD)) {
    const raw = hit[0];
    const start = hit.index;
    const end = start + raw.length;
    const cap = CAPITAL.test(raw);
    for (const said of canonical(raw))
      if (!FILLERS.has(said) && !(SCALES.has(said) && found.at(-1)?.text === said)) found.push({ text: said, start, end, cap, words: 1 });
  }
  // "Oh" is a nought between figures and a filler elsewhere.
  return foldSpoken(found, flat).filter((word) => word.text !== 'oh');
}

const CAPITAL = /^\p{Lu}/u;
const WORD =
  /[$€£₹]?\d+(?:,\d{2,3})*(?:\.\d+)?(?::\d\d)?(?:\s?%|\s?(?:k|mm?|mn|bn)(?![\p{L}\p{N}])|(?:st|nd|rd|th|am|pm)(?![\p{L}\p{N}]))?|[\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+(?:'\p{L}+)*/giu;
/** Said twice in a row, they are a stutter and no greater number. */
const SCALES = new Set('hundred thousand million billion'.split(' '));
const FILLERS = new Set('um uh uhm umm uhh er erm hmm hm mm mmm mhm ah eh'.split(' '));

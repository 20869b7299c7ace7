import { plain } from '../../kit/ids.ts';

/**
 * The telling words of a text as the search index keeps them: lower case, without accents and common endings, figures in one shape.
 * The index holds what this made of every call, so whatever changes here asks for an index made anew.
 */
export function wordsOf(text: string): string[] {
  const said = plain(oneShape(text.slice(0, TEXT_CHARS_MAX)));
  if (said === '') return [];
  return said.split(' ').flatMap((word) => {
    if (UNSPACED.test(word)) return pairsOf(word);
    if (STOP.has(word) || (word.length < 2 && !/\d/.test(word))) return [];
    return [endless(word.slice(0, WORD_CHARS_MAX))];
  });
}

/** The number a word has in the index: 32 bits, below 0 too. Two words rarely share one, and the words themselves are looked at again. */
export function numberOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  // FNV leaves short words alike in their upper bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** "migrating" and "migrated" are "migrat", "prices" and "price" are "pric". Other languages keep most of their endings. */
function endless(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let stem = word;
  if (stem.length > 4 && stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.endsWith('s') && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 5 && stem.endsWith('ing')) stem = single(stem.slice(0, -3));
  else if (stem.length > 4 && stem.endsWith('ed')) stem = single(stem.slice(0, -2));
  else if (stem.length > 5 && stem.endsWith('ly')) stem = stem.slice(0, -2);
  return stem.length > 3 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}

const single = (stem: string): string => (/([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem);

/** "40,000", "40.000" and "40k" are 40000. */
const oneShape = (text: string): string =>
  text
    .replace(/(\d)[.,' \u00a0\u202f](?=\d{3}(?!\d))/g, '$1')
    .replace(/\b(\d{1,6})\s?k\b/gi, '$1000')
    .replace(/['’](?:s|m|re|ve|ll|d|t)\b/gi, '');

/** Scripts that put no space between words are looked for by two signs at a time. */
function pairsOf(run: string): string[] {
  const signs = [...run];
  return signs.length === 1 ? signs : signs.slice(1).map((sign, at) => `${signs[at]}${sign}`);
}

const TEXT_CHARS_MAX = 20_000;
const WORD_CHARS_MAX = 40;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** Words that are in nearly every turn, and so tell none from the others. */
const STOP = new Set(
  [
    'a an the and or but so if of to in on at by for from with as is are was were be been am do does did have has had i you he she it we they me him her us them my your our their its this that these those there here what which who when where how why not no yes yeah yep ok okay uh um mm hm mhm just like really very well right know think mean say said tell told want get got go going would could will can about then than too also all any some',
    'der die das den dem ein eine einen und oder aber ich du er sie es wir ihr ist sind war nicht ja nein auch mit von zu im in auf fur an dass wie was',
    'le la les un une des et ou je tu il elle nous vous ils est sont pas de du que qui dans sur pour avec',
    'el los las una unos y o yo nosotros ellos es son no si de que en por para con',
  ]
    .join(' ')
    .split(' '),
);

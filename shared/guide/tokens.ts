import type { Word } from '../contracts/transcript.ts';

/** One plain word of a turn; `word` is the place in the turn's words it came from. */
export interface Token {
  exact: string;
  stem: string;
  word: number;
}

/** The turn as plain words. One heard word can give several ("we're", "roll-out") or none. */
export const tokensOf = (words: readonly Word[]): Token[] =>
  words.flatMap(({ text }, word) => plainWords(text).map((exact) => ({ exact, stem: stemOf(exact), word })));

/** Text as plain lower-case words: contractions spelled out, possessives and punctuation gone. */
export function plainWords(text: string): string[] {
  const lower = text.toLowerCase();
  // Most words need nothing of what follows, and this is asked of every word of every partial.
  const plain = PLAIN.exec(lower)?.[1];
  if (plain !== undefined && !plain.includes('cannot')) return plain.split(' ');
  const spelled = lower
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ`]/g, "'")
    .replace(/\bcan't\b|\bcannot\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/\blet's\b/g, 'let us')
    .replace(/n't\b/g, ' not')
    .replace(/\b(it|that|what|there|here|he|she|who|where|how)'s\b/g, '$1 is')
    .replace(/'(ll|re|ve|m|d)\b/g, (_, end: string) => ` ${endings[end] ?? end}`)
    .replace(/'s?\b/g, ' ');

  return spelled.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const PLAIN = /^([a-z0-9]+(?: [a-z0-9]+)*)[.,!?;:]*$/;
const endings: Record<string, string> = { ll: 'will', re: 'are', ve: 'have', m: 'am', d: 'would' };

/** Takes the commonest English endings off, so that "prices", "pricing" and "price" are one word. Short words stay whole. */
export function stemOf(word: string): string {
  if (word.length < 4) return word;
  let stem = word;
  if (stem.endsWith('s') && !stem.endsWith('ss') && !stem.endsWith('us')) stem = stem.slice(0, -1);
  for (const end of ['ing', 'ed']) {
    if (!stem.endsWith(end) || stem.length - end.length < 3) continue;
    stem = stem.slice(0, -end.length);
    if (/([bdgmnprt])\1$/.test(stem)) stem = stem.slice(0, -1);
    break;
  }
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1);
  return stem.length > 3 && stem.endsWith('y') ? `${stem.slice(0, -1)}i` : stem;
}

import { stemOf } from './stem.ts';
import { classOf } from './word-classes.ts';

/** How many places a head has. A power of two, so that a hash finds its place by a mask. */
export const PLACES = 1 << 15;

/** FNV-1a, 32 bits. */
export function hash(text: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h >>> 0;
}

/** The place of several hashes in a row. */
function placeOf(kind: number, a: number, b = 0, c = 0): number {
  let h = Math.imul(kind ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul((h ^ a) >>> 0, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul((h ^ b) >>> 0, 0x27d4eb2f);
  h ^= h >>> 13;
  h = Math.imul((h ^ c) >>> 0, 0x165667b1);
  h ^= h >>> 16;
  return h & (PLACES - 1);
}

/** The place of a named mark, such as a rule that fired. */
export const markPlace = (name: string): number => placeOf(99, hash(name));

interface Word {
  stem: number;
  /** Its class by name, and hashed. */
  name: string;
  kind: number;
  /** Its class says more than that it is some word. */
  telling: boolean;
}

const EDGE: Word = { stem: hash('^'), name: '', kind: hash('^'), telling: false };
const WORDS_MAX = 60;

/**
 * Where a lean sentence's runs of one to three words stand: as stems, as classes, and pairs of classes up to six words apart.
 * Each place once. `words` are the single words and classes alone.
 */
export function gramsOf(lean: string, asks: boolean): { grams: number[]; words: number[] } {
  const words = [EDGE, ...wordsOf(lean), asks ? ASK : EDGE];
  const places = new Set<number>();
  const single = new Set<number>();
  for (let at = 0; at < words.length; at++) {
    const one = words[at];
    const two = words[at + 1];
    const three = words[at + 2];
    if (!one) continue;
    if (at > 0 && at < words.length - 1) single.add(placeOf(1, one.stem));
    if (at > 0 && one.telling) single.add(placeOf(2, one.kind));
    if (two) {
      places.add(placeOf(3, one.stem, two.stem));
      places.add(placeOf(4, one.kind, two.kind));
    }
    if (two && three) {
      places.add(placeOf(5, one.stem, two.stem, three.stem));
      places.add(placeOf(6, one.kind, two.kind, three.kind));
    }
    if (!one.telling) continue;
    for (let far = at + 2; far <= at + 6; far++) {
      const other = words[far];
      if (other?.telling) places.add(placeOf(7, one.kind, other.kind));
    }
  }
  return { grams: [...single, ...places], words: [...single] };
}

/** What was said before, in fewer features: its words and classes alone, and how it ends. */
export function contextGrams(before: string): number[] {
  const places = new Set<number>();
  const words = wordsOf(before.replaceAll(' |', ''));
  for (const [at, one] of words.entries()) {
    places.add(placeOf(11, one.stem));
    if (one.telling) places.add(placeOf(12, one.kind));
    const two = words[at + 1];
    if (two) places.add(placeOf(13, one.kind, two.kind));
  }
  return [...places];
}

/** What the talk is about: the single words and classes of the last few turns. */
export function aroundGrams(around: string): number[] {
  const places = new Set<number>();
  for (const one of wordsOf(around, 240)) {
    places.add(placeOf(14, one.stem));
    if (one.telling) places.add(placeOf(15, one.kind));
  }
  return [...places];
}

/** What a whole call is about: the words and classes of each side, and how its classes follow each other, once each. */
export function callGrams(rep: readonly string[], customer: readonly string[]): number[] {
  const places = new Set<number>();
  for (const [side, texts] of [rep, customer].entries())
    for (const text of texts) {
      let last: Word | undefined;
      for (const one of wordsOf(text)) {
        places.add(placeOf(16, side, one.stem));
        if (one.telling) places.add(placeOf(17, side, one.kind));
        if (last && last.name !== '*' && one.name !== '*') places.add(placeOf(18, last.kind, one.kind, side));
        last = one;
      }
    }
  return [...places];
}

/** The telling classes of a text, by name: what an answer answers. */
export function classesOf(lean: string): string[] {
  return [...new Set(wordsOf(lean).flatMap(({ name, telling }) => (telling && name.length > 2 ? [name] : [])))];
}

function wordsOf(lean: string, most = WORDS_MAX): Word[] {
  const words: Word[] = [];
  for (const said of lean.split(' ')) {
    if (said === '') continue;
    if (words.length === most) break;
    words.push(seen.get(said) ?? read(said));
  }
  return words;
}

function read(said: string): Word {
  // What a figure says is that it is one.
  const word = /\d/.test(said) ? said.replace(/^\$[\d.,]+/, '$#').replace(/\d[\d.,]*/, '#') : said;
  const stem = stemOf(word);
  const name = classOf(word, stem);
  const made = { stem: hash(stem), name, kind: hash(name), telling: name !== '*' && name === name.toUpperCase() };
  // Bounded: a call of garbage must not fill the memory of an isolate.
  if (seen.size < 20_000) seen.set(said, made);
  return made;
}
const seen = new Map<string, Word>();
const ASK: Word = { stem: hash('?'), name: '', kind: hash('?'), telling: false };

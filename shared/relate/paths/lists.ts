import { strengths } from './strength.ts';

/** Everybody's links, strongest first. An entry is an arc that comes in: whom from, and how strong on the two scales. */
export interface Lists {
  /** Three words an arc; empty for somebody unknown. Not to be written to. */
  of(person: number): Uint16Array;
  put(person: number, arcs: Uint16Array): void;
}

/** Persons are 24 bits. */
export const personsMax = 1 << 24;
export const wordsPerArc = 3;

// word 0: the person's low 16 bits; word 1: the fast code's high 8 bits, the person's high 8; word 2: the fast code's low 4 bits, the slow code.
export const personAt = (arcs: Uint16Array, at: number): number => (arcs[at] ?? 0) | (((arcs[at + 1] ?? 0) & 0xff) << 16);
export const fastAt = (arcs: Uint16Array, at: number): number => (((arcs[at + 1] ?? 0) >>> 8) << 4) | ((arcs[at + 2] ?? 0) >>> 12);
export const slowAt = (arcs: Uint16Array, at: number): number => (arcs[at + 2] ?? 0) & 0xfff;

/** R of an arc at the epoch, where it is strongest. */
export const strengthAt = (arcs: Uint16Array, at: number): number =>
  (strengths[fastAt(arcs, at)] ?? 0) + (strengths[slowAt(arcs, at)] ?? 0);

export function writeArc(arcs: Uint16Array, at: number, person: number, fast: number, slow: number): void {
  arcs[at] = person & 0xffff;
  arcs[at + 1] = (person >>> 16) | ((fast >>> 4) << 8);
  arcs[at + 2] = ((fast & 15) << 12) | slow;
}

/** Where somebody's arc lies in a list, in words; −1 if they have none. */
export function placeOf(arcs: Uint16Array, person: number): number {
  for (let at = 0; at < arcs.length; at += wordsPerArc) if (personAt(arcs, at) === person) return at;
  return -1;
}

/** Where the first arc lies that is weaker, in words; the list's end if none is. */
export function placeFor(arcs: Uint16Array, strength: number): number {
  let [low, high] = [0, arcs.length / wordsPerArc];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (strengthAt(arcs, middle * wordsPerArc) < strength) high = middle;
    else low = middle + 1;
  }
  return low * wordsPerArc;
}

/** Lists in one piece of memory; those that grew or shrank since it was built lie beside it. */
export class PackedLists implements Lists {
  readonly #starts: Uint32Array;
  readonly #words: Uint16Array;
  readonly #changed = new Map<number, Uint16Array>();

  /** `starts` counts arcs and has one entry more than there are persons. */
  constructor(starts: Uint32Array, words: Uint16Array) {
    this.#starts = starts;
    this.#words = words;
  }

  of(person: number): Uint16Array {
    const changed = this.#changed.size > 0 ? this.#changed.get(person) : undefined;
    return changed ?? this.#words.subarray((this.#starts[person] ?? 0) * wordsPerArc, (this.#starts[person + 1] ?? 0) * wordsPerArc);
  }

  put(person: number, arcs: Uint16Array): void {
    const start = (this.#starts[person] ?? 0) * wordsPerArc;
    if (start + arcs.length === (this.#starts[person + 1] ?? 0) * wordsPerArc && !this.#changed.has(person)) this.#words.set(arcs, start);
    else this.#changed.set(person, arcs);
  }

  /** Of the lists alone. */
  get bytes(): number {
    let changed = 0;
    for (const arcs of this.#changed.values()) changed += arcs.byteLength;
    return this.#words.byteLength + this.#starts.byteLength + changed;
  }
}

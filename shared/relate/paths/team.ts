import { strengths } from './strength.ts';

/** What a team is kept as: `buildTeam` makes it out of the lists. */
export interface TeamLinks {
  members: readonly number[];
  /** A bit for everybody a member knows, and how many of them stand before each word of bits. */
  bits: Uint32Array;
  ranks: Uint32Array;
  /** Where the links of each of those begin in `words`: member's number, fast code, slow code. */
  starts: Uint32Array;
  words: Uint16Array;
}

/** Whom the team knows: for everybody, the arcs from members, in the members' numbering. */
export class Team {
  readonly members: readonly number[];
  /** The `allow` that leaves nobody out. Not to be written to. */
  readonly everybody: Uint8Array;
  /** A bit for everybody a member knows now: so small that it stays in the processor's cache. Not to be written to. */
  readonly known: Uint32Array;
  readonly #numbers: Map<number, number>;
  readonly #bits: Uint32Array;
  readonly #ranks: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #words: Uint16Array;
  readonly #changed = new Map<number, Uint16Array>();
  /** Who gave the last `best`. */
  member = -1;

  constructor({ members, bits, ranks, starts, words }: TeamLinks) {
    this.members = members;
    this.everybody = new Uint8Array(members.length).fill(1);
    this.#numbers = new Map(members.map((person, number) => [person, number]));
    this.known = bits.slice();
    this.#bits = bits;
    this.#ranks = ranks;
    this.#starts = starts;
    this.#words = words;
  }

  numberOf(person: number): number {
    return this.#numbers.get(person) ?? -1;
  }

  /** Member's number, fast code, slow code, for each member who knows them. */
  of(person: number): Uint16Array {
    return this.#changed.get(person) ?? this.#words.subarray(this.#startOf(person), this.#endOf(person));
  }

  /** R of the member who reaches them best (`member` says which), among those allowed; 0 and −1 for nobody. */
  best(person: number, fastLeft: number, slowLeft: number, allow: Uint8Array): number {
    const changed = this.#changed.size > 0 ? this.#changed.get(person) : undefined;
    // A search asks this a hundred times: the words are read where they lie.
    const links = changed ?? this.#words;
    const end = changed ? changed.length : this.#endOf(person);
    let best = 0;
    this.member = -1;
    for (let at = changed ? 0 : this.#startOf(person); at < end; at += 3) {
      const number = links[at] ?? 0;
      if (allow[number] === 0) continue;
      const response = fastLeft * (strengths[links[at + 1] ?? 0] ?? 0) + slowLeft * (strengths[links[at + 2] ?? 0] ?? 0);
      if (response <= best) continue;
      best = response;
      this.member = number;
    }
    return best;
  }

  /** Both codes 0 take the link away. */
  set(person: number, number: number, fast: number, slow: number): void {
    const links = [...this.of(person)];
    let at = 0;
    while (at < links.length && links[at] !== number) at += 3;
    links.splice(at, 3, ...(fast === 0 && slow === 0 ? [] : [number, fast, slow]));
    const old = this.of(person);
    if (old.length === links.length) old.set(links);
    else this.#changed.set(person, Uint16Array.from(links));
    const bit = 1 << (person & 31);
    this.known[person >>> 5] = links.length > 0 ? (this.known[person >>> 5] ?? 0) | bit : (this.known[person >>> 5] ?? 0) & ~bit;
  }

  #startOf(person: number): number {
    return this.#starts[this.#rankOf(person)] ?? 0;
  }

  #endOf(person: number): number {
    const isKnown = ((this.#bits[person >>> 5] ?? 0) & (1 << (person & 31))) !== 0;
    return isKnown ? (this.#starts[this.#rankOf(person) + 1] ?? 0) : this.#startOf(person);
  }

  /** How many with a lower number the team knew when this was built. */
  #rankOf(person: number): number {
    return (this.#ranks[person >>> 5] ?? 0) + countBits((this.#bits[person >>> 5] ?? 0) & ((1 << (person & 31)) - 1));
  }

  get bytes(): number {
    let changed = 0;
    for (const links of this.#changed.values()) changed += links.byteLength;
    return (
      this.known.byteLength + this.#bits.byteLength + this.#ranks.byteLength + this.#starts.byteLength + this.#words.byteLength + changed
    );
  }
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

import { bell } from './bell.ts';
import type { People } from './place-people.ts';

/** So many different pairs of people who know each other. */
export function drawLinks(edges: number, people: People, members: number, roll: () => number): { a: Uint32Array; b: Uint32Array } {
  const pairs = new PairSet(edges, people.persons);
  drawTeam(edges, people, members, pairs, roll);
  drawColleagues(pairs.size + Math.floor(edges * 0.3), people, pairs, roll);
  while (pairs.size < edges) {
    const one = people.drawAny();
    const other = roll() < 0.6 ? people.drawIn(industryOf(people, one)) : people.drawAny();
    pairs.add(one, other);
  }
  return pairs;
}

/** The team knows its own industry best, a few people at the accounts, some anywhere, and most of itself. */
function drawTeam(edges: number, people: People, members: number, pairs: PairSet, roll: () => number): void {
  const usual = edges >= 1e6 ? 600 : 120;
  for (let member = 0; member < members; member++) {
    const knows = Math.round(usual * Math.exp(0.7 * bell(roll)));
    for (let at = 0; at < knows; at++) {
      const where = roll();
      if (where < 0.55) pairs.add(member, people.drawIn(industryOf(people, 0)));
      else pairs.add(member, where < 0.6 ? members + Math.floor(roll() * 8_000) : people.drawAny());
    }
    for (let other = 0; other < member; other++) if (roll() < 0.6) pairs.add(member, other);
  }
}

function drawColleagues(until: number, { persons, companies, starts }: People, pairs: PairSet, roll: () => number): void {
  for (let tries = 0; pairs.size < until && tries < until * 6; tries++) {
    const one = Math.floor(roll() * persons);
    const start = starts[companies[one] ?? 0] ?? 0;
    const size = (starts[(companies[one] ?? 0) + 1] ?? 0) - start;
    if (size > 1) pairs.add(one, start + ((one - start + 1 + Math.floor(roll() * Math.min(size, 40))) % size));
  }
}

const industryOf = ({ companies, industries }: People, person: number) => industries[companies[person] ?? 0] ?? 0;

/** Pairs, each once, smaller number first; a hash table that never grows. */
class PairSet {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  size = 0;
  readonly #slots: Int32Array;
  readonly #persons: number;

  constructor(most: number, persons: number) {
    this.a = new Uint32Array(most);
    this.b = new Uint32Array(most);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 2))).fill(-1);
    this.#persons = persons;
  }

  /** Nothing happens for a pair that is there, for oneself, and when it is full. */
  add(one: number, other: number): void {
    if (one === other || this.size === this.a.length) return;
    const [low, high] = one < other ? [one, other] : [other, one];
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high + this.#persons, 0x85ebca6b)) & mask;
    for (let at = this.#slots[slot] ?? -1; at >= 0; at = this.#slots[slot] ?? -1) {
      if (this.a[at] === low && this.b[at] === high) return;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.size;
    this.a[this.size] = low;
    this.b[this.size++] = high;
  }
}

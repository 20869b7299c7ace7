import { fastAt, type Lists, personAt, placeOf, slowAt, wordsPerArc } from './lists.ts';
import { countBits, type TeamLinks } from './team.ts';

/** Whom these members know, out of the lists; they are numbered in this order. */
export function buildTeam(members: readonly number[], persons: number, lists: Lists): TeamLinks {
  const links = linksOf(members, lists);
  const people = [...links.keys()].sort((a, b) => a - b);
  const bits = new Uint32Array((persons >>> 5) + 1);
  for (const person of people) bits[person >>> 5] = (bits[person >>> 5] ?? 0) | (1 << (person & 31));
  const ranks = new Uint32Array(bits.length);
  for (let at = 1; at < bits.length; at++) ranks[at] = (ranks[at - 1] ?? 0) + countBits(bits[at - 1] ?? 0);
  const starts = new Uint32Array(people.length + 1);
  const words = new Uint16Array(people.reduce((sum, person) => sum + (links.get(person)?.length ?? 0), 0));
  for (const [rank, person] of people.entries()) {
    const own = links.get(person) ?? [];
    words.set(own, starts[rank]);
    starts[rank + 1] = (starts[rank] ?? 0) + own.length;
  }
  return { members, bits, ranks, starts, words };
}

/** A member's own list only says whom to look at: the arc from the member lies in that person's. */
function linksOf(members: readonly number[], lists: Lists): Map<number, number[]> {
  const links = new Map<number, number[]>();
  for (const [number, member] of members.entries()) {
    const known = lists.of(member);
    for (let at = 0; at < known.length; at += wordsPerArc) {
      const person = personAt(known, at);
      const arcs = lists.of(person);
      const there = placeOf(arcs, member);
      if (there < 0) continue;
      const own = links.get(person) ?? [];
      own.push(number, fastAt(arcs, there), slowAt(arcs, there));
      links.set(person, own);
    }
  }
  return links;
}

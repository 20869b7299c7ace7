import { type Graph, refuseUnknown } from './graph.ts';
import { type Lists, personsMax, placeFor, placeOf, wordsPerArc, writeArc } from './lists.ts';
import { markOf, marks, putMark } from './people.ts';
import { spread } from './spread.ts';
import { strengthCode, strengths } from './strength.ts';

/** R on the two scales, as of the lists' epoch. */
export interface Strength {
  fast: number;
  slow: number;
}

/**
 * How readily b answers a, and a answers b, from now on; nothing both ways takes the link away.
 * The bounds follow where they rise and stay where they could fall, until they are rebuilt. Throws RangeError for nobody and for oneself.
 */
export function setLink(graph: Graph, a: number, b: number, aToB: Strength, bToA: Strength): void {
  for (const person of [a, b]) refuseUnknown(Math.min(graph.persons, personsMax), person);
  if (a === b) throw new RangeError(`${a} has no link with oneself.`);
  const isGone = [aToB.fast, aToB.slow, bToA.fast, bToA.slow].every((strength) => strengthCode(strength) === 0);
  setArc(graph, a, b, aToB, isGone);
  setArc(graph, b, a, bToA, isGone);
  if (isGone) return;
  spread(graph, a, b);
  spread(graph, b, a);
}

function setArc({ lists, people, team }: Graph, from: number, to: number, strength: Strength, isGone: boolean): void {
  const [fast, slow] = [strengthCode(strength.fast), strengthCode(strength.slow)];
  putArc(lists, from, to, fast, slow, isGone);
  const number = team.numberOf(from);
  if (number < 0) return;
  team.set(to, number, fast, slow);
  const mark = markOf(people[to] ?? 0);
  putMark(people, to, team.of(to).length > 0 ? mark | marks.known : mark & ~marks.known);
}

/** The list stays in order of strength. */
function putArc(lists: Lists, from: number, to: number, fast: number, slow: number, isGone: boolean): void {
  const old = lists.of(to);
  const known = placeOf(old, from);
  if (known < 0 && isGone) return;
  const rest = known < 0 ? old : new Uint16Array(old.length - wordsPerArc);
  if (known >= 0) {
    rest.set(old.subarray(0, known));
    rest.set(old.subarray(known + wordsPerArc), known);
  }
  if (isGone) {
    lists.put(to, rest);
    return;
  }
  const at = placeFor(rest, (strengths[fast] ?? 0) + (strengths[slow] ?? 0));
  const arcs = new Uint16Array(rest.length + wordsPerArc);
  arcs.set(rest.subarray(0, at));
  writeArc(arcs, at, from, fast, slow);
  arcs.set(rest.subarray(at), at + wordsPerArc);
  lists.put(to, arcs);
}

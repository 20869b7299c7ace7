import { trustOf } from '../trust.ts';
import { factors, handOver } from './factor.ts';
import type { Graph } from './graph.ts';
import { personAt, placeOf, strengthAt, wordsPerArc } from './lists.ts';
import { boundOf, codeOf, marks, type People, putCode } from './people.ts';
import { reachCode } from './reach.ts';

/** Raises the bounds after the arc from `from` to `to` was set, for `to` and for whoever is reached through them. */
export function spread(graph: Graph, from: number, to: number): void {
  const { lists, people, team } = graph;
  const word = people[from] ?? 0;
  if ((word & marks.member) !== 0) {
    const code = reachCode(trustOf(team.best(to, 1, 1, team.everybody)));
    if (!raise(people, to, 1, code)) return;
    raise(people, to, 2, code);
    raise(people, to, 3, code);
    spreadFrom(graph, to);
    return;
  }
  const arcs = lists.of(to);
  const at = placeOf(arcs, from);
  if (at < 0) return;
  const step = trustOf(strengthAt(arcs, at)) * handOf(word);
  raise(people, to, 3, reachCode(step * boundOf(word, 2)));
  const code = reachCode(step * boundOf(word, 1));
  if (!raise(people, to, 2, code)) return;
  raise(people, to, 3, code);
  spreadFrom(graph, to);
}

/** Raises the bounds of everybody next to somebody whose own bounds or factor rose. */
export function spreadFrom(graph: Graph, person: number): void {
  const { lists, people } = graph;
  const word = people[person] ?? 0;
  if ((word & marks.member) !== 0) return;
  const [byTwo, byThree] = [handOf(word) * boundOf(word, 1), handOf(word) * boundOf(word, 2)];
  const [mostTwo, mostThree] = [reachCode(byTwo), reachCode(byThree)];
  const arcs = lists.of(person);
  for (let at = 0; at < arcs.length; at += wordsPerArc) {
    const next = personAt(arcs, at);
    const reached = people[next] ?? 0;
    // Most neighbours are warmer already than this person could make them; their lists are then not opened.
    if (mostTwo >= codeOf(reached, 2) && mostThree >= codeOf(reached, 3)) continue;
    const theirs = lists.of(next);
    const there = placeOf(theirs, person);
    if (there < 0) continue;
    const trust = trustOf(strengthAt(theirs, there));
    raise(people, next, 3, reachCode(trust * byThree));
    const code = reachCode(trust * byTwo);
    if (!raise(people, next, 2, code)) continue;
    raise(people, next, 3, code);
    spreadLast(graph, next);
  }
}

/** The last ring: two steps to `person` rose, so three to their neighbours may. */
function spreadLast({ lists, people }: Graph, person: number): void {
  const word = people[person] ?? 0;
  if ((word & marks.member) !== 0) return;
  const byThree = handOf(word) * boundOf(word, 2);
  const arcs = lists.of(person);
  for (let at = 0; at < arcs.length; at += wordsPerArc) {
    const next = personAt(arcs, at);
    if (reachCode(byThree) >= codeOf(people[next] ?? 0, 3)) continue;
    const theirs = lists.of(next);
    const there = placeOf(theirs, person);
    if (there >= 0) raise(people, next, 3, reachCode(trustOf(strengthAt(theirs, there)) * byThree));
  }
}

const handOf = (word: number) => handOver * (factors[word & marks.factor] ?? 0);

/** Whether the bound had to rise; a smaller code is a higher bound. */
function raise(people: People, person: number, hops: number, code: number): boolean {
  if (code >= codeOf(people[person] ?? 0, hops)) return false;
  putCode(people, person, hops, code);
  return true;
}

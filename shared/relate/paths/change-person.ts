import { type Graph, refuseUnknown } from './graph.ts';
import { markOf, marks, putMark } from './people.ts';
import { spreadFrom } from './spread.ts';

/** How well somebody passes things on from now on (`factorCode`). */
export function setFactor(graph: Graph, person: number, code: number): void {
  refuseUnknown(graph.persons, person);
  const mark = markOf(graph.people[person] ?? 0);
  putMark(graph.people, person, (mark & ~marks.factor) | (code & marks.factor));
  if ((code & marks.factor) > (mark & marks.factor)) spreadFrom(graph, person);
}

/** Opted out, blocked or erased: from the next search on nobody is led to them or through them. Their lists are the keeper's to empty. */
export function takeOut(graph: Graph, person: number): void {
  refuseUnknown(graph.persons, person);
  putMark(graph.people, person, markOf(graph.people[person] ?? 0) | marks.gone);
  const number = graph.team.numberOf(person);
  if (number >= 0) graph.open[number] = 0;
}

/** Somebody who had opted out is back. */
export function bringBack(graph: Graph, person: number): void {
  refuseUnknown(graph.persons, person);
  putMark(graph.people, person, markOf(graph.people[person] ?? 0) & ~marks.gone);
  const number = graph.team.numberOf(person);
  if (number >= 0) graph.open[number] = 1;
}

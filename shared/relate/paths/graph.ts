import { trustOf } from '../trust.ts';
import { buildTeam } from './build-team.ts';
import { factors, handOver } from './factor.ts';
import { type Lists, personAt, strengthAt, wordsPerArc } from './lists.ts';
import { boundOf, codeOf, markOf, marks, type People, peopleOf, putCode, putMark } from './people.ts';
import { reachCode, reaches } from './reach.ts';
import { Team } from './team.ts';

/** What a search needs in memory; the lists may lie elsewhere. Four bytes a person, and the team's own links. */
export interface Graph {
  persons: number;
  lists: Lists;
  people: People;
  team: Team;
  /** By members' numbers: 0 for one who is gone. */
  open: Uint8Array;
}

/** `codes`: everybody's factor (`factorCode`). The bounds hold from the lists' epoch on: links only fade. */
export function openGraph(lists: Lists, codes: Uint8Array, members: readonly number[]): Graph {
  const persons = codes.length;
  for (const member of members) refuseUnknown(persons, member);
  const team = new Team(buildTeam(members, persons, lists));
  const people = peopleOf(codes);
  for (const member of members) people[member] = (people[member] ?? 0) | marks.member;
  const graph: Graph = { persons, lists, people, team, open: team.everybody.slice() };
  rebuildReach(graph);
  return graph;
}

/** The bounds as tight as they can be. Who opted out counts, so that they may come back. */
export function rebuildReach(graph: Graph): void {
  for (const hops of [1, 2, 3]) tightenReach(graph, hops, 0, graph.persons);
}

/**
 * The same for one number of hops and the persons from `from` to before `end`. A bound may always fall to what the present ones of one hop
 * less allow, whatever else changed in between: it can be done piece by piece, and be left off anywhere.
 */
export function tightenReach({ lists, people, team }: Graph, hops: number, from: number, end: number): void {
  for (let person = from; person < end; person++) {
    if (hops > 1) {
      // Each bound is made from the rounded one before it: made from exact ones, a later touch could raise a path beyond its bound.
      putCode(people, person, hops, stepOn(lists.of(person), people, person, hops));
      continue;
    }
    const best = team.best(person, 1, 1, team.everybody);
    const mark = markOf(people[person] ?? 0);
    putMark(people, person, best > 0 ? mark | marks.known : mark & ~marks.known);
    putCode(people, person, 1, reachCode(trustOf(best)));
  }
}

/** The best way to somebody in at most so many hops, made of what the others reach in one less. */
function stepOn(arcs: Uint16Array, people: People, person: number, hops: number): number {
  const direct = codeOf(people[person] ?? 0, 1);
  let best = reaches[direct] ?? 0;
  for (let at = 0; at < arcs.length; at += wordsPerArc) {
    const step = trustOf(strengthAt(arcs, at)) * handOver;
    if (step <= best) break;
    const before = people[personAt(arcs, at)] ?? 0;
    if ((before & marks.member) !== 0) continue;
    best = Math.max(best, step * (factors[before & marks.factor] ?? 0) * boundOf(before, hops - 1));
  }
  // A rounded bound that is rounded again would be a step too high.
  return best > (reaches[direct] ?? 0) ? reachCode(best) : direct;
}

export function refuseUnknown(persons: number, person: number): void {
  if (!(Number.isInteger(person) && person >= 0 && person < persons)) throw new RangeError(`Nobody has the number ${person}.`);
}

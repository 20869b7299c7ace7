import { buildLists, type Links } from './build-lists.ts';
import { takeOut } from './change-person.ts';
import { everyPath } from './every-path.ts';
import { findPaths, type PathAsk } from './find-paths.ts';
import { type Graph, openGraph } from './graph.ts';
import { marks } from './people.ts';

export interface RandomCase {
  graph: Graph;
  ask: PathAsk;
  /** The case's own dice, for what is to happen next: 0 ≤ x < 1. */
  roll(): number;
}

/** Up to 40 people, a team of up to 4, and a question about some of the rest; the same for the same seed. */
export function randomCase(seed: number): RandomCase {
  const roll = dice(seed);
  const upTo = (most: number) => Math.floor(roll() * most);
  const strength = () => (roll() < 0.3 ? 0 : 2 ** (roll() * 8 - 5));
  const persons = 8 + upTo(32);
  const links = Array.from({ length: Math.floor(persons * (1 + roll() * 3)) }, () => [
    upTo(persons),
    upTo(persons),
    ...Array.from({ length: 4 }, strength),
  ]);
  const people = Array.from({ length: persons }, (_, person) => ({ person, at: roll() })).sort((a, b) => a.at - b.at);
  const members = people.slice(0, 1 + upTo(4)).map(({ person }) => person);
  const targets = people.slice(members.length, members.length + 1 + upTo(4)).map(({ person }) => person);
  const codes = Uint8Array.from({ length: persons }, () => upTo(16));
  const ask: PathAsk = { targets, most: 1 + upTo(6), ageDays: roll() < 0.5 ? 0 : roll() * 60, least: roll() < 0.5 ? 0 : 0.01 };
  if (roll() < 0.3) ask.minHops = roll() < 0.7 ? 2 : 3;
  if (roll() < 0.2) ask.maxHops = ask.minHops === 3 ? 3 : 2;
  if (roll() < 0.3) ask.allow = Uint8Array.from(members, () => (roll() < 0.6 ? 1 : 0));
  const graph = openGraph(buildLists(persons, columnsOf(links)).lists, codes, members);
  for (const { person } of people) if (roll() < 0.02) takeOut(graph, person);
  return { graph, ask, roll };
}

/** Rows of a, b and the four strengths; those left out are 1. */
export function columnsOf(rows: readonly (readonly number[])[]): Links {
  const column = (index: number) => rows.map((row) => row[index] ?? 1);
  return {
    a: Uint32Array.from(column(0)),
    b: Uint32Array.from(column(1)),
    abFast: Float32Array.from(column(2)),
    abSlow: Float32Array.from(column(3)),
    baFast: Float32Array.from(column(4)),
    baSlow: Float32Array.from(column(5)),
  };
}

/** What the search got wrong, beside every path walked; null for nothing. */
export function mismatchOf(graph: Graph, ask: PathAsk): unknown {
  const [found, right] = [findPaths(graph, ask), everyPath(graph, ask)];
  const isRight =
    found.length === right.length &&
    found.every(({ score, persons }, at) => {
      const meant = right[at]?.score ?? 0;
      return Math.abs(score - meant) <= 1e-9 * meant && isProper(graph, ask, persons);
    });
  return isRight ? null : { found, right, ask };
}

function isProper({ team, people }: Graph, ask: PathAsk, persons: readonly number[]): boolean {
  const targets = new Set(Array.from(ask.targets));
  const number = team.numberOf(persons[0] ?? -1);
  return (
    new Set(persons).size === persons.length &&
    persons.length >= 2 &&
    persons.length <= 4 &&
    number >= 0 &&
    ask.allow?.[number] !== 0 &&
    targets.has(persons.at(-1) ?? -1) &&
    persons.slice(1, -1).every((person) => team.numberOf(person) < 0 && !targets.has(person)) &&
    persons.every((person) => ((people[person] ?? 0) & marks.gone) === 0)
  );
}

/** mulberry32 */
function dice(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

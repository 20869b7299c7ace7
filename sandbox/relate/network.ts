import { buildLists, type Links } from '../../shared/relate/paths/build-lists.ts';
import { findPaths } from '../../shared/relate/paths/find-paths.ts';
import { openGraph } from '../../shared/relate/paths/graph.ts';
import { linkStrength } from '../../shared/relate/paths/link-strength.ts';
import { placeOf, strengthAt } from '../../shared/relate/paths/lists.ts';
import { foldTouches, turn } from '../../shared/relate/tie.ts';
import type { Touch } from '../../shared/relate/touch.ts';
import { responseFor, trustOf } from '../../shared/relate/trust.ts';
import type { Edge } from './read-edges.ts';

/** An edge list in memory, by names; strengths are as of the last time it names. */
export interface Network {
  names: string[];
  links: { a: number; b: number; ab: [fast: number, slow: number]; ba: [fast: number, slow: number] }[];
}

interface Pair {
  a: number;
  b: number;
  touches: Touch[];
  trust: number;
}

/** Takes edges in any order; `network` folds them. Contacts later than `nowMs` do not count. */
export function gather() {
  const numbers = new Map<string, number>();
  const pairs = new Map<string, Pair>();
  let lastMs = 0;
  const numberOf = (name: string) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
  return {
    take(edge: Edge): void {
      const [from, to] = [numberOf(edge.from), numberOf(edge.to)];
      const [a, b] = from < to ? [from, to] : [to, from];
      const pair = pairs.get(`${a} ${b}`) ?? { a, b, touches: [], trust: 0 };
      pairs.set(`${a} ${b}`, pair);
      if ('trust' in edge) pair.trust = Math.max(pair.trust, edge.trust);
      else {
        lastMs = Math.max(lastMs, edge.atMs);
        const { channel, others } = edge;
        pair.touches.push({ at: new Date(edge.atMs).toISOString(), minutes: 15, channel, others, way: from === a ? 'out' : 'in' });
      }
    },
    network(nowMs = lastMs): Network {
      const links = [...pairs.values()].map(({ a, b, touches, trust }) => {
        const tie = foldTouches(touches, nowMs, trust > 0 ? responseFor(trust) : 0);
        const [ab, ba] = [linkStrength(tie, nowMs, nowMs), linkStrength(turn(tie), nowMs, nowMs)];
        return { a, b, ab: [ab.fast, ab.slow] as [number, number], ba: [ba.fast, ba.slow] as [number, number] };
      });
      return { names: [...numbers.keys()], links };
    },
  };
}

export interface Way {
  score: number;
  people: string[];
  /** Of each step. */
  trust: number[];
}

/** The warmest ways from any of the team to somebody, exact. Throws for a name that is not in the list. */
export function waysTo({ names, links }: Network, to: string, team: readonly string[], most: number): Way[] {
  const numberOf = (name: string) => {
    const number = names.indexOf(name);
    if (number < 0) throw new Error(`Nobody in the list is called ${name}.`);
    return number;
  };
  const columns: Links = {
    a: Uint32Array.from(links, ({ a }) => a),
    b: Uint32Array.from(links, ({ b }) => b),
    abFast: Float32Array.from(links, ({ ab }) => ab[0]),
    abSlow: Float32Array.from(links, ({ ab }) => ab[1]),
    baFast: Float32Array.from(links, ({ ba }) => ba[0]),
    baSlow: Float32Array.from(links, ({ ba }) => ba[1]),
  };
  const { lists } = buildLists(names.length, columns);
  // Nothing is known of how active they are: everybody passes on alike.
  const graph = openGraph(lists, new Uint8Array(names.length).fill(15), team.map(numberOf));
  return findPaths(graph, { targets: [numberOf(to)], most }).map(({ score, persons }) => ({
    score,
    people: persons.map((person) => names[person] ?? ''),
    trust: persons.slice(1).map((person, at) => {
      const arcs = lists.of(person);
      return trustOf(strengthAt(arcs, placeOf(arcs, persons[at] ?? -1)));
    }),
  }));
}

/** Those with the most links, when nobody says who is ours. */
export function mostLinked({ names, links }: Network, count: number): string[] {
  const counts = new Uint32Array(names.length);
  for (const { a, b } of links) for (const end of [a, b]) counts[end] = (counts[end] ?? 0) + 1;
  return [...counts.keys()]
    .sort((one, two) => (counts[two] ?? 0) - (counts[one] ?? 0))
    .slice(0, count)
    .map((number) => names[number] ?? '');
}

import type { Path } from './best-paths.ts';
import { findPaths, type PathAsk } from './find-paths.ts';
import type { Graph } from './graph.ts';

export interface AfarPaths {
  paths: Path[];
  /** How often lists were fetched, each time many at once. */
  rounds: number;
  /** How many lists came. */
  fetched: number;
}

// The search asks warmest first, so what it asks for late in a round is seldom needed once the first have come.
const listsPerRound = 64;

/**
 * The same search where the lists lie with others (shards by person) and only what the graph keeps of everybody is here: it searches with
 * what it has, fetches the lists it lacked, and searches again until it lacked none. Exact, because the last search saw all it asked for.
 */
export async function findAfar(
  graph: Omit<Graph, 'lists'>,
  ask: PathAsk,
  fetchLists: (persons: readonly number[]) => Promise<readonly Uint16Array[]>,
): Promise<AfarPaths> {
  const here = new Map<number, Uint16Array>();
  for (let rounds = 0; ; rounds++) {
    const lacking = new Set<number>();
    const of = (person: number) => {
      const arcs = here.get(person);
      if (!arcs && lacking.size < listsPerRound) lacking.add(person);
      return arcs ?? nothing;
    };
    const paths = findPaths({ ...graph, lists: { of, put: () => {} } }, ask);
    if (lacking.size === 0) return { paths, rounds, fetched: here.size };
    const persons = [...lacking];
    const lists = await fetchLists(persons);
    for (const [at, person] of persons.entries()) here.set(person, lists[at] ?? nothing);
  }
}

const nothing = new Uint16Array(0);

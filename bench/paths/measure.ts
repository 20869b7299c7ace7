import { dice } from '../../sandbox/kit/dice.ts';
import { buildLists } from '../../shared/relate/paths/build-lists.ts';
import { findAfar } from '../../shared/relate/paths/find-afar.ts';
import { findPaths } from '../../shared/relate/paths/find-paths.ts';
import { type Graph, openGraph, rebuildReach } from '../../shared/relate/paths/graph.ts';
import { personAt, strengthAt, wordsPerArc } from '../../shared/relate/paths/lists.ts';
import { codeOf } from '../../shared/relate/paths/people.ts';
import { rankAccounts } from '../../shared/relate/paths/rank-accounts.ts';
import { setLink } from '../../shared/relate/paths/set-link.ts';
import { askPeer, type SqlFigures } from './ask-peer.ts';
import { makeNetwork } from './network.ts';
import { PagedLists } from './paged-lists.ts';
import { ageDays, least, round, type Spread, spreadOf, timed } from './times.ts';
import { measureWorkerd, type WorkerdFigures } from './workerd.ts';

export interface SizeFigures {
  persons: number;
  buildMs: number;
  reachMs: number;
  ramMs: Spread;
  /** The lists read from SQLite by node:sqlite, every row anew. */
  pagedMs: Spread & { mean: number };
  pagedMismatches: number;
  /** On disk, in SQLite. */
  bytesPerEdge: number;
  /** In memory when the lists are on disk. */
  bytesPerPerson: number;
  allAccountsMs: number;
  touchMs: Spread;
  /** Bounds lower than rebuilt ones after the touches; has to be 0. */
  boundsTooLow: number;
  /** With the lists sharded by person: fetches, one after the other, and lists they brought. */
  afar: { rounds: Spread; lists: Spread; mismatches: number };
  sql: SqlFigures | null;
  workerd: WorkerdFigures | null;
}

export async function measureSize(
  edges: number,
  file: string,
  sqlAsks: number,
  inWorkerd: boolean,
  say: (line: string) => void,
): Promise<SizeFigures> {
  const { persons, links, codes, team, accounts } = makeNetwork(edges);
  say(`${edges} links among ${persons} people made`);
  const builtMs = performance.now();
  const { lists } = buildLists(persons, links);
  const openedMs = performance.now();
  const graph = openGraph(lists, codes, team);
  const readyMs = performance.now();
  const ask = (targets: readonly number[], on: Graph = graph, most = 5) => findPaths(on, { targets, most, ageDays, least });
  for (let round = 0; round < 2; round++) for (const targets of accounts) ask(targets);
  const ramMs = spreadOf([0, 1, 2].flatMap(() => accounts.map((targets) => timed(() => ask(targets)))));
  const allAccountsMs = timed(() => rankAccounts(graph, accounts, { ageDays, least }));
  say(`in memory: ${JSON.stringify(ramMs)}, 1,000 accounts ranked in ${allAccountsMs.toFixed(1)} ms`);

  const paged = new PagedLists(file, lists, persons);
  const onDisk: Graph = { ...graph, lists: paged };
  for (const targets of accounts) ask(targets, onDisk);
  const pagedTimes = accounts.map((targets) => timed(() => ask(targets, onDisk)));
  const pagedMs = { ...spreadOf(pagedTimes), mean: round(pagedTimes.reduce((sum, ms) => sum + ms, 0) / pagedTimes.length) };
  const pagedMismatches = accounts.filter((targets) => JSON.stringify(ask(targets, onDisk)) !== JSON.stringify(ask(targets))).length;
  const bytesPerEdge = round(paged.bytes / edges);
  paged.close();
  const afar = await measureAfar(graph, accounts.slice(0, 300));
  say(`lists on shards: ${JSON.stringify(afar)}`);
  const resident = graph.people.byteLength + graph.team.bytes;
  say(`from SQLite: ${JSON.stringify(pagedMs)}, ${pagedMismatches} answers differ, ${bytesPerEdge} bytes a link`);

  const workerd = inWorkerd ? await measureWorkerd(graph, accounts, (targets) => ask(targets).map(({ score }) => score)) : null;
  if (workerd) say(`in workerd: ${JSON.stringify(workerd)}`);

  const sql = sqlAsks > 0 ? await askPeer(graph, accounts.slice(0, sqlAsks), say) : null;
  return {
    persons,
    buildMs: Math.round(openedMs - builtMs),
    reachMs: Math.round(readyMs - openedMs),
    ramMs,
    pagedMs,
    pagedMismatches,
    bytesPerEdge,
    bytesPerPerson: round(resident / persons),
    allAccountsMs: round(allAccountsMs),
    ...measureTouches(graph),
    afar,
    sql,
    workerd,
  };
}

async function measureAfar(graph: Graph, accounts: readonly number[][]): Promise<SizeFigures['afar']> {
  const [rounds, fetched]: [number[], number[]] = [[], []];
  let mismatches = 0;
  for (const targets of accounts) {
    const ask = { targets, ageDays, least };
    const answer = await findAfar(graph, ask, async (persons) => persons.map((person) => graph.lists.of(person)));
    rounds.push(answer.rounds);
    fetched.push(answer.fetched);
    if (JSON.stringify(answer.paths) !== JSON.stringify(findPaths(graph, ask))) mismatches++;
  }
  return { rounds: spreadOf(rounds), lists: spreadOf(fetched), mismatches };
}

/** 20,000 mails from somebody the team knows; then the bounds are compared with rebuilt ones. */
function measureTouches(graph: Graph): { touchMs: Spread; boundsTooLow: number } {
  const roll = dice(99);
  const { lists, team, people } = graph;
  const times = Array.from({ length: 20_000 }, () => {
    const member = team.members[Math.floor(roll() * team.members.length)] ?? 0;
    const known = lists.of(member);
    const at = Math.floor((roll() * known.length) / wordsPerArc) * wordsPerArc;
    const [person, strength] = [personAt(known, at), strengthAt(known, at)];
    return timed(() => setLink(graph, member, person, { fast: strength + 1, slow: 0.147 }, { fast: strength + 0.3, slow: 0.044 }));
  });
  const kept = people.slice();
  rebuildReach(graph);
  const isTooLow = (word: number, person: number) => [1, 2, 3].some((hops) => codeOf(kept[person] ?? 0, hops) > codeOf(word, hops));
  const boundsTooLow = people.filter(isTooLow).length;
  return { touchMs: spreadOf(times), boundsTooLow };
}

import { responseFor, trustOf } from '../trust.ts';
import { BestPaths, type Path } from './best-paths.ts';
import { factors, handOver } from './factor.ts';
import type { Graph } from './graph.ts';
import { fastAt, personAt, placeFor, slowAt, wordsPerArc } from './lists.ts';
import { orderTargets } from './order-targets.ts';
import { boundOf, marks } from './people.ts';
import { strengths } from './strength.ts';

export interface PathAsk {
  /** A person, or everybody of an account or a list. */
  targets: ArrayLike<number>;
  /** How many paths at most, each with its own introducer. */
  most?: number;
  /** Days since the lists' epoch; 0 or more. */
  ageDays?: number;
  /** Paths that do not score more than this are none. */
  least?: number;
  /** By members' numbers: 0 for whom the asker may not go through. */
  allow?: Uint8Array;
  minHops?: 1 | 2 | 3;
  maxHops?: 1 | 2 | 3;
}

/**
 * The warmest ways from the team to any of the targets, warmest first. Exact: no path of at most three hops is warmer.
 * A path goes through nobody of the team and no target. Throws RangeError for a target nobody has the number of.
 */
export function findPaths(graph: Graph, ask: PathAsk): Path[] {
  const { targets, most = 5, ageDays = 0, least = 0.002, minHops = 1, maxHops = 3 } = ask;
  const { people } = graph;
  const best = new BestPaths(most, least);
  const search: Search = {
    graph,
    best,
    allow: ask.allow ? graph.open.map((open, number) => (ask.allow?.[number] ? open : 0)) : graph.open,
    fastLeft: 2 ** (-Math.max(0, ageDays) / 14),
    slowLeft: 2 ** (-Math.max(0, ageDays) / 180),
    minHops,
    maxHops,
  };
  const order = orderTargets(targets, people, maxHops, least);
  for (let at = 0; at < order.length; at++) people[order[at] ?? 0] = (people[order[at] ?? 0] ?? 0) | marks.target;
  for (let at = 0; at < order.length; at++) {
    const target = order[at] ?? 0;
    const word = people[target] ?? 0;
    if (boundOf(word, maxHops) <= best.least) break;
    if ((word & (marks.member | marks.gone)) !== 0) continue;
    if (minHops === 1 && (word & marks.known) !== 0) takeDirect(search, target);
    if (maxHops > 1) takeIntroducers(search, target);
  }
  for (let at = 0; at < order.length; at++) people[order[at] ?? 0] = (people[order[at] ?? 0] ?? 0) & ~marks.target;
  return best.paths;
}

interface Search {
  graph: Graph;
  best: BestPaths;
  allow: Uint8Array;
  fastLeft: number;
  slowLeft: number;
  minHops: number;
  maxHops: number;
}

/** One hop: each member who knows the target introduces themself. */
function takeDirect({ graph: { team }, best, allow, fastLeft, slowLeft }: Search, target: number): void {
  const links = team.of(target);
  for (let at = 0; at < links.length; at += 3) {
    const number = links[at] ?? 0;
    if (allow[number] === 0) continue;
    const score = trustOf(fastLeft * (strengths[links[at + 1] ?? 0] ?? 0) + slowLeft * (strengths[links[at + 2] ?? 0] ?? 0));
    const member = team.members[number] ?? 0;
    if (score > best.least) best.offer(member, score, [member, target]);
  }
}

/** Two hops and more: whom the target answers, strongest first. */
function takeIntroducers(search: Search, target: number): void {
  const { graph, best, allow, fastLeft, slowLeft, minHops, maxHops } = search;
  const { lists, people, team } = graph;
  const arcs = lists.of(target);
  for (let at = 0; at < arcs.length; at += wordsPerArc) {
    const fast = strengths[fastAt(arcs, at)] ?? 0;
    const slow = strengths[slowAt(arcs, at)] ?? 0;
    // The slow scale fades least, so what follows in the list is never more than this.
    if ((fast + slow) * slowLeft <= responseFor(best.least / handOver)) break;
    const introducer = personAt(arcs, at);
    const word = people[introducer] ?? 0;
    const way = trustOf(fastLeft * fast + slowLeft * slow) * handOver * (factors[word & marks.factor] ?? 0);
    const bound = boundOf(word, maxHops - 1);
    if (way * bound <= best.least || (word & passBy) !== 0) continue;
    let shorter = 0;
    if (minHops < 3 && (word & marks.known) !== 0 && way * boundOf(word, 1) > best.least) {
      shorter = way * trustOf(team.best(introducer, fastLeft, slowLeft, allow));
      if (shorter > best.least) best.offer(introducer, shorter, [team.members[team.member] ?? 0, introducer, target]);
    }
    if (maxHops > 2 && way * bound > Math.max(best.least, shorter)) takeThird(search, way * handOver, introducer, target, shorter);
  }
}

/** Three hops: whom the introducer answers and the team knows. An introducer's longer way has to beat the `shorter` one. */
function takeThird(search: Search, way: number, introducer: number, target: number, shorter: number): void {
  const { graph, best, allow, fastLeft, slowLeft } = search;
  const { lists, people, team } = graph;
  const { known } = team;
  const arcs = lists.of(introducer);
  let least = Math.max(best.least, shorter);
  // Strong enough even if it had faded on the slow scale alone: most arcs are of people nobody here knows, and only their number is read.
  let end = placeFor(arcs, responseFor(least / way) / slowLeft);
  for (let at = 0; at < end; at += wordsPerArc) {
    const person = personAt(arcs, at);
    if ((((known[person >>> 5] ?? 0) >>> (person & 31)) & 1) === 0) continue;
    const word = people[person] ?? 0;
    if ((word & passBy) !== 0) continue;
    const response = fastLeft * (strengths[fastAt(arcs, at)] ?? 0) + slowLeft * (strengths[slowAt(arcs, at)] ?? 0);
    const whole = way * trustOf(response) * (factors[word & marks.factor] ?? 0);
    if (whole * boundOf(word, 1) <= least) continue;
    const score = whole * trustOf(team.best(person, fastLeft, slowLeft, allow));
    if (score <= least) continue;
    best.offer(introducer, score, [team.members[team.member] ?? 0, person, introducer, target]);
    least = score;
    end = placeFor(arcs, responseFor(least / way) / slowLeft);
  }
}

// Nobody of the team and no target stands in the middle of a path: the shorter way would be warmer.
const passBy = marks.member | marks.target | marks.gone;

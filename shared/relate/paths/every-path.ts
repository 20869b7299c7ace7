import { trustOf } from '../trust.ts';
import type { Path } from './best-paths.ts';
import { factors, handOver } from './factor.ts';
import type { PathAsk } from './find-paths.ts';
import type { Graph } from './graph.ts';
import { fastAt, personAt, slowAt, wordsPerArc } from './lists.ts';
import { marks } from './people.ts';
import { strengths } from './strength.ts';

/** What `findPaths` has to answer, found by walking every path: the definition, for graphs of a few people. */
export function everyPath({ persons, lists, people, team }: Graph, ask: PathAsk): Path[] {
  const { most = 5, ageDays = 0, least = 0.002, minHops = 1, maxHops = 3 } = ask;
  const targets = new Set(Array.from(ask.targets));
  const [fastLeft, slowLeft] = [2 ** (-ageDays / 14), 2 ** (-ageDays / 180)];
  const out = Array.from({ length: persons }, (): { to: number; trust: number }[] => []);
  for (let to = 0; to < persons; to++) {
    const arcs = lists.of(to);
    for (let at = 0; at < arcs.length; at += wordsPerArc)
      out[personAt(arcs, at)]?.push({
        to,
        trust: trustOf(fastLeft * (strengths[fastAt(arcs, at)] ?? 0) + slowLeft * (strengths[slowAt(arcs, at)] ?? 0)),
      });
  }
  const best = new Map<number, Path>();
  const has = (person: number, mark: number) => ((people[person] ?? 0) & mark) !== 0;
  const walk = (walked: number[], score: number) => {
    const here = walked.at(-1) ?? -1;
    for (const { to, trust } of out[here] ?? []) {
      if (walked.includes(to) || has(to, marks.member | marks.gone)) continue;
      const arrived = score * trust;
      if (targets.has(to)) {
        if (walked.length >= minHops && arrived > least && arrived > (best.get(here)?.score ?? 0))
          best.set(here, { score: arrived, persons: [...walked, to] });
      } else if (walked.length < maxHops) walk([...walked, to], arrived * (factors[(people[to] ?? 0) & marks.factor] ?? 0) * handOver);
    }
  };
  for (const [number, member] of team.members.entries()) if (ask.allow?.[number] !== 0 && !has(member, marks.gone)) walk([member], 1);
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, most);
}

import { factors } from './factor.ts';
import { findPaths, type PathAsk } from './find-paths.ts';
import type { Graph } from './graph.ts';
import { marks } from './people.ts';

export interface Warmth {
  /** Where it stood in what was asked. */
  account: number;
  /** 0 to 1: that one of its paths ends in an answer. */
  warmth: number;
}

/** Accounts (each the numbers of its people), warmest first: every path is a chance, and a quiet target answers less. */
export function rankAccounts(graph: Graph, accounts: readonly ArrayLike<number>[], ask: Omit<PathAsk, 'targets'> = {}): Warmth[] {
  return accounts
    .map((targets, account) => {
      let cold = 1;
      for (const { score, persons } of findPaths(graph, { ...ask, targets }))
        cold *= 1 - score * (factors[(graph.people[persons.at(-1) ?? 0] ?? 0) & marks.factor] ?? 0);
      return { account, warmth: 1 - cold };
    })
    .sort((a, b) => b.warmth - a.warmth || a.account - b.account);
}

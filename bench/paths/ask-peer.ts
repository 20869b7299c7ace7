import { findPaths } from '../../shared/relate/paths/find-paths.ts';
import type { Graph } from '../../shared/relate/paths/graph.ts';
import { openPeer } from './postgres-peer.ts';
import { ageDays, least, type Spread, spreadOf } from './times.ts';

export interface SqlFigures {
  version: string;
  postgresTuned: Spread;
  postgresRecursive: Spread;
  /** Answers with other scores than ours. */
  mismatches: number;
}

/** The same accounts asked of PostgreSQL, warm; null where none is installed. */
export async function askPeer(graph: Graph, accounts: readonly number[][], say: (line: string) => void): Promise<SqlFigures | null> {
  const peer = await openPeer(graph, ageDays, least);
  if (!peer) {
    say('no PostgreSQL on this machine: not compared');
    return null;
  }
  try {
    let mismatches = 0;
    const ask = async (way: 'tuned' | 'recursive') => {
      for (const targets of accounts.slice(0, 3)) await peer[way](targets);
      const times: number[] = [];
      for (const targets of accounts) {
        const startMs = performance.now();
        const scores = await peer[way](targets);
        times.push(performance.now() - startMs);
        const ours = findPaths(graph, { targets, ageDays, least }).map(({ score }) => score);
        if (ours.length !== scores.length || ours.some((score, at) => Math.abs(score - (scores[at] ?? 0)) > 1e-9)) mismatches++;
      }
      say(`PostgreSQL ${peer.version}, ${way}: ${JSON.stringify(spreadOf(times))}, ${mismatches} mismatches so far`);
      return spreadOf(times);
    };
    const postgresTuned = await ask('tuned');
    return { version: peer.version, postgresTuned, postgresRecursive: await ask('recursive'), mismatches };
  } finally {
    await peer.close();
  }
}

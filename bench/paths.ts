import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mismatchOf, randomCase } from '../shared/relate/paths/random-case.ts';
import { measureSize } from './paths/measure.ts';

/**
 * `npm run bench:paths -- --edges 100000,1000000,5000000 --sql-edges 5000000 --sql-asks 40 --workerd-edges 5000000`: the five warmest paths to each of 1,000 accounts of
 * 200 people, in memory and with the lists read from SQLite; the same asked of PostgreSQL, where one is installed, on graphs of up to
 * `--sql-edges`; the real object in workerd, up to `--workerd-edges`; and 10,000 small graphs against every path walked. One line of JSON last.
 */
const { values } = parseArgs({
  options: {
    edges: { type: 'string', default: '100000,1000000,5000000' },
    'sql-edges': { type: 'string', default: '5000000' },
    'sql-asks': { type: 'string', default: '40' },
    'workerd-edges': { type: 'string', default: '5000000' },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);

let bruteForceMismatches = 0;
for (let seed = 0; seed < 10_000; seed++) {
  const { graph, ask } = randomCase(seed);
  if (mismatchOf(graph, ask) !== null) bruteForceMismatches++;
}
say(`10,000 small graphs: ${bruteForceMismatches} mismatches`);

const folder = mkdtempSync(join(tmpdir(), 'ros-paths-'));
try {
  const result: Record<string, unknown> = {};
  const peers: Record<string, unknown> = {};
  let ratioToBestSql: number | null = null;
  for (const edges of values.edges.split(',').map(Number)) {
    const name = edges >= 1e6 ? `edges${edges / 1e6}M` : `edges${edges / 1e3}k`;
    const sqlAsks = edges <= Number(values['sql-edges']) ? Number(values['sql-asks']) : 0;
    const inWorkerd = edges <= Number(values['workerd-edges']);
    const { sql, workerd, ...measured } = await measureSize(edges, join(folder, `${name}.db`), sqlAsks, inWorkerd, say);
    result[name] = { ...measured, ...workerd };
    if (!sql) continue;
    peers[name] = sql;
    ratioToBestSql = Math.round(Math.min(sql.postgresTuned.p50, sql.postgresRecursive.p50) / measured.ramMs.p50);
  }
  // `ratioToBestSql` is of medians, on the largest graph that both were asked about.
  process.stdout.write(`${JSON.stringify({ ...result, peers, ratioToBestSql, bruteForceMismatches })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = bruteForceMismatches === 0 ? 0 : 1;

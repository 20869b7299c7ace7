import { writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { Network } from './eval-relate/network.ts';
import { linesOf, type Query, readTouches } from './eval-relate/read.ts';

const USAGE = 'Usage: npm run eval:relate -- touches.csv queries.jsonl out.jsonl [--horizon-days 28]   (plain or gzip)\n';

const refuse = (said: string): never => {
  stderr.write(said);
  exit(2);
};

const { values, positionals } = (() => {
  try {
    return parseArgs({ args: argv.slice(2), allowPositionals: true, options: { 'horizon-days': { type: 'string', default: '28' } } });
  } catch {
    return refuse(USAGE);
  }
})();
const [touchesPath, queriesPath, output] = positionals;
const horizonDays = Number(values['horizon-days']);
if (!touchesPath || !queriesPath || !output || positionals.length > 3 || !(horizonDays > 0)) refuse(USAGE);

const started = performance.now();
const { rows, refused, queries } = (() => {
  try {
    return { ...readTouches(linesOf(touchesPath ?? '')), queries: linesOf(queriesPath ?? '').map((line): Query => JSON.parse(line)) };
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : error}\n`);
  }
})();
const network = new Network();
const lines: string[] = [];
let next = 0;
for (const [index, { q, at, ego, candidates }] of [...queries.entries()].sort(([, a], [, b]) => a.at - b.at)) {
  const atMs = at * 1_000;
  for (let row = rows[next]; row && row.atMs < atMs; row = rows[++next]) network.add(row);
  const judged = candidates.map((other) => network.judge(String(ego), String(other), atMs));
  // A shorter horizon than the formula's 28 days, at the same pace.
  const trust = judged.map((it) => 1 - (1 - it.trust) ** (horizonDays / 28));
  lines[index] = `${JSON.stringify({ q, reach: judged.map((it) => it.reach), reply: judged.map((it) => it.reply), trust })}\n`;
}
writeFileSync(output ?? '', lines.join(''));
const ms = Math.round(performance.now() - started);
stdout.write(`${JSON.stringify({ ok: true, touches: rows.length, refused, queries: queries.length, horizonDays, ms })}\n`);

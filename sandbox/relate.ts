import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gather, mostLinked, type Network, waysTo } from './relate/network.ts';
import { readEdges } from './relate/read-edges.ts';

/**
 * `npm run relate -- import FILE`: reads any edge list (see `readEdges`) into `.state/relate.json`.
 * `npm run relate -- paths --to NAME [--team A,B] [--most 5]`: the warmest ways from the team to somebody in it. One line of JSON last.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string' },
    team: { type: 'string' },
    most: { type: 'string', default: '5' },
    state: { type: 'string', default: join(import.meta.dirname, '../.state/relate.json') },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);
const [command, file] = positionals;

try {
  if (command === 'import' && file !== undefined) await take(file);
  else if (command === 'paths' && values.to !== undefined) show(values.to);
  else throw new Error('Say `import FILE`, or `paths --to NAME` with --team A,B.');
} catch (error) {
  say(error instanceof Error ? error.message : 'That did not work.');
  process.exitCode = 1;
}

async function take(path: string): Promise<void> {
  const gathered = gather();
  const read = await readEdges(path, gathered.take, (share) => say(`${Math.round(share * 100)} % read`));
  say('folding what was read');
  const network = gathered.network();
  mkdirSync(dirname(values.state), { recursive: true });
  writeFileSync(values.state, JSON.stringify(network));
  process.stdout.write(`${JSON.stringify({ ...read, people: network.names.length, links: network.links.length })}\n`);
}

function show(to: string): void {
  const network = JSON.parse(readFileSync(values.state, 'utf8')) as Network;
  const team = values.team?.split(',') ?? mostLinked(network, 5).filter((name) => name !== to);
  if (values.team === undefined) say(`Nobody said who is ours, so the best linked stand for it: ${team.join(', ')}`);
  const ways = waysTo(network, to, team, Number(values.most));
  if (ways.length === 0) say('No verified warm path yet.');
  for (const { score, people, trust } of ways)
    say(`${score.toFixed(3)}  ${people.join(' → ')}  (${trust.map((one) => one.toFixed(2)).join(', ')})`);
  process.stdout.write(`${JSON.stringify({ to, team, ways })}\n`);
}

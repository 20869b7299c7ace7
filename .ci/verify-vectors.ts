/**
 * `npm run verify:vectors -- FILE`: what vendors and standards published (`{"groups":{"hubspot":[…],…}}`) against the code that the
 * product runs. Failures by id on stderr; exit 1 when there is one, 2 when the file cannot be used. JSON last on stdout.
 */
import { readFileSync, statSync } from 'node:fs';
import { type Verdict, verifyVectors } from './verify-vectors/verify.ts';

const FILE_BYTES_MAX = 64_000_000;
const say = (line: string) => process.stderr.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main([file, ...more]: string[]): Promise<number> {
  if (file === undefined || more.length > 0) return refuse('Say which file holds the vectors: npm run verify:vectors -- FILE');
  const bytes = read(file);
  if (!bytes) return refuse('The file of vectors cannot be read; check its path, and that it is no larger than 64 MB.');
  const groups = groupsOf(bytes);
  if (!groups) return refuse('The file holds no vectors: it should be JSON such as {"groups":{"hubspot":[{"id":"…"}]}}.');
  const verdict = await verifyVectors(groups);
  print(verdict);
  return verdict.failed === 0 ? 0 : 1;
}

function read(file: string): string | undefined {
  try {
    return statSync(file).size <= FILE_BYTES_MAX ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function groupsOf(bytes: string): Record<string, unknown[]> | undefined {
  try {
    const { groups } = JSON.parse(bytes) as { groups?: unknown };
    if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) return undefined;
    const lists = Object.entries(groups).filter((one): one is [string, unknown[]] => Array.isArray(one[1]));
    const isWhole = lists.length === Object.keys(groups).length && lists.some(([, vectors]) => vectors.length > 0);
    return isWhole ? Object.fromEntries(lists) : undefined;
  } catch {
    return undefined;
  }
}

function print({ passed, failed, groups, failures }: Verdict): void {
  for (const [name, tally] of Object.entries(groups)) say(`${name.padEnd(14)}${tally.passed} of ${tally.passed + tally.failed}`);
  for (const failure of failures) say(`FAILED ${failure}`);
  process.stdout.write(`${JSON.stringify({ passed, failed, groups })}\n`);
}

function refuse(why: string): number {
  say(why);
  return 2;
}

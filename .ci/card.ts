/**
 * `npm run card`: the packages this house was asked to be built of, each with where it serves, and the folders and files
 * that may lie at the top. A sentence on stderr for each thing that is missing; JSON last on stdout.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Kind = 'runtime' | 'tests' | 'tooling';

/** Package → where it is asked to serve. `runtime` is source that ships: the Worker, the cards, the Salesforce package. */
const packages: Readonly<Record<string, Kind>> = {
  '@hubspot/ui-extensions': 'runtime',
  '@hubspot/api-client': 'runtime',
  jsforce: 'runtime',
  '@salesforce/sfdx-lwc-jest': 'tests',
  hono: 'runtime',
  '@cloudflare/workers-types': 'tooling',
  wrangler: 'tooling',
  'drizzle-orm': 'runtime',
  '@neondatabase/serverless': 'runtime',
  '@deepgram/sdk': 'runtime',
  '@anthropic-ai/sdk': 'runtime',
  zod: 'runtime',
  vitest: 'tests',
  miniflare: 'tooling',
};

const needed = 'hubspot-app salesforce-app edge shared wrangler.toml sfdx-project.json package.json tsconfig.json README.md'.split(' ');
const allowed =
  '.ci docs sandbox bench package-lock.json LICENSE CONTRIBUTING.md SECURITY.md CHANGELOG.md .gitignore .npmrc .forceignore'.split(' ');

interface Use {
  /** Kind → files that use it there. */
  places: Record<Kind, string[]>;
  /** The decision record that says why it does not serve where it was asked to. */
  decision?: string;
}

/** `files`: path → text of everything that may use a package or decide about one. `tracked`: paths in git. */
export function checkCard(files: ReadonlyMap<string, string>, tracked: readonly string[]) {
  const names = Object.keys(packages);
  const decisions = [...files].filter(([path, text]) => /^docs\/decisions\/\d/.test(path) && !isInventory(names, text));
  const uses = new Map<string, Use>();
  const wrong: string[] = [];
  for (const [name, kind] of Object.entries(packages)) {
    const places: Use['places'] = { runtime: [], tests: [], tooling: [] };
    for (const [path, text] of files) if (isUsed(name, path, text)) places[kindOf(path, name)].push(path);
    const decision = places[kind].length > 0 ? undefined : decisions.find(([, text]) => mentions(text, name))?.[0];
    uses.set(name, { places, ...(decision ? { decision } : {}) });
    const isAnywhere = Object.values(places).some((found) => found.length > 0);
    if (places[kind].length > 0 || (decision && isAnywhere)) continue;
    wrong.push(`${name} is asked for in ${kind}, is ${isAnywhere ? 'not used there' : 'used nowhere'}, and no decision record says why.`);
  }
  const top = new Set(tracked.map((path) => path.split('/', 1)[0] ?? ''));
  for (const name of needed) if (!top.has(name)) wrong.push(`${name} is missing at the top of the repository.`);
  for (const name of top) if (![...needed, ...allowed].includes(name)) wrong.push(`${name} does not belong at the top of the repository.`);
  return { uses, wrong };
}

/** A record that names most packages says where each serves; it excuses none. */
const isInventory = (names: readonly string[], text: string) => names.filter((name) => mentions(text, name)).length > names.length / 2;

const escaped = (name: string) => name.replaceAll(/[/.]/g, '\\$&');
const mentions = (text: string, name: string) => new RegExp(`(^|[^\\w@/-])${escaped(name)}($|[^\\w/-])`).test(text);

/** Imported; or, for what is no module to import, named in the compiler's types or run by an npm script. */
function isUsed(name: string, path: string, text: string): boolean {
  if (/\.(ts|tsx|mjs|cjs|js)$/.test(path))
    return new RegExp(`(from|import|import\\(|require\\()\\s*['"]${escaped(name)}(/[^'"]*)?['"]`).test(text);
  if (/(^|\/)tsconfig\.json$/.test(path)) return text.includes(`"${name}"`);
  if (path !== 'package.json') return false;
  const { scripts = {} } = JSON.parse(text) as { scripts?: Record<string, string> };
  const command = name.split('/').at(-1) ?? name;
  return Object.values(scripts).some((script) => script.split(/\s+/).includes(command));
}

function kindOf(path: string, name: string): Kind {
  if (path === 'package.json') return packages[name] ?? 'tooling';
  if (/\.(test|contract)\.tsx?$|__tests__|\/test(-db)?[./]/.test(path)) return 'tests';
  return /^(edge|shared|hubspot-app|salesforce-app)\//.test(path) && !path.endsWith('tsconfig.json') ? 'runtime' : 'tooling';
}

function main(): number {
  const root = join(import.meta.dirname, '..');
  const git = (...args: string[]) =>
    execFileSync('git', ['ls-files', ...args], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  let tracked: string[];
  let present: string[];
  try {
    tracked = git();
    present = git('--cached', '--others', '--exclude-standard').filter((path) => existsSync(join(root, path)));
  } catch {
    process.stderr.write('The card is checked in a git checkout, and git cannot be asked here.\n');
    return 2;
  }
  // Its own test plants imports that are none.
  const read = present.filter(
    (path) => path !== '.ci/card.test.ts' && /\.(ts|tsx|mjs|cjs|js)$|(^|\/)(tsconfig|package)\.json$|^docs\/decisions\//.test(path),
  );
  const { uses, wrong } = checkCard(new Map(read.map((path) => [path, readFileSync(join(root, path), 'utf8')])), tracked);
  for (const [name, { places, decision }] of uses) process.stderr.write(`${name.padEnd(28)}${shown(places, decision)}\n`);
  for (const line of wrong) process.stderr.write(`WRONG ${line}\n`);
  process.stdout.write(`${JSON.stringify({ ok: wrong.length === 0, packages: uses.size, wrong: wrong.length })}\n`);
  return wrong.length === 0 ? 0 : 1;
}

function shown(places: Use['places'], decision: string | undefined): string {
  const kinds = Object.entries(places).filter(([, found]) => found.length > 0);
  const where = kinds.map(([kind, found]) => `${kind}: ${found[0]}${found.length > 1 ? ` and ${found.length - 1} more` : ''}`);
  return [...where, ...(decision ? [`why: ${decision}`] : [])].join(' · ') || 'nowhere';
}

if (import.meta.main) process.exitCode = main();

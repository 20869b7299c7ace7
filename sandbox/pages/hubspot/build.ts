import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const cardsDir = join(root, 'hubspot-app/src/app/cards');
/** HubSpot wants the settings in a folder of their own. */
const dirOf = (card: CardName) => (card === 'Settings' ? join(root, 'hubspot-app/src/app/settings') : cardsDir);
export const builtDir = join(root, '.build/hubspot');
export const cards = ['NextAction', 'Conversation', 'People', 'Settings'] as const;
export type CardName = (typeof cards)[number];

export const cardFile = (card: CardName) => join(builtDir, 'cards', card, `${card}.js`);

/**
 * Makes `.build/hubspot`: each card by HubSpot's own production build, byte for byte what an upload would run,
 * and the record page with its worker. Does nothing when no input changed.
 */
export async function buildHubspotPage(): Promise<void> {
  const stamp = join(builtDir, 'inputs');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  await mkdir(builtDir, { recursive: true });
  await Promise.all([buildPage(), buildCards()]);
  await writeFile(stamp, now);
}

async function buildCards(): Promise<void> {
  const { remoteBuild } = await import('@hubspot/ui-extensions-dev-server/build');
  const before = process.env.NODE_ENV;
  // Whoever asks, a test too, gets what HubSpot's servers would build.
  process.env.NODE_ENV = 'production';
  try {
    for (const card of cards)
      await remoteBuild({
        root: dirOf(card),
        entryPoint: join(dirOf(card), `${card}.tsx`),
        // A folder each: the build empties the one it writes to.
        outputDir: join(builtDir, 'cards', card),
        logLevel: 'error',
        appConfig: { variables: {} },
      });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function buildPage(): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: { page: join(import.meta.dirname, 'host.tsx'), worker: join(import.meta.dirname, 'worker.tsx') },
    outdir: builtDir,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

const sources = [
  'hubspot-app/src/app/cards/*.{ts,tsx,json}',
  'hubspot-app/src/app/cards/{parts,hooks}/*.{ts,tsx}',
  'hubspot-app/src/app/settings/*.{tsx,json}',
  'hubspot-app/src/app/packages/contracts/*',
  'sandbox/pages/hubspot/**/*.{ts,tsx}',
  'package-lock.json',
];

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
  for (const file of files) if (!file.includes('.test.')) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

if (import.meta.main) await buildHubspotPage();

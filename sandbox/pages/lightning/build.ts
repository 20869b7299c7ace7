import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSalesforce } from '../../../.ci/build-salesforce.ts';
import { bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const app = join(root, 'salesforce-app/main/default');
export const built = join(root, '.build/lightning');

/** Compiles the shipped components and the page round them into `.build/lightning/`; does nothing when nothing changed. */
export async function buildLightningPage(): Promise<void> {
  await buildSalesforce();
  const seal = join(built, 'inputs.sha256');
  const inputs = await hashOfInputs();
  if (existsSync(seal) && (await readFile(seal, 'utf8')) === inputs) return;
  const patience = setTimeout(() => console.error('Building the Lightning page (once, about 15 seconds) …'), 2000);
  try {
    await rm(built, { recursive: true, force: true });
    await mkdir(built, { recursive: true });
    await bundle({ app, out: built });
    await copyFile(join(root, 'node_modules/@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css'), join(built, 'slds.css'));
    await copyFile(fileURLToPath(new URL('page.css', import.meta.url)), join(built, 'page.css'));
    // Last, so that a build that was cut short is not taken for a whole one.
    await writeFile(seal, inputs);
  } finally {
    clearTimeout(patience);
  }
}

/** Source, labels, this page, and the versions of what compiles them. */
async function hashOfInputs(): Promise<string> {
  const files = [
    ...(await filesUnder(join(app, 'lwc'))),
    ...(await filesUnder(join(app, 'labels'))),
    ...(await filesUnder(fileURLToPath(new URL('.', import.meta.url)))),
    ...['lwc', '@lwc/rollup-plugin', 'lightning-base-components', '@salesforce-ux/design-system-2'].map((name) =>
      join(root, 'node_modules', name, 'package.json'),
    ),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

async function filesUnder(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.main) await buildLightningPage();

/**
 * Carries shared/contracts to the two hosts, which cannot import from outside their own folder.
 * `node .ci/contracts.ts` writes; `--check` exits 1 when what lies there is not what the contracts say.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

const root = join(import.meta.dirname, '..');
const banner = '// Generated from shared/contracts by `npm run contracts`. Do not edit.';
const card = 'hubspot-app/src/app/packages/contracts';
const lwc = 'salesforce-app/main/default/lwc/rosContracts';

/** Path from the root → text, of everything this script owns. */
export async function generate(): Promise<Map<string, string>> {
  const forCard = await bundle('index');
  const forLwc = await bundle('rosContracts');
  const files = new Map<string, string>();
  for (const [name, text] of forCard) files.set(`${card}/${name}`, text);
  // LWC resolves a sibling only without its extension.
  for (const [name, text] of forLwc) files.set(`${lwc}/${name}`, text.replaceAll(/(["'])\.\/zod\.js\1/g, '$1./zod$1'));
  files.set(`${card}/package.json`, packageJson);
  files.set(`${lwc}/rosContracts.js-meta.xml`, metaXml);
  return files;
}

async function bundle(main: string): Promise<[string, string][]> {
  const { output } = await build({
    cwd: root,
    input: { [main]: 'shared/contracts/index.ts' },
    logLevel: 'warn',
    write: false,
    transform: { target: 'es2021' },
    output: {
      format: 'esm',
      comments: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod/ }] },
    },
  });
  return output.map((file) => {
    if (file.type !== 'chunk') throw new Error(`contracts may only make code, not ${file.fileName}`);
    return [file.fileName, `${banner}\n${file.code.trimEnd()}\n`];
  });
}

const packageJson = `${JSON.stringify({ name: '@ros/contracts', version: '0.1.0', private: true, type: 'module', main: 'index.js' }, null, 2)}\n`;
const metaXml = `<?xml version="1.0" encoding="UTF-8" ?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    <isExposed>false</isExposed>
</LightningComponentBundle>
`;

async function differing(files: Map<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of files) {
    const there = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (there !== text) stale.push(path);
  }
  return stale;
}

if (import.meta.main) {
  const files = await generate();
  const stale = await differing(files);
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      console.error(`The hosts carry other contracts than shared/contracts: run \`npm run contracts\` and commit ${stale.join(', ')}.`);
      process.exitCode = 1;
    }
  } else {
    for (const path of stale) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), files.get(path) ?? '');
    }
    console.error(stale.length === 0 ? 'Contracts stand as they were.' : `Wrote ${stale.join(', ')}.`);
  }
}

/**
 * Makes the pages that the Worker serves from edge/pages/: the one that listens, HubSpot's calling window, and the live window.
 * `node .ci/browser-page.ts` writes the `…-made.ts` beside their routes; a test fails when what lies there was made from something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const app = join(root, 'edge', 'pages');

/** Where a page's sources are, below edge/pages/, what it needs beside its script, and what the Worker serves of it. */
export const pages = [
  { from: '.', workers: { worklet: 'worklet.ts' }, made: join(root, 'edge/capture/browser-page-made.ts') },
  { from: 'calling', workers: {}, made: join(root, 'edge/capture/phone/calling-page-made.ts') },
  { from: 'team', workers: {}, made: join(root, 'edge/guide/team-page-made.ts') },
  { from: 'live', workers: {}, made: join(root, 'edge/guide/window-page-made.ts') },
] as const;

export async function makePage({ from, workers }: (typeof pages)[number]): Promise<string> {
  const text = (name: string) => readFile(join(app, from, name), 'utf8');
  const [body, style, script] = await Promise.all([text('page.html'), text('page.css'), bundle(join(from, 'page.ts'))]);
  const others = await Promise.all(Object.entries(workers).map(async ([name, entry]) => [name, await bundle(join(from, entry))] as const));
  const parts = Object.entries({ body, style, script, ...Object.fromEntries(others) }).map(
    ([name, text]) => `export const ${name} =\n  ${JSON.stringify(text)};\n`,
  );
  return [
    `// Made from ${join('edge/pages', from)}/ by \`node .ci/browser-page.ts\`. Do not edit.`,
    '// biome-ignore-all format: made.',
    '// biome-ignore-all lint: made.',
    ...parts,
  ].join('\n');
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(app, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${entry} made nothing.`);
  // What stands inside a script element must not end it.
  return file.text.replaceAll('</script', '<\\/script');
}

if (import.meta.main) {
  for (const page of pages) {
    const text = await makePage(page);
    const there = await readFile(page.made, 'utf8').catch(() => '');
    if (text !== there) await writeFile(page.made, text);
    console.error(`${page.from === '.' ? 'listening' : page.from}: ${text === there ? 'stands as it was' : 'made'}`);
  }
}

/**
 * Makes the listening page that the Worker serves, from edge/pages/.
 * `node .ci/browser-page.ts` writes edge/capture/browser-page-made.ts; a test fails when what lies there was made from something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const app = join(root, 'edge', 'pages');
export const made = join(root, 'edge/capture/browser-page-made.ts');

export async function makePage(): Promise<string> {
  const [script, worklet] = await Promise.all([bundle('page.ts'), bundle('worklet.ts')]);
  const [body, style] = await Promise.all([readFile(join(app, 'page.html'), 'utf8'), readFile(join(app, 'page.css'), 'utf8')]);
  const parts = Object.entries({ body, style, script, worklet }).map(
    ([name, text]) => `export const ${name} =\n  ${JSON.stringify(text)};\n`,
  );
  return [
    '// Made from edge/pages/ by `node .ci/browser-page.ts`. Do not edit.',
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
  const text = await makePage();
  const there = await readFile(made, 'utf8').catch(() => '');
  if (text !== there) await writeFile(made, text);
  console.error(text === there ? 'The listening page stands as it was.' : 'Made the listening page.');
}

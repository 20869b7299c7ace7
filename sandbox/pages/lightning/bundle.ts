import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lwc from '@lwc/rollup-plugin';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import { transform } from 'esbuild';
import { type Plugin, rollup } from 'rollup';
import { platformImports } from './platform-imports.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Salesforce's own compiler over the components as they ship, with base components and stand-ins for the platform. */
export async function bundle({ app, out }: { app: string; out: string }): Promise<void> {
  const stubs = (name: string, file: string) => ({ name, path: join(here, 'stubs', file) });
  const made = await rollup({
    input: join(here, 'shell.ts'),
    // The base components repeat slots and import in circles; neither is ours to change.
    onwarn: () => undefined,
    plugins: [
      platformImports(labelsOf(await readFile(join(app, 'labels/CustomLabels.labels-meta.xml'), 'utf8'))),
      stripTypes(),
      lwc({
        rootDir: here,
        modules: [
          stubs('lightning/uiRecordApi', 'ui-record-api.ts'),
          stubs('lightning/navigation', 'navigation.ts'),
          stubs('lightning/platformShowToastEvent', 'toast.ts'),
          stubs('host/apex', 'apex.ts'),
          ...readdirSync(join(app, 'lwc')).map((name) => ({ name: `c/${name}`, path: mainFile(join(app, 'lwc', name, name)) })),
          { npm: 'lightning-base-components' },
          { npm: '@lwc/engine-dom' },
          { npm: '@lwc/synthetic-shadow' },
        ],
        enableDynamicComponents: true,
        disableSyntheticShadowSupport: false,
      }),
      replace({
        preventAssignment: true,
        values: {
          'process.env.NODE_ENV': '"production"',
          'import.meta.env.SSR': 'false',
          // The page draws with synthetic shadow, as orgs do; there the combobox must do without element internals.
          'features.enableComboboxElementInternals': 'false',
        },
      }),
      nodeResolve({ browser: true }),
    ],
  });
  await made.write({ dir: out, format: 'esm', entryFileNames: 'app.js', chunkFileNames: 'chunk-[name]-[hash].js' });
  await made.close();
}

/** A module without a script is a stylesheet that others import. */
const mainFile = (path: string): string => (existsSync(`${path}.js`) ? `${path}.js` : `${path}.css`);

const stripTypes = (): Plugin => ({
  name: 'strip-types',
  async transform(code, id) {
    if (!id.split('?', 1)[0]?.endsWith('.ts')) return null;
    return (await transform(code, { loader: 'ts', target: 'esnext' })).code;
  },
});

function labelsOf(xml: string): Map<string, string> {
  const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return new Map(
    [...xml.matchAll(/<fullName>(.*?)<[\s\S]*?<value>(.*?)<\/value>/g)].map(([, name, value]) => [`c.${name}`, plain(value ?? '')]),
  );
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const lwc = fileURLToPath(new URL('../salesforce-app/main/default/lwc', import.meta.url));

/** Emits each component's `.js` beside its `.ts`: types gone, decorators and class fields left for Salesforce's own compiler. */
export async function buildSalesforce(): Promise<void> {
  const files = (await readdir(lwc, { recursive: true })).filter((file) => file.endsWith('.ts') && !file.includes('__tests__'));
  await Promise.all(files.map((file) => emit(join(lwc, file))));
}

async function emit(file: string): Promise<void> {
  const { code } = await transform(readFileSync(file, 'utf8'), {
    loader: 'ts',
    target: 'esnext',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: false, useDefineForClassFields: true, verbatimModuleSyntax: true } },
  });
  const to = file.replace(/\.ts$/, '.js');
  // An unchanged file keeps its time, so that caches built on it stay warm.
  if (!existsSync(to) || readFileSync(to, 'utf8') !== code) writeFileSync(to, code);
}

if (import.meta.main) await buildSalesforce();

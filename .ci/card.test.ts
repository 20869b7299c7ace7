import { expect, test } from 'vitest';
import { checkCard } from './card.ts';

const top = 'hubspot-app/a salesforce-app/a edge/a shared/a wrangler.toml sfdx-project.json package.json tsconfig.json README.md'.split(
  ' ',
);
const runtime = ['hono', 'drizzle-orm', '@neondatabase/serverless', '@deepgram/sdk', '@anthropic-ai/sdk', 'zod/mini', 'jsforce'];
const house = {
  'edge/a.ts': [...runtime, '@hubspot/api-client'].map((name) => `import { a } from '${name}';`).join('\n'),
  'hubspot-app/src/a.tsx': "import { Text } from '@hubspot/ui-extensions';",
  'edge/a.test.ts': "import { test } from 'vitest';",
  'sandbox/host.ts': "import { Miniflare } from 'miniflare';\nimport { b } from 'wrangler';",
  'tsconfig.json': '{"compilerOptions":{"types":["@cloudflare/workers-types"]}}',
  'package.json': '{"scripts":{"test":"tsc && sfdx-lwc-jest -- --roots=a"}}',
};
const wrong = (changed: Record<string, string>, tracked = top) =>
  checkCard(new Map(Object.entries({ ...house, ...changed })), tracked).wrong;

test('a house that uses every package where it was asked to, with the right things at the top, is right', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({}, [...top, 'docs/map.md', '.ci/lint.json', 'bench/a.ts', 'LICENSE'])).toEqual([]);
});

test('finds a package that nobody uses, whatever a decision says', () => {
  const without = { 'edge/a.ts': house['edge/a.ts'].replace("'hono'", "'honolulu'") };
  const said = ['hono is asked for in runtime, is used nowhere, and no decision record says why.'];
  expect(wrong(without)).toEqual(said);
  expect(wrong({ ...without, 'docs/decisions/0001-a.md': 'We do without `hono`.' })).toEqual(said);
});

test('a package that only tests use wants a decision of its own; an inventory of all packages is none', () => {
  const moved = {
    'edge/a.ts': house['edge/a.ts'].replace("'jsforce'", "'x'"),
    'sandbox/a.test.ts': "import { Connection } from 'jsforce';",
  };
  const said = ['jsforce is asked for in runtime, is not used there, and no decision record says why.'];
  expect(wrong(moved)).toEqual(said);
  expect(wrong({ ...moved, 'docs/decisions/0001-a.md': '`jsforce` proves the twin.' })).toEqual([]);
  const all = [...runtime, '@hubspot/api-client', '@hubspot/ui-extensions', 'vitest', 'miniflare', 'wrangler', 'zod'].join(', ');
  expect(wrong({ ...moved, 'docs/decisions/0008-b.md': all })).toEqual(said);
});

test('finds what is missing at the top, and what does not belong there', () => {
  expect(wrong({}, [...top.filter((path) => path !== 'README.md'), 'src/a.ts'])).toEqual([
    'README.md is missing at the top of the repository.',
    'src does not belong at the top of the repository.',
  ]);
});

import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, expect, test } from 'vitest';
import doors from '../.ci/doors.cjs';

const planted = mkdtempSync(join(tmpdir(), 'doors-'));
afterAll(() => rmSync(planted, { recursive: true }));

async function look(places: string[], baseDir?: string): Promise<ICruiseResult['summary']> {
  const options = { ...doors.options, ...(baseDir ? { baseDir } : {}), ruleSet: { forbidden: doors.forbidden }, validate: true };
  const { output } = await cruise(places, options);
  if (typeof output === 'string') throw new Error(output);
  return output.summary;
}

test('every room keeps its door', async () => {
  const seen = await look(['shared', 'edge', 'sandbox', 'hubspot-app/src/app/cards']);
  // A cruiser that cannot read TypeScript finds nothing and calls it clean.
  expect(seen.totalCruised).toBeGreaterThan(200);
  expect(seen.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});

/** Rule, the file that breaks it, and what that file imports: a path, or the name of a package. */
const violations: [rule: string, from: string, to: string][] = [
  ['no-circles', 'shared/guide/step.ts', './play.ts'],
  ['shared-knows-no-platform', 'shared/guide/step.ts', '../../edge/env.ts'],
  ['contracts-know-only-the-kit', 'shared/contracts/job.ts', '../guide/play.ts'],
  ['the-kit-knows-nobody', 'shared/kit/time.ts', '../contracts/job.ts'],
  ['ports-are-types', 'edge/ports/crm.ts', '../act/plan.ts'],
  ['vendors-know-only-their-port', 'edge/vendors/hubspot/crm.ts', '../salesforce/crm.ts'],
  ['only-compose-picks-vendors', 'edge/act/plan.ts', '../vendors/hubspot/map.ts'],
  ['only-the-worker-composes', 'edge/jobs.ts', './compose.ts'],
  ['rooms-are-joined-in-one-place', 'edge/jobs.ts', './wire/act.ts'],
  ['sql-stays-in-stores', 'edge/act/plan.ts', 'drizzle-orm'],
  ['sdks-stay-with-vendors', 'edge/guide/ears.ts', '@deepgram/sdk'],
  ['cards-read-contracts-only', 'hubspot-app/src/app/cards/Next.tsx', '../../../../shared/guide/play.ts'],
  ['the-listening-page-knows-only-shared', 'edge/pages/line.ts', '../env.ts'],
  ['twins-share-nothing-with-the-product', 'sandbox/hubspot/state.ts', '../../shared/contracts/change.ts'],
  ['the-sandbox-speaks-only-protocols', 'sandbox/demo.ts', '../edge/env.ts'],
  ['the-product-knows-no-sandbox', 'edge/env.ts', '../sandbox/cast.ts'],
  ['capture-keeps-its-door', 'edge/capture/calls.ts', '../guide/ears.ts'],
  ['understand-keeps-its-door', 'edge/understand/extract.ts', '../wire/act.ts'],
  ['guide-keeps-its-door', 'edge/guide/ears.ts', '../capture/archive.ts'],
  ['act-keeps-its-door', 'edge/act/plan.ts', '../remember/fold.ts'],
  ['remember-keeps-its-door', 'edge/remember/fold.ts', '../relate/people.ts'],
  ['relate-keeps-its-door', 'edge/relate/people.ts', '../tenants/tokens.ts'],
  ['tenants-keeps-its-door', 'edge/tenants/tokens.ts', '../act/plan.ts'],
  ['capture-never-looks-ahead', 'shared/capture/frames.ts', '../understand/said.ts'],
  ['understand-never-looks-ahead', 'shared/understand/said.ts', '../relate/trust.ts'],
  ['guide-never-looks-ahead', 'shared/guide/play.ts', '../act/plan-changes.ts'],
  ['act-never-looks-ahead', 'shared/act/op-key.ts', '../remember/fold-memory.ts'],
  ['remember-never-looks-ahead', 'shared/remember/fold-memory.ts', '../relate/trust.ts'],
];

test('every rule is proven by a planted violation', () => {
  expect(violations.map(([rule]) => rule)).toEqual(doors.forbidden.map(({ name }) => name));
});

test.each(violations)('a planted violation of %s is caught', async (rule, from, to) => {
  const root = mkdtempSync(join(planted, 'tree-'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('tsconfig.json', '{}');
  const there = rule === 'no-circles' ? "export { here as there } from './step.ts';\n" : 'export const there = 1;\n';
  if (to.startsWith('.')) write(join(dirname(from), to), there);
  else {
    // A rule about a package matches installed ones alone.
    write(`node_modules/${to}/package.json`, JSON.stringify({ name: to, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${to}/index.js`, there);
  }
  write(from, `import { there } from '${to}';\nexport const here = there;\n`);
  const { violations } = await look(['.'], root);
  expect(violations.map((violation) => violation.rule.name)).toContain(rule);
});

test('what decides reads no clock and throws no dice', () => {
  const files = globSync('shared/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(60);
  const taken = files.flatMap((file) => {
    const found = readFileSync(file, 'utf8').match(/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\./g);
    return (found ?? []).map((call) => `${file}: ${call}`);
  });
  expect(taken).toEqual([]);
});

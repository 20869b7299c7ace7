import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test.each([
  ['shared-knows-no-platform', 'shared/guide/step.ts', '../../edge/env.ts'],
  ['contracts-know-only-the-kit', 'shared/contracts/job.ts', '../guide/play.ts'],
  ['the-kit-knows-nobody', 'shared/kit/time.ts', '../contracts/job.ts'],
  ['ports-are-types', 'edge/ports/crm.ts', '../act/plan.ts'],
  ['vendors-know-only-their-port', 'edge/vendors/hubspot/crm.ts', '../salesforce/crm.ts'],
  ['only-compose-picks-vendors', 'edge/act/plan.ts', '../vendors/hubspot/map.ts'],
  ['only-the-worker-composes', 'edge/jobs.ts', './compose.ts'],
  ['only-services-wires', 'edge/jobs.ts', './wire/act.ts'],
  ['cards-read-contracts-only', 'hubspot-app/src/app/cards/Next.tsx', '../../../../shared/guide/play.ts'],
  ['twins-share-nothing-with-the-product', 'sandbox/hubspot/state.ts', '../../shared/contracts/change.ts'],
  ['the-sandbox-speaks-only-protocols', 'sandbox/demo.ts', '../edge/env.ts'],
  ['the-product-knows-no-sandbox', 'edge/env.ts', '../sandbox/cast.ts'],
  ['act-keeps-its-door', 'edge/act/plan.ts', '../remember/fold.ts'],
  ['guide-never-looks-ahead', 'shared/guide/play.ts', '../act/plan-changes.ts'],
])('a planted violation of %s is caught', async (rule, from, to) => {
  const root = mkdtempSync(join(planted, 'tree-'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('tsconfig.json', '{}');
  write(join(dirname(from), to), 'export const there = 1;\n');
  write(from, `import { there } from '${to}';\nexport const here = there;\n`);
  const { violations } = await look(['.'], root);
  expect(violations.map((violation) => violation.rule.name)).toContain(rule);
});

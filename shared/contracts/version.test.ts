import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import * as contracts from './index.ts';

/** What version `version` looks like. A card that a portal still has open speaks the version it was built with. */
const known = { version: 6, fingerprint: 'bb1464e23981bc8f' };

test('a contract whose shape moved has a new version', () => {
  const fingerprint = createHash('sha256').update(JSON.stringify(shapes())).digest('hex').slice(0, 16);
  const todo = `A contract's shape moved. Raise CONTRACTS_VERSION in version.ts by one with a line that says what moved, set \`known\` in version.test.ts to { version: ${contracts.CONTRACTS_VERSION + 1}, fingerprint: '${fingerprint}' }, and run \`npm run contracts\`.`;
  expect({ version: contracts.CONTRACTS_VERSION, fingerprint }, todo).toEqual(known);
});

/** Every exported schema as JSON Schema, in the order of their names; `answer` is tried with a string. */
function shapes(): Record<string, unknown> {
  const found: Record<string, unknown> = { answer: z.toJSONSchema(contracts.answer(z.string())) };
  for (const [name, value] of Object.entries(contracts)) if (value instanceof z.core.$ZodType) found[name] = z.toJSONSchema(value);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { afterAll, beforeAll, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { hubspotSide } from './hubspot-side.ts';
import { salesforceSide } from './salesforce-side.ts';
import type { Side } from './side.ts';

/**
 * What a file of tests plays on: the Worker that ships, a real database, and both CRMs' twins. One for each file, because a portal answers
 * so many requests in 10 s and no more. Every test has deals of its own.
 */
export function openStage() {
  let sandbox: Sandbox | undefined;
  let sides: Record<Side['host'], Side> | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, speed: 1 });
    sides = { hubspot: await hubspotSide(sandbox), salesforce: await salesforceSide(sandbox) };
  }, 120_000);
  afterAll(() => sandbox?.close());
  return {
    at: (host: Side['host']) => (sides as NonNullable<typeof sides>)[host],
    sandbox: () => sandbox as Sandbox,
  };
}

/** One after the other, so that neither CRM gets more in a second than it allows. */
export const both = test.each(['hubspot', 'salesforce'] as const);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { startHubspot } from './protocol.ts';

test('what was written and granted outlives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
  const stateFile = join(folder, 'state.json');
  const first = await startHubspot({ port: 0, stateFile });
  const { accessToken } = first.grant();
  const ask = (origin: string, method: string, body?: unknown) =>
    fetch(`${origin}/crm/objects/2026-09/deals/${cast.hubspot.dealId}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  await ask(first.origin, 'PATCH', { properties: { dealstage: cast.hubspot.nextStage } });
  await first.close();
  const second = await startHubspot({ port: 0, stateFile });
  const read = (await (await ask(second.origin, 'GET')).json()) as { properties: { dealstage: string } };
  await second.close();
  rmSync(folder, { recursive: true });
  expect(read.properties.dealstage).toBe(cast.hubspot.nextStage);
});

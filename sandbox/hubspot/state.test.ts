import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('a state file of an older sandbox gets what it lacks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
  const stateFile = join(folder, 'state.json');
  const first = await startHubspot({ port: 0, stateFile });
  first.people.edit('deals', cast.hubspot.dealId, { amount: '1' });
  await first.close();
  const { rules, labels, merged, blocked, appId, ...old } = JSON.parse(readFileSync(stateFile, 'utf8'));
  delete old.rows.emails;
  delete old.rows.deals[cast.hubspot.dealId].by;
  writeFileSync(stateFile, JSON.stringify(old));
  const second = await startHubspot({ port: 0, stateFile });
  await second.close();
  rmSync(folder, { recursive: true });
  expect([second.state.rules, second.state.labels, second.state.merged, second.state.blocked, second.state.appId]).toEqual([
    rules,
    labels,
    merged,
    blocked,
    appId,
  ]);
  expect([second.state.rows.emails, second.state.rows.deals[cast.hubspot.dealId]?.properties.amount]).toEqual([{}, '1']);
});

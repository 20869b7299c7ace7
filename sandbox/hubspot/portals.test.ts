import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { declared } from './authorize.ts';
import { type Hubspot, type HubspotOptions, type HubspotPortal, startHubspot } from './protocol.ts';

const { portalId, dealId, clientId, clientSecret, stage, nextStage } = cast.hubspot;
const second = portalId + 1;
const deal = `/crm/objects/2026-09/deals/${dealId}`;

let hubspot: Hubspot | undefined;
afterEach(() => hubspot?.close());

test('portals are seeded alike, and what is written in one is not in the other', async () => {
  const { two } = await start();
  expect(hubspot?.portals.map((one) => [one.portalId, one.state.portalId, one.state.rows.deals[dealId]?.properties.dealstage])).toEqual([
    [portalId, portalId, stage],
    [second, second, stage],
  ]);
  await ask(two.grant().accessToken, 'PATCH', { properties: { dealstage: nextStage } });
  expect(hubspot?.portals.map((one) => one.state.rows.deals[dealId]?.properties.dealstage)).toEqual([stage, nextStage]);
});

test('a token that names another portal opens neither', async () => {
  const { one } = await start();
  const { accessToken } = one.grant();
  const bent = accessToken.replace(String(portalId), String(second));
  expect([(await ask(bent, 'GET')).status, (await ask(accessToken, 'GET')).status]).toEqual([401, 200]);
});

test('each portal has its own rate, counts and faults', async () => {
  const { one, two } = await start({ rates: { perTenSeconds: 1, searchesPerSecond: 1 } });
  hubspot?.setFaults({ share: 1, kinds: ['locked'], only: (_, __, id) => id === second });
  const [first, other] = [one.grant().accessToken, two.grant().accessToken];
  const statuses = [(await ask(first, 'GET')).status, (await ask(first, 'GET')).status, (await ask(other, 'GET')).status];
  expect(statuses).toEqual([200, 429, 423]);
  expect([one.count(), two.count()]).toMatchObject([
    { requests: 2, limited: 1, faults: 0 },
    { requests: 1, limited: 0, faults: 1 },
  ]);
});

test('the consent page connects the portal that was chosen, and its code gives tokens of it alone', async () => {
  await start();
  const asked = { client_id: clientId, redirect_uri: declared.redirectUrls[0] ?? '', scope: declared.requiredScopes.join(' '), state: 's' };
  const page = (further: Record<string, string>) =>
    fetch(`${hubspot?.origin}/oauth/authorize?${new URLSearchParams({ ...asked, ...further })}`, { redirect: 'manual' });
  const agreed = await page({ sandbox_approve: '1', sandbox_portal: String(second) });
  const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const taken = await fetch(`${hubspot?.origin}/oauth/2026-09/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: asked.redirect_uri,
      code,
    }),
  });
  const { hub_id, access_token } = (await taken.json()) as { hub_id: number; access_token: string };
  expect([hub_id, hubspot?.portals.map((one) => access_token in one.state.access)]).toEqual([second, [false, true]]);
  expect((await page({ sandbox_approve: '1', sandbox_portal: '1' })).status).toBe(400);
  expect(await (await page({ sandbox_portal: String(second) })).text()).toContain(`<option selected>${second}</option>`);
});

test('every portal outlives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
  const stateFile = join(folder, 'state.json');
  const { one, two } = await start({ stateFile });
  const tokens = [one.grant().accessToken, two.grant().accessToken];
  await ask(tokens[1] ?? '', 'PATCH', { properties: { dealstage: nextStage } });
  await hubspot?.close();
  const again = await start({ stateFile });
  const stages = [again.one, again.two].map(({ state }) => state.rows.deals[dealId]?.properties.dealstage);
  const statuses = [(await ask(tokens[0] ?? '', 'GET')).status, (await ask(tokens[1] ?? '', 'GET')).status];
  rmSync(folder, { recursive: true });
  expect([stages, statuses]).toEqual([
    [stage, nextStage],
    [200, 200],
  ]);
});

test('refuses to show a portal that is not there', async () => {
  await start();
  expect(() => hubspot?.portal(1)).toThrow('no portal 1');
});

async function start(options: Partial<HubspotOptions> = {}): Promise<{ one: HubspotPortal; two: HubspotPortal }> {
  hubspot = await startHubspot({ port: 0, portals: 2, ...options });
  return { one: hubspot.portal(portalId), two: hubspot.portal(second) };
}

const ask = (token: string, method: string, body?: unknown) =>
  fetch(`${hubspot?.origin}${deal}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

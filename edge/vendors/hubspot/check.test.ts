import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { hubspotCheck } from './check.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('of what we wrote it says which is missing', async () => {
  const hubspot = await startHubspot({ port: 0 });
  closing.push(hubspot.close);
  const { accessToken } = hubspot.grant();
  const check = hubspotCheck({ api: hubspot.origin, token: async () => ok(accessToken) });
  const crmId = hubspot.logCallByOther({
    startedAt: '2026-11-20T15:00:00.000Z',
    durationMs: 1_000,
    source: 'aircall',
    contactId: cast.hubspot.contactId,
  });
  expect(
    await check.missing([
      { kind: 'log-call', crmId },
      { kind: 'log-call', crmId: '99999' },
      { kind: 'add-task', crmId: '88888' },
    ]),
  ).toEqual(ok(['99999', '88888']));
});

import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { hubspotCalendar } from './calendar.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('meetings that begin in that time, with their records and their host; what was called off is none', async () => {
  const hubspot = await startHubspot({ port: 0 });
  closing.push(hubspot.close);
  hubspot.state.rules.searchLagMs = 0;
  const { accessToken } = hubspot.grant();
  const { dealId, contactId, rep } = cast.hubspot;
  const plan = async (startsAt: string, more: Record<string, string> = {}) => {
    const tie = (id: string, associationTypeId: number) => ({
      to: { id },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
    });
    const properties = { hs_timestamp: startsAt, hs_meeting_start_time: startsAt, hubspot_owner_id: rep.ownerId, ...more };
    const made = await fetch(`${hubspot.origin}/crm/objects/2026-09/meetings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ properties, associations: [tie(dealId, 212), tie(contactId, 200)] }),
    });
    return ((await made.json()) as { id: string }).id;
  };
  const calendar = hubspotCalendar({ api: hubspot.origin, token: async () => ok(accessToken) });
  const [from, to] = ['2026-11-23T14:00:00.000Z', '2026-11-23T15:00:00.000Z'];
  expect(await calendar.between(from, to)).toEqual(ok([]));
  const id = await plan('2026-11-23T14:15:00.000Z');
  await plan('2026-11-23T14:30:00.000Z', { hs_meeting_outcome: 'CANCELED' });
  await plan('2026-11-23T16:00:00.000Z');
  expect(await calendar.between(from, to)).toEqual(
    ok([
      {
        id,
        startsAt: '2026-11-23T14:15:00.000Z',
        about: [
          { object: 'deal', id: dealId },
          { object: 'contact', id: contactId },
        ],
        host: { id: String(rep.userId), email: cast.rep.email },
      },
    ]),
  );
});

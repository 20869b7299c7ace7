import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { hubspotPhones } from './phones.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('a deal’s people come with their numbers as typed, and a record that is not there has none', async () => {
  const hubspot = await startHubspot({ port: 0 });
  closing.push(hubspot.close);
  const { accessToken } = hubspot.grant();
  const { phonesOf } = hubspotPhones({ api: hubspot.origin, token: async () => ok(accessToken) });
  const { dealId, contactId } = cast.hubspot;
  const maya = await phonesOf({ object: 'contact', id: contactId });
  expect(maya).toMatchObject(ok([{ of: { object: 'contact', id: contactId }, name: cast.customer.name }]));
  expect(await phonesOf({ object: 'deal', id: dealId })).toEqual(maya);
  expect(await phonesOf({ object: 'deal', id: '999999' })).toMatchObject({ ok: false, fault: { kind: 'gone' } });
  expect(await phonesOf({ object: 'lead', id: '1' })).toMatchObject({ ok: false, fault: { kind: 'gone' } });
});

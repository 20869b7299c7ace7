import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { noon, type TwinUnderTest, tie, twinUnderTest } from './twin-under-test.ts';

const { appId, colleague, companyId, contactId, dealId, rep, teammate } = cast.hubspot;
const contacts = '/objects/2026-09/contacts';
const deals = '/objects/2026-09/deals';

let twin: TwinUnderTest;
let ask: TwinUnderTest['ask'];
beforeEach(async () => {
  twin = await twinUnderTest();
  ask = twin.ask;
});
afterEach(() => twin.hubspot.close());

test('a property tells who gave it which value and when, newest first', async () => {
  twin.clock.now += 1_000;
  await ask('PATCH', `${deals}/${dealId}`, { properties: { amount: '90000' } });
  twin.clock.now += 1_000;
  twin.hubspot.people.edit('deals', dealId, { amount: '80000' }, { userId: teammate.userId });
  await ask('PATCH', `${deals}/${dealId}`, { properties: { amount: '80000' } });
  const { body } = await ask('GET', `${deals}/${dealId}?propertiesWithHistory=amount`);
  expect(body.properties.amount).toBe('80000');
  expect(body.propertiesWithHistory).toEqual({
    amount: [
      {
        value: '80000',
        timestamp: '2026-11-20T12:00:02.000Z',
        sourceType: 'CRM_UI',
        sourceId: `userId:${teammate.userId}`,
        updatedByUserId: teammate.userId,
      },
      { value: '90000', timestamp: '2026-11-20T12:00:01.000Z', sourceType: 'INTEGRATION', sourceId: String(appId) },
      {
        value: String(cast.deal.amount),
        timestamp: noon,
        sourceType: 'CRM_UI',
        sourceId: `userId:${rep.userId}`,
        updatedByUserId: rep.userId,
      },
    ],
  });
});

test('a batch reads history too, for fifty records at most', async () => {
  const read = (count: number) =>
    ask('POST', `${deals}/batch/read`, { inputs: Array(count).fill({ id: dealId }), properties: [], propertiesWithHistory: ['dealstage'] });
  expect((await read(1)).body.results[0].propertiesWithHistory.dealstage[0].value).toBe(cast.hubspot.stage);
  expect((await read(51)).status).toBe(400);
});

test('history is bounded', async () => {
  for (let n = 0; n < 30; n++) twin.hubspot.people.edit('deals', dealId, { amount: String(n) });
  const { body } = await ask('GET', `${deals}/${dealId}?propertiesWithHistory=amount`);
  expect([body.propertiesWithHistory.amount.length, body.propertiesWithHistory.amount[0].value]).toEqual([20, '29']);
});

test('a merge makes a third record that both old ids lead to', async () => {
  const other = twin.hubspot.people.add('contacts', { email: 'm.l@cobaltfreight.example', firstname: 'M', mobilephone: '+14155550199' });
  const call = await ask('POST', '/objects/2026-09/calls', { properties: { hs_timestamp: noon }, associations: [tie(other, 194)] });
  const merged = await ask('POST', `${contacts}/merge`, { primaryObjectId: contactId, objectIdToMerge: other });
  const id = merged.body.id;
  expect([contactId, other].includes(id)).toBe(false);
  for (const old of [contactId, other]) {
    const { body } = await ask('GET', `${contacts}/${old}?properties=firstname,email,mobilephone,hs_merged_object_ids`);
    expect([
      body.id,
      body.properties.firstname,
      body.properties.email,
      body.properties.mobilephone,
      body.properties.hs_merged_object_ids,
    ]).toEqual([id, cast.customer.first, cast.customer.email, '+14155550199', `${contactId};${other}`]);
  }
  expect((await ask('GET', `${contacts}/m.l@cobaltfreight.example?idProperty=email`)).body.id).toBe(id);
  const ties = await ask('POST', '/associations/2026-09/contacts/calls/batch/read', { inputs: [{ id }] });
  expect(ties.body.results[0].to.map((one: { toObjectId: string }) => one.toObjectId)).toEqual([call.body.id]);
  const dealTies = await ask('POST', '/associations/2026-09/deals/contacts/batch/read', { inputs: [{ id: dealId }] });
  expect(dealTies.body.results[0].to.map((one: { toObjectId: string }) => one.toObjectId)).toEqual([id]);
  expect(twin.hubspot.timeline('contacts', other).map((entry) => entry.id)).toEqual([call.body.id]);
  const later = await ask('PATCH', `${contacts}/${other}`, { properties: { jobtitle: 'COO' } });
  expect(later.body.id).toBe(id);
});

test('only one company stays the primary one, and it is the primary record’s', async () => {
  const other = twin.hubspot.people.add('contacts', { email: 'second@x.example' });
  const company = twin.hubspot.people.add('companies', { name: 'Other' });
  const primary = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 };
  await ask('PUT', `${contacts}/${contactId}/associations/companies/${companyId}`, [primary]);
  await ask('PUT', `${contacts}/${other}/associations/companies/${company}`, [primary]);
  const id = twin.hubspot.people.merge('contacts', contactId, other);
  const links = twin.hubspot.state.links[`contacts/${id}`]?.companies;
  expect([links?.[companyId]?.includes(1), links?.[company]]).toEqual([true, [279]]);
});

test('nobody merges a record with itself, with one that is not there, or an activity', async () => {
  const merge = async (path: string, objectIdToMerge: string) =>
    (await ask('POST', `${path}/merge`, { primaryObjectId: contactId, objectIdToMerge })).status;
  expect([await merge(contacts, contactId), await merge(contacts, '1'), await merge('/objects/2026-09/calls', '1')]).toEqual([
    400, 404, 404,
  ]);
});

test('a privacy deletion takes the contact, what was said with it, and its address for good', async () => {
  const call = await ask('POST', '/objects/2026-09/calls', { properties: { hs_timestamp: noon }, associations: [tie(contactId, 194)] });
  expect((await ask('POST', `${contacts}/gdpr-delete`, { objectId: cast.customer.email, idProperty: 'email' })).status).toBe(204);
  expect((await ask('GET', `${contacts}/${contactId}`)).status).toBe(404);
  expect((await ask('GET', `/objects/2026-09/calls/${call.body.id}`)).status).toBe(404);
  expect((await ask('POST', contacts, { properties: { email: cast.customer.email }, associations: [] })).status).toBe(400);
  expect((await ask('POST', `${contacts}/gdpr-delete`, { objectId: 'nobody@x.example', idProperty: 'email' })).status).toBe(204);
  expect((await ask('POST', contacts, { properties: { email: 'nobody@x.example' }, associations: [] })).status).toBe(400);
});

test('what a person archived is gone for the API', async () => {
  twin.hubspot.people.archive('deals', dealId);
  expect((await ask('GET', `${deals}/${dealId}`)).status).toBe(404);
});

test('another integration’s call is on contact and deal, and says whose it is', async () => {
  const id = twin.hubspot.logCallByOther({ source: 'aircall', contactId, dealId, startedAt: noon, durationMs: 60_000, externalId: 'ac-1' });
  const names = 'hs_call_source,hs_call_app_id,hs_call_external_id,hs_object_source,hs_object_source_id,hs_object_source_detail_1';
  const { body } = await ask('GET', `/objects/2026-09/calls/${id}?properties=${names}&associations=contacts,deals`);
  expect(body.properties).toMatchObject({
    hs_call_source: 'INTEGRATIONS_PLATFORM',
    hs_call_app_id: '27634',
    hs_call_external_id: 'ac-1',
    hs_object_source: 'INTEGRATION',
    hs_object_source_id: '27634',
    hs_object_source_detail_1: 'Aircall',
  });
  expect([body.associations.contacts.results[0].id, body.associations.deals.results[0].id]).toEqual([contactId, dealId]);
  const own = twin.hubspot.logCallByOther({ source: 'hubspot-calling', contactId, startedAt: noon, durationMs: 1 });
  expect(twin.hubspot.state.rows.calls[own]?.properties).toMatchObject({ hs_object_source: 'CRM_UI' });
});

test('the rep has a teammate, and the colleague is in another team', () => {
  const teamOf = (ownerId: string) => twin.hubspot.state.owners.find(({ id }) => id === ownerId)?.teams[0]?.id;
  expect(teamOf(teammate.ownerId)).toBe(teamOf(rep.ownerId));
  expect(teamOf(colleague.ownerId)).not.toBe(teamOf(rep.ownerId));
});

import { Client } from '@hubspot/api-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type Hubspot, startHubspot } from './protocol.ts';

/** HubSpot's own client, pointed at the twin: what it can do here it can do there. */
describe('@hubspot/api-client', () => {
  let hubspot: Hubspot;
  let client: Client;
  let now = Date.parse('2026-11-20T15:00:00Z');
  beforeEach(async () => {
    hubspot = await startHubspot({ port: 0, now: () => now });
    client = new Client({ accessToken: hubspot.grant().accessToken, basePath: hubspot.origin });
  });
  afterEach(() => hubspot.close());

  test('creates, reads, changes and archives a contact', async () => {
    const made = await client.crm.contacts.basicApi.create({
      properties: { email: 'new@saltmarsh.example', firstname: 'New' },
      associations: [],
    });
    await client.crm.contacts.basicApi.update(made.id, { properties: { lastname: 'Person' } });
    const read = await client.crm.contacts.basicApi.getById(made.id, ['firstname', 'lastname', 'phone']);
    expect([read.properties.firstname, read.properties.lastname, read.properties.phone]).toEqual(['New', 'Person', null]);
    await client.crm.contacts.basicApi.archive(made.id);
    await expect(client.crm.contacts.basicApi.getById(made.id)).rejects.toMatchObject({ code: 404 });
  });

  test('reads a deal with its associations', async () => {
    const deal = await client.crm.deals.basicApi.getById(cast.hubspot.dealId, ['dealname', 'dealstage'], undefined, [
      'contacts',
      'companies',
    ]);
    expect(deal.properties.dealstage).toBe(cast.hubspot.stage);
    expect(deal.associations?.contacts?.results.map(({ id }) => id)).toEqual([cast.hubspot.contactId]);
  });

  test('pages through a list', async () => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await client.crm.contacts.basicApi.getPage(2, after);
      ids.push(...page.results.map(({ id }) => id));
      after = page.paging?.next?.after;
    } while (after);
    expect(ids).toEqual(Object.keys(hubspot.state.rows.contacts));
  });

  test('searches, and finds what is new only after the index has caught up', async () => {
    const byEmail = (email: string) => ({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ' as never, value: email }] }],
      properties: ['email'],
      limit: 5,
      after: '0',
      sorts: [],
    });
    const seeded = await client.crm.contacts.searchApi.doSearch(byEmail(cast.customer.email));
    expect(seeded.results.map(({ id }) => id)).toEqual([cast.hubspot.contactId]);
    await client.crm.contacts.basicApi.create({ properties: { email: 'late@saltmarsh.example' }, associations: [] });
    expect((await client.crm.contacts.searchApi.doSearch(byEmail('late@saltmarsh.example'))).total).toBe(0);
    now += 3_000;
    expect((await client.crm.contacts.searchApi.doSearch(byEmail('late@saltmarsh.example'))).total).toBe(1);
  });

  test('makes a unique property, upserts by it, and associates', async () => {
    await client.crm.properties.groupsApi.create('calls', { name: 'relos', label: 'R' });
    await client.crm.properties.coreApi.create('calls', {
      name: 'relos_external_id',
      label: 'Id',
      type: 'string' as never,
      fieldType: 'text' as never,
      groupName: 'relos',
      hasUniqueValue: true,
    });
    const upsert = () =>
      client.crm.objects.calls.batchApi.upsert({
        inputs: [
          { idProperty: 'relos_external_id', id: 'k-1', properties: { hs_timestamp: '2026-11-20T15:00:00Z', hs_call_title: 'Call' } },
        ],
      });
    const [first, second] = [await upsert(), await upsert()];
    const ids = [first, second].map(({ results }) => results.map((one) => [one.id, (one as { _new?: boolean })._new]));
    expect(ids).toEqual([[[first.results[0]!.id, true]], [[first.results[0]!.id, false]]]);
    expect(hubspot.timeline('deals', cast.hubspot.dealId)).toEqual([]);
    await client.crm.associations.v4.batchApi.createDefault('calls', 'deals', {
      inputs: [{ _from: { id: first.results[0]!.id }, to: { id: cast.hubspot.dealId } }],
    });
    expect(hubspot.timeline('deals', cast.hubspot.dealId).map(({ title }) => title)).toEqual(['Call']);
    const ties = await client.crm.associations.v4.batchApi.getPage('deals', 'calls', { inputs: [{ id: cast.hubspot.dealId }] });
    expect(ties.results[0]?.to.map(({ toObjectId, associationTypes }) => [toObjectId, associationTypes[0]?.typeId])).toEqual([
      [first.results[0]!.id, 205],
    ]);
  });

  test('reads pipelines and owners', async () => {
    const { results } = await client.crm.pipelines.pipelinesApi.getAll('deals');
    expect(results[0]?.stages.map(({ id }) => id)).toEqual(hubspot.state.pipelines[0]?.stages.map(({ id }) => id));
    const owners = await client.crm.owners.ownersApi.getPage(cast.colleague.email);
    expect(owners.results.map(({ id, userId, teams }) => [id, userId, teams?.[0]?.name])).toEqual([['502', 72, 'Enterprise']]);
  });

  test('refreshes its tokens, and the new one works', async () => {
    const { refreshToken } = hubspot.grant();
    const { clientId, clientSecret } = cast.hubspot;
    const fresh = await client.oauth.tokensApi.create('refresh_token', undefined, undefined, clientId, clientSecret, refreshToken);
    client.setAccessToken(fresh.accessToken);
    expect((await client.crm.deals.basicApi.getById(cast.hubspot.dealId)).id).toBe(cast.hubspot.dealId);
  });

  test('is told to wait by a 429, with the vendor’s headers', async () => {
    hubspot.setFaults({ share: 1, kinds: ['rate-limit-wait'], retryAfterS: 2 });
    const refused = await client.crm.deals.basicApi.getById(cast.hubspot.dealId).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 429,
      body: { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' },
      headers: { 'retry-after': '2', 'x-hubspot-ratelimit-max': '110' },
    });
  });

  test('goes on with a refreshed token when its own ended in the middle', async () => {
    const { accessToken, refreshToken } = hubspot.grant();
    client.setAccessToken(accessToken);
    hubspot.setFaults({ share: 1, kinds: ['expired'] });
    await expect(client.crm.deals.basicApi.getById(cast.hubspot.dealId)).rejects.toMatchObject({ code: 401 });
    hubspot.setFaults(undefined);
    await expect(client.crm.deals.basicApi.getById(cast.hubspot.dealId)).rejects.toMatchObject({ code: 401 });
    const { clientId, clientSecret } = cast.hubspot;
    const fresh = await client.oauth.tokensApi.create('refresh_token', undefined, undefined, clientId, clientSecret, refreshToken);
    client.setAccessToken(fresh.accessToken);
    expect((await client.crm.deals.basicApi.getById(cast.hubspot.dealId)).id).toBe(cast.hubspot.dealId);
  });

  test('is told of a failed request by the error body it knows', async () => {
    const refused = await client.crm.deals.basicApi
      .update(cast.hubspot.dealId, { properties: { dealstage: 'nowhere' } })
      .catch((error: { body: unknown }) => error.body);
    expect(refused).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR', correlationId: expect.any(String) });
  });
});

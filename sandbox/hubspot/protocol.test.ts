import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { declared } from './authorize.ts';
import { type Hubspot, startHubspot } from './protocol.ts';

const { clientId, clientSecret, contactId, dealId } = cast.hubspot;
const redirectUri = declared.redirectUrls[0]!;
const at = '2026-11-20T15:00:00Z';

let hubspot: Hubspot;
let bearer: string;
let now = 0;
beforeEach(async () => {
  now = Date.parse(at);
  hubspot = await startHubspot({ port: 0, now: () => now });
  bearer = hubspot.grant().accessToken;
});
afterEach(() => hubspot.close());

describe('CRM objects (crm-objects.json and the dedicated files; reference/hubspot.md §5)', () => {
  test('refuses a property nobody defined', async () => {
    expect(await ask('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { mood: 'good' } })).toMatchObject({
      status: 400,
      body: {
        status: 'error',
        category: 'VALIDATION_ERROR',
        errors: [{ code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['mood'] } }],
      },
    });
  });

  test('refuses a property HubSpot keeps itself', async () => {
    expect(await codes('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { hs_object_id: '1' } })).toEqual([
      400,
      'READ_ONLY_VALUE',
    ]);
  });

  test('refuses a stage that is not in the pipeline', async () => {
    expect(await codes('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { dealstage: 'nowhere' } })).toEqual([
      400,
      'INVALID_OPTION',
    ]);
  });

  test('refuses a pipeline that is not there', async () => {
    expect(await codes('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { pipeline: 'other' } })).toEqual([
      400,
      'INVALID_OPTION',
    ]);
  });

  test('refuses to win a deal without its close date on the dated API (§0), takes it on v3', async () => {
    const won = { properties: { dealstage: 'closedwon' } };
    expect(await codes('PATCH', `/crm/objects/2026-09/deals/${dealId}`, won)).toEqual([400, 'REQUIRED_PROPERTY']);
    expect((await ask('PATCH', `/crm/v3/objects/deals/${dealId}`, won)).status).toBe(200);
  });

  test('refuses an activity without hs_timestamp', async () => {
    for (const type of ['calls', 'notes', 'tasks']) {
      expect(await codes('POST', `/crm/objects/2026-09/${type}`, { properties: {}, associations: [] })).toEqual([400, 'REQUIRED_PROPERTY']);
    }
  });

  test('refuses values that are not of their type', async () => {
    const wrong = { hs_timestamp: 'Thursday', hs_call_duration: 'long', hs_call_direction: 'SIDEWAYS', hubspot_owner_id: '999' };
    const told = await ask('POST', '/crm/objects/2026-09/calls', { properties: wrong, associations: [] });
    expect(told.body.errors.map((error: { code: string }) => error.code)).toEqual([
      'INVALID_LONG',
      'INVALID_NUMBER',
      'INVALID_OPTION',
      'INVALID_OWNER_ID',
    ]);
  });

  test('refuses a body over 65,536 characters', async () => {
    const note = (length: number) => ({ properties: { hs_timestamp: at, hs_note_body: 'x'.repeat(length) }, associations: [] });
    expect(await codes('POST', '/crm/objects/2026-09/notes', note(65_537))).toEqual([400, 'INVALID_LENGTH']);
    expect((await ask('POST', '/crm/objects/2026-09/notes', note(65_536))).status).toBe(201);
  });

  test('refuses a value that is no string (properties: map of strings)', async () => {
    expect((await ask('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { amount: 5 } })).status).toBe(400);
  });

  test('refuses a create without associations (SimplePublicObjectInputForCreate)', async () => {
    expect((await ask('POST', '/crm/objects/2026-09/notes', { properties: { hs_timestamp: at } })).status).toBe(400);
  });

  test('refuses a second contact with the same address, and a create tied to what is not there', async () => {
    const make = (email: string, id: string) => ({
      properties: { email },
      associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }] }],
    });
    expect((await ask('POST', '/crm/objects/2026-09/contacts', make(cast.customer.email.toUpperCase(), dealId))).status).toBe(409);
    expect((await ask('POST', '/crm/objects/2026-09/contacts', make('x@y.example', '1'))).body).toMatchObject({
      message: 'One or more associations are invalid',
      context: { INVALID_OBJECT_IDS: ['DEAL=1 is not valid'] },
    });
  });

  test('refuses JSON that is cut, and an object type nobody knows', async () => {
    expect((await ask('POST', '/crm/objects/2026-09/notes', '{"properties":')).body).toMatchObject({
      category: 'VALIDATION_ERROR',
      message: 'Invalid input JSON',
    });
    expect((await ask('GET', '/crm/objects/2026-09/wishes/1')).status).toBe(400);
  });

  test('does not know an absent record, nor a path that is none', async () => {
    expect((await ask('GET', '/crm/objects/2026-09/deals/1')).body).toMatchObject({ category: 'OBJECT_NOT_FOUND' });
    expect((await ask('GET', '/crm/objects/2025-01/deals/1')).status).toBe(404);
  });
});

describe('batches (…/batch/*)', () => {
  test('refuses more than 100 inputs, and none', async () => {
    const inputs = Array.from({ length: 101 }, (_, n) => ({ id: String(n) }));
    expect((await ask('POST', '/crm/objects/2026-09/deals/batch/read', { inputs, properties: [], propertiesWithHistory: [] })).status).toBe(
      400,
    );
    expect(
      (await ask('POST', '/crm/objects/2026-09/deals/batch/read', { inputs: [], properties: [], propertiesWithHistory: [] })).status,
    ).toBe(400);
  });

  test('refuses a read without both property lists (BatchReadInputSimplePublicObjectId)', async () => {
    expect((await ask('POST', '/crm/objects/2026-09/deals/batch/read', { inputs: [{ id: dealId }], properties: [] })).status).toBe(400);
  });

  test('answers 207 and says which records are not there', async () => {
    const told = await ask('POST', '/crm/objects/2026-09/deals/batch/read', {
      inputs: [{ id: dealId }, { id: '1' }],
      properties: [],
      propertiesWithHistory: [],
    });
    expect([told.status, told.body.results.length, told.body.numErrors, told.body.errors[0].context]).toEqual([207, 1, 1, { ids: ['1'] }]);
  });

  test('refuses a whole batch for one wrong input, unless inputs carry trace ids', async () => {
    const inputs = [
      { properties: { hs_timestamp: at }, associations: [] },
      { properties: {}, associations: [] },
    ];
    expect((await ask('POST', '/crm/objects/2026-09/notes/batch/create', { inputs })).status).toBe(400);
    expect(Object.keys(hubspot.state.rows.notes)).toEqual([]);
    const traced = inputs.map((input, n) => ({ ...input, objectWriteTraceId: `t${n}` }));
    const told = await ask('POST', '/crm/objects/2026-09/notes/batch/create', { inputs: traced });
    expect([told.status, told.body.results.length, told.body.errors[0].context.objectWriteTraceId]).toEqual([207, 1, ['t1']]);
  });

  test('refuses an upsert by a property that is not there, not unique, mixed or repeated', async () => {
    const upsert = (...inputs: { idProperty: string; id: string }[]) =>
      ask('POST', '/crm/objects/2026-09/notes/batch/upsert', {
        inputs: inputs.map((input) => ({ ...input, properties: { hs_timestamp: at } })),
      });
    expect((await upsert({ idProperty: 'relos_external_id', id: 'a' })).body.errors).toMatchObject([{ code: 'PROPERTY_DOESNT_EXIST' }]);
    expect((await upsert({ idProperty: 'hs_note_body', id: 'a' })).status).toBe(400);
    await uniqueOnNotes();
    expect((await upsert({ idProperty: 'relos_external_id', id: 'a' }, { idProperty: 'hs_object_id', id: '1' })).status).toBe(400);
    expect((await upsert({ idProperty: 'relos_external_id', id: 'a' }, { idProperty: 'relos_external_id', id: 'A' })).status).toBe(400);
  });

  test('refuses a unique value another record has', async () => {
    await uniqueOnNotes();
    const make = () =>
      codes('POST', '/crm/objects/2026-09/notes', { properties: { hs_timestamp: at, relos_external_id: 'k' }, associations: [] });
    expect([await make(), await make()]).toEqual([
      [201, undefined],
      [400, 'CONFLICTING_UNIQUE_VALUE'],
    ]);
  });
});

describe('search (PublicObjectSearchRequest; limits of reference/hubspot.md §5)', () => {
  const whole = { filterGroups: [], properties: [], sorts: [], limit: 10, after: '0' };
  const search = (change: object) => ask('POST', '/crm/objects/2026-09/contacts/search', { ...whole, ...change });
  const group = (count: number) => ({
    filters: Array.from({ length: count }, () => ({ propertyName: 'email', operator: 'HAS_PROPERTY' })),
  });

  test('refuses a body with a part missing on the dated API', async () => {
    for (const name of Object.keys(whole)) {
      now += 1_000;
      expect((await search({ [name]: undefined })).status).toBe(400);
    }
  });

  test('refuses more than it can carry', async () => {
    const tooMuch = [
      { limit: 201 },
      { limit: 0 },
      { after: '9995' },
      { query: 'x'.repeat(3_001) },
      { filterGroups: Array(6).fill(group(1)) },
      { filterGroups: [group(7)] },
    ];
    for (const change of tooMuch) {
      now += 1_000;
      expect((await search(change)).status).toBe(400);
    }
  });

  test('refuses an unknown property, an unknown operator, and an operator without its value', async () => {
    const by = (filter: object) => search({ filterGroups: [{ filters: [filter] }] });
    expect((await by({ propertyName: 'mood', operator: 'EQ', value: 'x' })).body.errors).toMatchObject([{ code: 'PROPERTY_DOESNT_EXIST' }]);
    expect((await by({ propertyName: 'email', operator: 'LIKE', value: 'x' })).status).toBe(400);
    expect((await by({ propertyName: 'email', operator: 'IN', value: 'x' })).status).toBe(400);
  });

  test('finds by area code and local number without the country', async () => {
    const by = async (value: string) =>
      (await search({ filterGroups: [{ filters: [{ propertyName: 'hs_searchable_calculated_phone_number', operator: 'EQ', value }] }] }))
        .body.total;
    expect([await by('4155550142'), await by('14155550142')]).toEqual([1, 0]);
  });

  test('takes five a second and gives no rate headers', async () => {
    const told = [];
    for (let n = 0; n < 6; n++) told.push(await search({}));
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(told[5]?.body).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'SECONDLY' });
    expect(told[0]?.headers.get('x-hubspot-ratelimit-max')).toBeNull();
  });
});

describe('associations (crm-associations.json)', () => {
  const tie = (from: string, to: string) =>
    ask('POST', '/crm/associations/2026-09/deals/contacts/batch/associate/default', { inputs: [{ from: { id: from }, to: { id: to } }] });

  test('tells beside the result which pair is not there', async () => {
    const told = await tie(dealId, '1');
    expect([told.status, told.body.results, told.body.numErrors]).toEqual([207, [], 1]);
  });

  test('tells a record without ties as an error, not as an empty list', async () => {
    const told = await ask('POST', '/crm/associations/2026-09/deals/calls/batch/read', { inputs: [{ id: dealId }] });
    expect([told.status, told.body.results, told.body.errors[0].subCategory]).toEqual([207, [], 'crm.associations.NO_ASSOCIATIONS_FOUND']);
  });

  test('refuses a type that does not tie these two, and a tie without types', async () => {
    const put = (types: unknown) => ask('PUT', `/crm/objects/2026-09/deals/${dealId}/associations/contacts/${contactId}`, types);
    expect((await put([{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 206 }])).status).toBe(400);
    expect((await put([])).status).toBe(400);
    expect((await put([{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }])).status).toBe(201);
  });

  test('shows an activity on a record only while it is associated', async () => {
    const made = await ask('POST', '/crm/objects/2026-09/notes', { properties: { hs_timestamp: at, hs_note_body: 'n' }, associations: [] });
    expect(hubspot.timeline('deals', dealId)).toEqual([]);
    await ask('PUT', `/crm/objects/2026-09/notes/${made.body.id}/associations/default/deals/${dealId}`, undefined);
    expect(hubspot.timeline('deals', dealId).map(({ id }) => id)).toEqual([made.body.id]);
    await ask('DELETE', `/crm/objects/2026-09/notes/${made.body.id}`);
    expect(hubspot.timeline('deals', dealId)).toEqual([]);
  });
});

describe('properties (crm-properties.json PropertyCreate)', () => {
  const property = { name: 'relos_x', label: 'X', type: 'string', fieldType: 'text', groupName: 'information' };
  const make = (change: object) => ask('POST', '/crm/properties/2026-09/calls', { ...property, ...change });

  test('refuses a missing part, a bad name, a field that does not go with its type, an unknown group', async () => {
    const wrong = [{ label: undefined }, { name: 'Relos X' }, { type: 'text' }, { fieldType: 'date' }, { groupName: 'nowhere' }];
    for (const change of wrong) expect((await make(change)).status).toBe(400);
  });

  test('refuses the same property and the same group twice', async () => {
    expect([(await make({})).status, (await make({})).status]).toEqual([201, 409]);
    const group = () => ask('POST', '/crm/properties/2026-09/calls/groups', { name: 'relos', label: 'R' });
    expect([(await group()).status, (await group()).status]).toEqual([201, 409]);
  });

  test('refuses an eleventh unique property', async () => {
    const told = [];
    for (let n = 0; n < 11; n++) told.push((await make({ name: `relos_${n}`, hasUniqueValue: true })).status);
    expect(told).toEqual([...Array(10).fill(201), 400]);
  });
});

describe('owners (crm-owners.json)', () => {
  test('refuses a limit over 500 and does not know an absent owner', async () => {
    expect((await ask('GET', '/crm/owners/2026-09?limit=501')).status).toBe(400);
    expect((await ask('GET', '/crm/owners/2026-09/1')).status).toBe(404);
  });
});

describe('rights and rates (reference/hubspot.md §5)', () => {
  test('refuses no token, a wrong one and an expired one', async () => {
    bearer = '';
    expect((await ask('GET', '/crm/owners/2026-09')).body).toMatchObject({ category: 'INVALID_AUTHENTICATION' });
    bearer = hubspot.grant().accessToken;
    now += 1_800_000;
    expect([(await ask('GET', '/crm/owners/2026-09')).status, (await ask('GET', '/crm/owners/2026-09')).body.category]).toEqual([
      401,
      'EXPIRED_AUTHENTICATION',
    ]);
  });

  test('refuses what was not granted, and names the scope (security of each path)', async () => {
    bearer = hubspot.grant(['oauth', 'crm.objects.contacts.read']).accessToken;
    expect((await ask('GET', `/crm/objects/2026-09/contacts/${contactId}`)).status).toBe(200);
    const refused = [
      await ask('GET', `/crm/objects/2026-09/deals/${dealId}`),
      await ask('POST', '/crm/objects/2026-09/calls', { properties: { hs_timestamp: at }, associations: [] }),
      await ask('GET', '/crm/owners/2026-09'),
      await ask('POST', '/crm/properties/2026-09/calls', {}),
      await ask('POST', '/crm/associations/2026-09/deals/contacts/batch/associate/default', {}),
    ];
    expect(refused.map(({ status, body }) => [status, body.category, body.errors[0].context.requiredGranularScopes[0]])).toEqual([
      [403, 'MISSING_SCOPES', 'crm.objects.deals.read'],
      [403, 'MISSING_SCOPES', 'crm.objects.contacts.write'],
      [403, 'MISSING_SCOPES', 'crm.objects.owners.read'],
      [403, 'MISSING_SCOPES', 'crm.schemas.contacts.write'],
      [403, 'MISSING_SCOPES', 'crm.objects.contacts.write'],
    ]);
  });

  test('takes 110 requests in ten seconds and counts down in its headers', async () => {
    const told = [];
    for (let n = 0; n < 111; n++) told.push(await ask('GET', '/crm/owners/2026-09'));
    expect(told.filter(({ status }) => status === 200)).toHaveLength(110);
    expect(told[110]).toMatchObject({ status: 429, body: { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' } });
    expect([told[0]?.headers.get('x-hubspot-ratelimit-remaining'), told[109]?.headers.get('x-hubspot-ratelimit-remaining')]).toEqual([
      '109',
      '0',
    ]);
    now += 10_000;
    expect((await ask('GET', '/crm/owners/2026-09')).status).toBe(200);
    expect(hubspot.count()).toMatchObject({ requests: 112, limited: 1, faults: 0 });
  });
});

describe('faults', () => {
  test('fails after the work was done, and before it', async () => {
    const note = { properties: { hs_timestamp: at }, associations: [] };
    hubspot.setFaults({ share: 1, kinds: ['fail-after'] });
    expect((await ask('POST', '/crm/objects/2026-09/notes', note)).status).toBe(500);
    hubspot.setFaults({ share: 1, kinds: ['fail-before'] });
    expect((await ask('POST', '/crm/objects/2026-09/notes', note)).status).toBe(500);
    hubspot.setFaults({ share: 1, kinds: ['timeout'], hangMs: 20 });
    expect((await ask('POST', '/crm/objects/2026-09/notes', note)).status).toBe(500);
    hubspot.setFaults(undefined);
    expect((await ask('GET', '/crm/objects/2026-09/notes')).body.results).toHaveLength(2);
  });
});

describe('OAuth (auth-oauth.json; RFC 6749 §5.2; reference/hubspot.md §5)', () => {
  const scope = declared.requiredScopes.join(' ');
  const page = (change: Record<string, string>) =>
    fetch(
      `${hubspot.origin}/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, state: 's', ...change })}`,
      { redirect: 'manual' },
    );
  const token = (fields: Record<string, string>, path = '2026-09') =>
    fetch(`${hubspot.origin}/oauth/${path}/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
    });
  const code = async (change: Record<string, string> = {}) =>
    new URL((await page({ sandbox_approve: '1', ...change })).headers.get('location') ?? '').searchParams.get('code') ?? '';
  const error = async (response: Response) => [response.status, ((await response.json()) as { error?: string }).error];

  test('asks a person, and goes back with code and state once the form is sent', async () => {
    const asked = await page({});
    expect([asked.status, (await asked.text()).includes('Connect app')]).toEqual([200, true]);
    const body = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, state: 's', sandbox_user: '72' });
    const sent = await fetch(`${hubspot.origin}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' });
    const back = new URL(sent.headers.get('location') ?? '');
    expect([sent.status, back.searchParams.get('state'), hubspot.state.codes[back.searchParams.get('code') ?? '']?.userId]).toEqual([
      302,
      's',
      72,
    ]);
  });

  test('refuses an unknown client, another redirect, missing and undeclared scopes, a plain challenge', async () => {
    const wrong: Record<string, string>[] = [
      { client_id: 'x' },
      { redirect_uri: `${redirectUri}/` },
      { scope: 'oauth' },
      { scope: `${scope} crm.objects.contacts.sensitive.read.v2` },
      { code_challenge: 'x', code_challenge_method: 'plain' },
    ];
    for (const change of wrong) expect((await page({ sandbox_approve: '1', ...change })).status).toBe(400);
  });

  test('refuses a code twice, late, for another redirect, or with another verifier', async () => {
    const grant = (given: string, change: Record<string, string> = {}) =>
      token({ grant_type: 'authorization_code', code: given, redirect_uri: redirectUri, ...change });
    const once = await code();
    expect((await grant(once)).status).toBe(200);
    expect(await error(await grant(once))).toEqual([400, 'invalid_grant']);
    expect(await error(await grant(await code(), { redirect_uri: 'https://elsewhere.example/' }))).toEqual([400, 'invalid_grant']);
    expect(await error(await grant(await code({ code_challenge: 'abc' }), { code_verifier: 'x' }))).toEqual([400, 'invalid_grant']);
    const late = await code();
    now += 120_001;
    expect(await error(await grant(late))).toEqual([400, 'invalid_grant']);
  });

  test('refuses a wrong secret, an unknown grant, an unknown refresh token and a JSON body', async () => {
    expect(await error(await token({ client_secret: 'x', grant_type: 'refresh_token' }))).toEqual([401, 'invalid_client']);
    expect(await error(await token({ grant_type: 'password' }))).toEqual([400, 'unsupported_grant_type']);
    expect(await error(await token({ grant_type: 'refresh_token', refresh_token: 'x' }, 'v1'))).toEqual([400, 'invalid_grant']);
    const asJson = await fetch(`${hubspot.origin}/oauth/2026-09/token`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await error(asJson)).toEqual([400, 'invalid_request']);
  });
});

interface Told {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer, looked at from outside.
  body: any;
}

async function ask(method: string, path: string, body?: unknown): Promise<Told> {
  const init: RequestInit = { method, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' } };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${hubspot.origin}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

async function codes(method: string, path: string, body: unknown): Promise<[number, string | undefined]> {
  const told = await ask(method, path, body);
  return [told.status, told.body.errors?.[0]?.code];
}

async function uniqueOnNotes(): Promise<void> {
  await ask('POST', '/crm/properties/2026-09/notes', {
    name: 'relos_external_id',
    label: 'Id',
    type: 'string',
    fieldType: 'text',
    groupName: 'information',
    hasUniqueValue: true,
  });
}

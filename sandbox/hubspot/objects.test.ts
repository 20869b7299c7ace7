import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { noon, type TwinUnderTest, tie, twinUnderTest } from './twin-under-test.ts';

const { contactId, companyId, dealId } = cast.hubspot;
const calls = '/objects/2026-09/calls';
const contacts = '/objects/2026-09/contacts';
const deals = '/objects/2026-09/deals';

let twin: TwinUnderTest;
let ask: TwinUnderTest['ask'];
beforeEach(async () => {
  twin = await twinUnderTest();
  ask = twin.ask;
});
afterEach(() => twin.hubspot.close());

describe('create', () => {
  test('ties a record to everything named in the same request', async () => {
    const associations = [tie(contactId, 194), tie(dealId, 206), tie(companyId, 182)];
    const { body } = await ask('POST', calls, { properties: { hs_timestamp: noon }, associations });
    const read = await ask('GET', `${calls}/${body.id}?associations=contacts,deals,companies`);
    expect(read.body.associations).toEqual({
      contacts: { results: [{ id: contactId, type: 'calls_to_contacts' }] },
      deals: { results: [{ id: dealId, type: 'calls_to_deals' }] },
      companies: { results: [{ id: companyId, type: 'calls_to_companies' }] },
    });
  });

  test('takes emails and meetings', async () => {
    const email = { hs_timestamp: noon, hs_email_direction: 'EMAIL', hs_email_subject: 'Hello' };
    const meeting = { hs_timestamp: noon, hs_meeting_outcome: 'CANCELLED' };
    expect((await ask('POST', '/objects/2026-09/emails', { properties: email, associations: [tie(contactId, 198)] })).status).toBe(201);
    const wrong = await ask('POST', '/objects/2026-09/meetings', { properties: meeting, associations: [tie(contactId, 200)] });
    expect(wrong.body.errors[0].code).toBe('INVALID_OPTION');
  });

  test('refuses a type of another pair, of another category, and a tie without types; nothing is made', async () => {
    const wrong = [tie(contactId, 202), tie(contactId, 194, 'USER_DEFINED'), { to: { id: contactId }, types: [] }];
    for (const one of wrong) {
      expect((await ask('POST', calls, { properties: { hs_timestamp: noon }, associations: [one] })).status).toBe(400);
    }
    expect(twin.hubspot.state.rows.calls).toEqual({});
  });

  test('refuses a record that is not there as HubSpot does', async () => {
    const told = await ask('POST', calls, { properties: { hs_timestamp: noon }, associations: [tie('1', 194)] });
    expect([told.status, told.body.category, told.body.context.INVALID_OBJECT_IDS]).toEqual([
      400,
      'VALIDATION_ERROR',
      ['CONTACT=1 is not valid'],
    ]);
  });

  test('names the contact that has the address already', async () => {
    const told = await ask('POST', contacts, { properties: { email: cast.customer.email }, associations: [] });
    expect([told.status, told.body.category, told.body.message]).toEqual([
      409,
      'CONFLICT',
      `Contact already exists. Existing ID: ${contactId}`,
    ]);
  });
});

describe('batches', () => {
  const made = (email: string, objectWriteTraceId?: string) => ({
    properties: { email },
    associations: [tie(dealId, 4)],
    ...(objectWriteTraceId ? { objectWriteTraceId } : {}),
  });

  test('makes up to a hundred with their ties', async () => {
    const inputs = Array.from({ length: 100 }, (_, n) => made(`p${n}@many.example`));
    const told = await ask('POST', `${contacts}/batch/create`, { inputs });
    expect([told.status, told.body.results.length]).toEqual([201, 100]);
    const ties = await ask('POST', '/associations/2026-09/deals/contacts/batch/read', { inputs: [{ id: dealId }] });
    expect(ties.body.results[0].to).toHaveLength(101);
    expect((await ask('POST', `${contacts}/batch/create`, { inputs: [...inputs, made('one@more.example')] })).status).toBe(400);
  });

  test('one address that is taken, or twice in the batch, refuses all of it and leaves no trace', async () => {
    const before = structuredClone(twin.hubspot.state.rows.contacts);
    const taken = await ask('POST', `${contacts}/batch/create`, { inputs: [made('new@x.example'), made(cast.customer.email)] });
    const twice = await ask('POST', `${contacts}/batch/create`, { inputs: [made('new@x.example'), made('NEW@x.example')] });
    expect([taken.status, taken.body.message, twice.status]).toEqual([409, `Contact already exists. Existing ID: ${contactId}`, 409]);
    expect(twin.hubspot.state.rows.contacts).toEqual(before);
    expect(twin.hubspot.state.links[`deals/${dealId}`]?.contacts).toEqual({ [contactId]: [3] });
    expect((await ask('POST', `${contacts}/batch/create`, { inputs: [made('new@x.example')] })).status).toBe(201);
  });

  test('trace ids keep what is right and come back with both halves of a 207', async () => {
    const inputs = [made('new@x.example', 'a'), made(cast.customer.email, 'b')];
    const { status, body } = await ask('POST', `${contacts}/batch/create`, { inputs });
    expect([status, body.results[0].objectWriteTraceId, body.numErrors, body.errors[0].category]).toEqual([207, 'a', 1, 'CONFLICT']);
    expect(body.errors[0].context.objectWriteTraceId).toEqual(['b']);
  });

  test('a batch of changes that is refused takes every change back', async () => {
    const inputs = [
      { id: dealId, properties: { amount: '1' } },
      { id: dealId, properties: { amount: 'lots' } },
    ];
    expect((await ask('POST', `${deals}/batch/update`, { inputs })).status).toBe(400);
    const read = await ask('GET', `${deals}/${dealId}?properties=amount&propertiesWithHistory=amount`);
    expect([read.body.properties.amount, read.body.propertiesWithHistory.amount.length]).toEqual([String(cast.deal.amount), 1]);
  });

  test('upsert says what is new, changes what is there, and makes no ties', async () => {
    const upsert = (lastname: string) =>
      ask('POST', `${contacts}/batch/upsert`, {
        inputs: [{ idProperty: 'email', id: 'u@x.example', properties: { lastname }, associations: [tie(dealId, 4)] }],
      });
    const [first, second] = [await upsert('One'), await upsert('Two')];
    expect([first.body.results[0].new, second.body.results[0].new]).toEqual([true, false]);
    expect(second.body.results[0].id).toBe(first.body.results[0].id);
    expect(twin.hubspot.state.links[`contacts/${first.body.results[0].id}`]).toBeUndefined();
  });

  test('reads, changes and archives by a unique property', async () => {
    const { email } = cast.customer;
    const inputs = [{ id: email.toUpperCase() }, { id: 'nobody@x.example' }];
    const read = await ask('POST', `${contacts}/batch/read`, { inputs, idProperty: 'email', properties: [], propertiesWithHistory: [] });
    expect([read.status, read.body.results[0].id, read.body.errors[0].context.ids]).toEqual([207, contactId, ['nobody@x.example']]);
    const one = await ask('PATCH', `${contacts}/${email}?idProperty=email`, { properties: { jobtitle: 'COO' } });
    expect([one.body.id, one.body.properties.jobtitle]).toEqual([contactId, 'COO']);
    expect((await ask('PATCH', `${contacts}/Maya?idProperty=firstname`, { properties: {} })).status).toBe(400);
    expect((await ask('POST', `${contacts}/batch/archive`, { inputs: [{ id: contactId }, { id: '1' }] })).status).toBe(204);
    expect((await ask('GET', `${contacts}/${contactId}`)).status).toBe(404);
  });
});

describe('values', () => {
  const property = (type: string, fieldType: string, options: string[] = []) =>
    ask('POST', '/properties/2026-09/deals', {
      name: `x_${type}`,
      label: 'X',
      type,
      fieldType,
      groupName: 'information',
      options: options.map((value) => ({ label: value, value, hidden: false, displayOrder: 0 })),
    });
  const set = async (properties: Record<string, string>) => {
    const { status, body } = await ask('PATCH', `${deals}/${dealId}`, { properties });
    return status === 200 ? 200 : body.errors[0].code;
  };

  test('takes an exact internal value, several of them where boxes are ticked, and no label', async () => {
    await property('enumeration', 'checkbox', ['red', 'blue']);
    expect([await set({ x_enumeration: 'red;blue' }), await set({ x_enumeration: 'Red' })]).toEqual([200, 'INVALID_OPTION']);
    expect(await set({ dealtype: 'newbusiness;existingbusiness' })).toBe('INVALID_OPTION');
  });

  test('takes a day at midnight UTC alone', async () => {
    await property('date', 'date');
    expect([await set({ x_date: '2026-11-20' }), await set({ x_date: noon })]).toEqual([200, 'INVALID_DATE']);
  });

  test('what stage a deal may reach without a property is the portal’s rule, and binds the dated API', async () => {
    twin.hubspot.state.rules.requireAtStage = { presentationscheduled: ['description'] };
    const move = { dealstage: 'presentationscheduled' };
    const told = await ask('PATCH', `${deals}/${dealId}`, { properties: move });
    expect([told.status, told.body.category, told.body.context.properties]).toEqual([400, 'VALIDATION_ERROR', ['description']]);
    expect(await set({ ...move, description: 'They are ready' })).toBe(200);
  });

  test('a property’s uniqueness and name stay, its label does not; HubSpot’s own stay whole', async () => {
    await property('string', 'text');
    const change = async (name: string, body: object) => (await ask('PATCH', `/properties/2026-09/deals/${name}`, body)).status;
    expect(await change('x_string', { hasUniqueValue: true })).toBe(400);
    expect(await change('x_string', { label: 'Y' })).toBe(200);
    expect(await change('dealname', { label: 'Y' })).toBe(400);
  });
});

describe('search', () => {
  const find = async (propertyName: string, value: string) => {
    const filterGroups = [{ filters: [{ propertyName, operator: 'EQ', value }] }];
    const told = await ask('POST', `${deals}/search`, { filterGroups, properties: [propertyName], sorts: [], limit: 10, after: '0' });
    return told.body.results.map((row: { id: string }) => row.id);
  };

  test('knows of a change only after its lag, while a read by id knows at once', async () => {
    await ask('PATCH', `${deals}/${dealId}`, { properties: { dealtype: 'newbusiness' } });
    expect((await ask('GET', `${deals}/${dealId}?properties=dealtype`)).body.properties.dealtype).toBe('newbusiness');
    expect(await find('dealtype', 'newbusiness')).toEqual([]);
    twin.clock.now += 3_000;
    expect(await find('dealtype', 'newbusiness')).toEqual([dealId]);
  });

  test('its lag is the portal’s', async () => {
    twin.hubspot.state.rules.searchLagMs = 0;
    const { body } = await ask('POST', deals, { properties: { dealname: 'Now', dealstage: 'contractsent' }, associations: [] });
    expect(await find('dealname', 'Now')).toEqual([body.id]);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { type Hubspot, type HubspotOptions, startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import type { CrmWrite } from '../../../shared/contracts/change.ts';
import { crmContract } from '../../ports/crm.contract.ts';
import { hubspotCrm } from './crm.ts';
import { prepareHubspot } from './prepare.ts';

const { rep, colleague, contactId, dealId, companyId, stage, nextStage } = cast.hubspot;
const deal = { object: 'deal', id: dealId } as const;
const contact = { object: 'contact', id: contactId } as const;

crmContract('HubSpot', async () => {
  const { hubspot, access } = await open();
  await prepareHubspot(access);
  return {
    crm: hubspotCrm(access),
    facts: {
      personNumber: cast.customer.phone,
      personName: cast.customer.name,
      deal,
      contact,
      nextStage,
      owner: { id: String(rep.userId), email: cast.rep.email },
      stranger: { id: String(colleague.userId), email: cast.colleague.email },
    },
    countActivities: async (key) =>
      hubspot.timeline('deals', dealId).filter((one) => key === undefined || one.properties.relos_external_id === key).length,
    stageOf: async ({ id }) => hubspot.state.rows.deals[id]?.properties.dealstage ?? '',
    close: hubspot.close,
  };
});

describe('HubSpot', () => {
  let running: Hubspot | undefined;
  const start = async (options: Partial<HubspotOptions> = {}) => {
    const opened = await open(options);
    running = opened.hubspot;
    return opened;
  };
  afterEach(() => running?.close());

  test('shows an activity on the deal, the contact and the company it belongs to', async () => {
    const { hubspot, access } = await start();
    await prepareHubspot(access);
    await hubspotCrm(access).write(note, { record: deal, also: [contact, { object: 'company', id: companyId }] }, 'key-1');
    const shown = (['deals', 'contacts', 'companies'] as const).map((type) =>
      hubspot.timeline(type, { deals: dealId, contacts: contactId, companies: companyId }[type]).map(({ body }) => body),
    );
    expect(shown).toEqual([[noteHtml], [noteHtml], [noteHtml]]);
  });

  test('writes for the deal although a contact of the call is gone', async () => {
    const { hubspot, access } = await start();
    await prepareHubspot(access);
    const written = await hubspotCrm(access).write(note, { record: deal, also: [{ object: 'contact', id: '99999999' }] }, 'key-2');
    expect(written.ok).toBe(true);
    expect(hubspot.timeline('deals', dealId)).toHaveLength(1);
  });

  test('takes back what nobody could see, when the deal is gone', async () => {
    const { hubspot, access } = await start();
    await prepareHubspot(access);
    const written = await hubspotCrm(access).write(note, { record: { object: 'deal', id: '99999999' }, also: [contact] }, 'key-6');
    expect(written).toMatchObject({ ok: false, fault: { kind: 'gone' } });
    expect(hubspot.timeline('contacts', contactId)).toEqual([]);
    expect(Object.values(hubspot.state.rows.notes).filter(({ archived }) => !archived)).toEqual([]);
  });

  test("knows a colleague of the owner's team", async () => {
    const { hubspot, access } = await start();
    const [owner] = hubspot.state.owners;
    hubspot.state.owners.push({ ...owner!, id: '503', userId: 73, email: 'ola@brightloop.example' });
    const reached = await hubspotCrm(access).reach({ id: '73', email: 'ola@brightloop.example' }, deal);
    expect(reached).toEqual({ ok: true, value: { owner: false, team: true, any: true } });
  });

  test('ends with one record although answers were lost, cut or refused on the way', async () => {
    const { hubspot, access } = await start();
    await prepareHubspot(access);
    hubspot.setFaults({ share: 0.5, kinds: ['fail-after', 'fail-before', 'truncate', 'rate-limit'], seed: 7 });
    const crm = hubspotCrm(access);
    const kinds = new Set<string>();
    for (let n = 0; n < 40; n++) {
      const written = await crm.write(note, { record: deal, also: [contact] }, 'key-3');
      if (!written.ok) kinds.add(written.fault.kind);
      if (written.ok && n > 20) break;
    }
    expect([...kinds].sort()).toEqual(['broken', 'busy']);
    expect(hubspot.timeline('deals', dealId)).toHaveLength(1);
    expect(Object.keys(hubspot.state.rows.notes)).toHaveLength(1);
  });

  test('without the unique property, looks on the record before it writes again', async () => {
    const { hubspot, access } = await start();
    const crm = hubspotCrm({ ...access, effectOnce: false });
    const first = await crm.write(note, { record: deal, also: [contact] }, 'key-4');
    expect(await crm.write(note, { record: deal, also: [contact] }, 'key-4')).toEqual(first);
    expect([hubspot.timeline('deals', dealId), hubspot.timeline('contacts', contactId)].map((entries) => entries.length)).toEqual([1, 1]);
  });

  test('prepares once, and finds it prepared the second time', async () => {
    const { hubspot, access } = await start();
    expect([await prepareHubspot(access), await prepareHubspot(access)]).toEqual(Array(2).fill({ ok: true, value: { effectOnce: true } }));
    expect(Object.values(hubspot.state.properties).flatMap((made) => Object.keys(made))).toEqual(Array(3).fill('relos_external_id'));
  });

  test('goes on without the property where the scope was not granted', async () => {
    const { hubspot, access } = await start();
    const { accessToken } = hubspot.grant(['crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.objects.deals.read']);
    const poor = { ...access, token: async () => ({ ok: true as const, value: accessToken }) };
    expect(await prepareHubspot(poor)).toEqual({ ok: true, value: { effectOnce: false } });
  });

  test('finds a number that was typed in a national form, and not the same digits of another country', async () => {
    const { access } = await start();
    const crm = hubspotCrm(access);
    const names = async (number: string) => {
      const found = await crm.findByPhone(number);
      return found.ok && found.value.map(({ name }) => name);
    };
    expect([await names('+14155550161'), await names('+34910550172'), await names('+4415550194'), await names('+494155550142')]).toEqual([
      ['Jonas Abara'],
      ['Inés Carreño'],
      [],
      [],
    ]);
  });

  test('names no deal when two are open', async () => {
    const { hubspot, access } = await start();
    const crm = hubspotCrm(access);
    const [{ id: second }] = [Object.values(hubspot.state.rows.deals).find(({ id }) => id !== dealId)!];
    await post(access, `/crm/associations/2026-09/deals/contacts/batch/associate/default`, {
      inputs: [{ from: { id: second }, to: { id: contactId } }],
    });
    const found = await crm.findByPhone(cast.customer.phone);
    expect(found.ok && found.value.map((one) => one.deal)).toEqual([undefined]);
  });

  test('believes an address only together with its user id', async () => {
    const { access } = await start();
    const reached = await hubspotCrm(access).reach({ id: String(colleague.userId), email: cast.rep.email }, deal);
    expect(reached).toEqual({ ok: true, value: { owner: false, team: false, any: false } });
  });

  test('names what is missing when a deal cannot be won yet, and no word of the record', async () => {
    const { access } = await start();
    const move: CrmWrite = { kind: 'move-stage', from: stage, to: 'closedwon', fromLabel: 'a', toLabel: 'b' };
    expect(await hubspotCrm(access).write(move, { record: deal, also: [] }, 'key-5')).toEqual({
      ok: false,
      fault: { kind: 'refused', status: 400, said: 'HubSpot refused (400): closedate (REQUIRED_PROPERTY).' },
    });
  });

  test('says that the connection expired when its token did', async () => {
    let now = Date.parse('2026-11-20T15:00:00Z');
    const { access } = await start({ now: () => now });
    now += 1_800_001;
    expect(await hubspotCrm(access).record(deal)).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  });

  test('says how long to wait when there were too many requests', async () => {
    const { access } = await start({ rates: { perTenSeconds: 0, searchesPerSecond: 0 } });
    const crm = hubspotCrm(access);
    expect([await crm.record(contact), await crm.findByPhone(cast.customer.phone)]).toMatchObject([
      { ok: false, fault: { kind: 'busy', retryAfterMs: 10_000 } },
      { ok: false, fault: { kind: 'busy', retryAfterMs: 1_000 } },
    ]);
  });

  test('ends in time although HubSpot hangs', async () => {
    const { hubspot, access } = await start();
    hubspot.setFaults({ share: 1, kinds: ['timeout'], hangMs: 60_000 });
    expect(await hubspotCrm({ ...access, endsWithinMs: 50 }).record(deal)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  });

  test.each([
    ['fail-before', { kind: 'broken', ambiguous: true }],
    ['fail-after', { kind: 'broken', ambiguous: true }],
    ['truncate', { kind: 'broken', ambiguous: true }],
    ['timeout', { kind: 'broken', ambiguous: true }],
    ['rate-limit', { kind: 'busy', retryAfterMs: 10_000 }],
  ] as const)('knows whether a write met by %s may have landed', async (kind, fault) => {
    const { hubspot, access } = await start();
    await prepareHubspot(access);
    hubspot.setFaults({ share: 1, kinds: [kind], hangMs: 60_000, only: (_, path) => path.endsWith('/upsert') });
    const written = await hubspotCrm({ ...access, endsWithinMs: 300 }).write(note, { record: deal, also: [] }, 'key-7');
    expect(written).toEqual({ ok: false, fault: { ...fault, status: expect.any(Number), said: expect.any(String) } });
  });

  test('a read that failed on the way to a write has changed nothing', async () => {
    const { hubspot, access } = await start();
    hubspot.setFaults({ share: 1, kinds: ['fail-before'], only: (method) => method === 'GET' });
    const change: CrmWrite = { kind: 'move-stage', from: stage, to: nextStage, fromLabel: 'A', toLabel: 'B' };
    expect(await hubspotCrm(access).write(change, { record: deal, also: [] }, 'key-8')).toEqual({
      ok: false,
      fault: { kind: 'broken', status: 500, said: expect.any(String) },
    });
  });

  test('is broken, not wrong, when nobody answers', async () => {
    const crm = hubspotCrm({ api: 'http://127.0.0.1:9', token: async () => ({ ok: true, value: 'token' }) });
    expect(await crm.record(deal)).toEqual({ ok: false, fault: { kind: 'broken', status: 0, said: 'HubSpot did not answer in time.' } });
  });
});

const note: CrmWrite = { kind: 'add-note', body: 'Asked about <seats> & terms.\nAgain on Tuesday.', at: '2026-11-20T15:02:00Z' };
const noteHtml = 'Asked about &lt;seats&gt; &amp; terms.<br>Again on Tuesday.';

async function open(options: Partial<HubspotOptions> = {}) {
  const hubspot = await startHubspot({ port: 0, rates: { perTenSeconds: 1_000, searchesPerSecond: 100 }, ...options });
  const { accessToken } = hubspot.grant();
  return { hubspot, access: { api: hubspot.origin, token: async () => ({ ok: true as const, value: accessToken }) } };
}

async function post(access: { api: string; token: () => Promise<{ value: string }> }, path: string, body: unknown) {
  const { value } = await access.token();
  await fetch(`${access.api}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

import { runInDurableObject, SELF } from 'cloudflare:test';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HelpedCallView, TeamLiveView, TeamPageView, TeamSessionView } from '../../shared/contracts/team.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import type { Db } from '../db/client.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, bindings, connectPortal, lena, openTestDb, publicUrl, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;
const begun: string[] = [];
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});
/** Nothing may go on by itself once the database is gone. */
afterAll(async () => {
  for (const callId of begun) await callStub(bindings, owned.tenantId, callId).destroy();
});

type Said<T> = { ok: true; value: T } | { ok: false; code: string; what: string };
async function say<T>(method: string, path: string, body?: object, user = sam): Promise<Said<T>> {
  const said = body && { requestId: crypto.randomUUID(), ...body };
  return (await (await ask({ method, path, user, ...(said ? { body: said } : {}) })).json()) as Said<T>;
}
async function value<T>(method: string, path: string, body?: object, user = sam): Promise<T> {
  const said = await say<T>(method, path, body, user);
  if (!said.ok) throw new Error(said.what);
  return said.value;
}
const live = async () => (await value<TeamLiveView>('GET', '/v1/live')).calls.map(({ callId }) => callId);

// Sam owns the deal, so the CRM shows it to him; the call is Lena's.
const north = { name: 'North', leads: [{ rep: sam.email, name: 'Sam Okafor' }], reps: [lena.email] };
const helping = (isOn: boolean) => value('PUT', '/v1/settings/team-help', { isOn, teams: [north] });

async function ring() {
  const startedAtMs = Date.now();
  const of = { repId: lena.id, repEmail: lena.email, repName: 'Lena Brandt' };
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced', ...of, startedAt: new Date(startedAtMs) });
  begun.push(callId);
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs, repTrack: 'outbound' });
  /** What Lena's card shows of who helps. */
  const shown = async () => {
    const view: LiveView = await stub.look(-1);
    return view.state === 'live' ? view.help : undefined;
  };
  return { callId, stub, shown };
}

test('off until an admin switches it on; then a lead sees their team’s calls, and the rep reads who looks', async () => {
  const { callId, shown } = await ring();
  expect(await value<TeamLiveView>('GET', '/v1/live')).toMatchObject({
    isOn: false,
    calls: [],
    said: expect.stringContaining('switched off'),
  });
  expect(await say('GET', `/v1/live/${callId}`)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await shown()).toBe(undefined);

  await helping(true);
  const list = await value<TeamLiveView>('GET', '/v1/live');
  expect(list.calls).toEqual([
    {
      callId,
      repName: 'Lena Brandt',
      customerName: 'Maya Lindqvist',
      record: { object: 'deal', id: '7001' },
      startedAt: expect.any(String),
      consent: 'announced',
      alerts: [],
    },
  ]);
  expect(await shown()).toEqual({ watchedBy: [{ name: 'Sam Okafor', sees: 'alerts' }], whisper: null });
  const one = await value<HelpedCallView>('GET', `/v1/live/${callId}`);
  expect(Object.keys(one).sort()).toEqual(['call', 'card', 'past', 'points', 'pollMs']);
  expect(await shown()).toEqual({ watchedBy: [{ name: 'Sam Okafor', sees: 'cards' }], whisper: null });
});

test('a whisper is on the rep’s screen once, leaves when it is put away, and only that somebody helped is noted', async () => {
  const { callId, stub, shown } = await ring();
  const press = { requestId: crypto.randomUUID(), text: 'Kanarienvogel: ask who signs.' };
  const told = await value('POST', `/v1/calls/${callId}/whisper`, press);
  expect(await value('POST', `/v1/calls/${callId}/whisper`, press)).toEqual(told);
  const whisper = { id: 'whisper-1', from: 'Sam Okafor', text: press.text, atMs: expect.any(Number) };
  expect((await shown())?.whisper).toEqual(whisper);
  expect(await say('POST', `/v1/calls/${callId}/whisper`, { text: 'And again.' })).toMatchObject({ ok: false, code: 'stale' });
  const [audited] = await db.asTenant(owned.tenantId, (q) => [
    q.execute(sql`select actor, detail from audit where action = 'helped' and subject = ${callId}`),
  ]);
  expect(audited.rows).toEqual([{ actor: sam.id, detail: { requestId: press.requestId } }]);

  await value('POST', `/v1/calls/${callId}/feedback`, { cardId: 'whisper-1', action: 'dismissed' });
  expect((await shown())?.whisper ?? null).toBe(null);
  const kept = await runInDurableObject(stub, async (_, { storage }) => JSON.stringify([...(await storage.list())]));
  expect(kept).not.toContain('Kanarienvogel');
});

test('who leads nobody sees nothing; a private call and one that is over are nobody’s to help with', async () => {
  expect(await value<TeamLiveView>('GET', '/v1/live', undefined, lena)).toMatchObject({ isOn: true, calls: [], said: expect.any(String) });
  const { callId, stub, shown } = await ring();
  expect(await say('POST', `/v1/calls/${callId}/whisper`, { text: 'Hello.' }, lena)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await live()).toContain(callId);
  await value('POST', `/v1/calls/${callId}/private`, {}, lena);
  expect(await shown()).toBe(undefined);
  expect(await live()).not.toContain(callId);
  expect(await say('GET', `/v1/live/${callId}`)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await say('POST', `/v1/calls/${callId}/whisper`, { text: 'Hello.' })).toMatchObject({ ok: false, code: 'no-permission' });

  const other = await ring();
  await other.stub.destroy();
  // Its row still says that it runs: its object knows better.
  expect(await live()).not.toContain(other.callId);
  expect(await say('POST', `/v1/calls/${other.callId}/whisper`, { text: 'Hello.' })).toMatchObject({ ok: false, code: 'not-found' });
  await stub.destroy();
});

test('the page opens once from a ticket, has a session of its own, and ends with the switch', async () => {
  const { callId } = await ring();
  const { url } = await value<TeamPageView>('POST', '/v1/live/ticket', {});
  expect(await say('POST', '/v1/live/ticket', {}, lena)).toMatchObject({ ok: false, code: 'no-permission' });
  const enter = async () => {
    const ticket = new URL(url).hash.slice(1);
    return (await SELF.fetch(`${publicUrl}/team/session`, { method: 'POST', body: JSON.stringify({ ticket }) })).json<
      Said<TeamSessionView>
    >();
  };
  const [first, again] = [await enter(), await enter()];
  expect([first.ok, again.ok]).toEqual([true, false]);
  const token = first.ok ? first.value.token : '';
  const sit = (path: string) => SELF.fetch(publicUrl + path, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await sit('/team/v1/live')).json()).toMatchObject({
    ok: true,
    value: { calls: expect.arrayContaining([expect.objectContaining({ callId })]) },
  });
  expect((await sit('/calling/v1/calls/ringing')).status).toBe(401);
  await helping(false);
  expect(await (await sit('/team/v1/live')).json()).toMatchObject({ ok: true, value: { isOn: false, calls: [] } });
});

import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { recordsAll } from '../../shared/capture/never-record.ts';
import type { NeverRecord } from '../../shared/contracts/capture.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { setCaptureSettings } from '../capture/consent/store.ts';
import { callByExternal, utterancesOf } from '../capture/store.ts';
import { databases, newTenant } from '../db/test-db.ts';
import type { RosApp } from '../http/app.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { Crm } from '../ports/crm.ts';
import { openKeyring } from '../tenants/keys/keyring.ts';
import * as keys from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { wireCallDoor } from './call-door.ts';
import { wireCapture } from './capture.ts';

const nowMs = Date.parse('2026-11-20T15:00:00.000Z');
const record = { object: 'deal', id: '7001' } as const;

describe.each(databases)('a call with somebody whom nobody may hear ($name)', ({ url }) => {
  /** A tenant of these settings, whose CRM may be away, and otherwise has one person on every record. */
  async function desk(never: Partial<NeverRecord>) {
    const { db, tenantId, connectionId } = await newTenant(url);
    await setCaptureSettings(db, tenantId, { neverRecord: { ...recordsAll, ...never } }, '71');
    const it = { isAway: true, stored: 0 };
    const keyring = openKeyring({
      masters: { current: 'k1', keys: new Map([['k1', new Uint8Array(32)]]) },
      now: () => nowMs,
      keysOf: (id) => keys.keysOf(db, id),
      addKey: (id, key) => keys.addKey(db, id, key),
    });
    const people = [{ ref: { object: 'contact', id: '9' }, name: 'Maya', email: 'maya@acme.example' }];
    const crm = { record: async () => ok({ name: 'Deal', people }) } as unknown as Crm;
    const parts = {
      db,
      keyring,
      now: () => nowMs,
      crmOf: async () => (it.isAway ? failed({ kind: 'busy', said: 'The CRM waits.' }) : ok(crm)),
      lately: { tenantOf: async () => null },
      bindings: { AUDIO: { put: async () => void it.stored++ }, EXTRACTION: { send: async () => undefined } },
      settings: { PUBLIC_URL: 'https://ros.test' },
    } as unknown as Parts;
    return { db, tenantId, connectionId, parts, it, keyring };
  }

  /** A dialler hands a call over on a record, without saying whom it was with. */
  async function handOver({ db, tenantId, connectionId, parts, keyring }: Awaited<ReturnType<typeof desk>>) {
    const of = { provider: 'webhook', externalId: crypto.randomUUID().replaceAll('-', '') } as const;
    const added = await tenants.addConnection(db, tenantId, { ...of, settings: { crm: connectionId } });
    const place = keys.placeOf({ ...of, tenantId, id: added?.connectionId ?? '' });
    const secret = Buffer.alloc(32, 7).toString('base64');
    await keyring.keep(place, `whsec_${secret}`, (sealed) => keys.saveSecret(db, tenantId, added?.connectionId ?? '', { sealed }));
    const said = { who: 'customer', text: 'seven', startMs: 0, endMs: 1 };
    const call = { id: 'c-1', startedAt: new Date(nowMs).toISOString(), durationMs: 1_000, direction: 'inbound', consent: 'granted' };
    const body = JSON.stringify({ ...call, rep: { userId: '71', email: '', name: 'Sam' }, customer: {}, record, transcript: [said] });
    const timestamp = String(nowMs / 1_000);
    const signature = `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(`m.${timestamp}.${body}`).digest('base64')}`;
    const letter = { source: of.externalId, id: 'm', timestamp, signature, body };
    return () => wireCallDoor(parts).spool.take(letter, nowMs);
  }

  test('a dialler’s letter waits until the CRM can say whom the call was with', async () => {
    const here = await desk({ domains: ['acme.example'] });
    const take = await handOver(here);
    await expect(take()).rejects.toThrow('the CRM cannot say');
    expect(await callByExternal(here.db, here.tenantId, 'webhook', 'c-1')).toBeNull();
    here.it.isAway = false;
    expect(await take()).toMatchObject({ is: 'taken' });
    const call = await callByExternal(here.db, here.tenantId, 'webhook', 'c-1');
    expect([call?.missed, await utterancesOf(here.db, here.tenantId, call?.id ?? '')]).toEqual(['never-record', []]);
  });

  test('nobody waits for a CRM where no domain is kept from being heard', async () => {
    const here = await desk({ numbers: ['+49*'], words: ['board'] });
    expect(await (await handOver(here))()).toMatchObject({ is: 'taken' });
    const call = await callByExternal(here.db, here.tenantId, 'webhook', 'c-1');
    expect(await utterancesOf(here.db, here.tenantId, call?.id ?? '')).toHaveLength(1);
  });

  test('an upload is not stored while the CRM cannot say whom it is about', async () => {
    const { db, tenantId, connectionId, parts, it } = await desk({ domains: ['acme.example'] });
    const app: RosApp = new Hono();
    app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : expect.fail(String(error))));
    wireCapture(parts, {} as Sight).uploadRoutes(app);
    const user = { id: '71', email: 'sam@brightloop.example', connectionId, record, name: 'call.txt' };
    const ticket = crypto.randomUUID();
    const hash = await sha256Hex(ticket);
    await tenants.saveTicket(db, tenantId, { hash, purpose: 'upload', subject: '', user, expiresAt: new Date(nowMs + 60_000) });
    const body = 'Sam: Hello.\nMaya: Hello.\n';
    const sent = await app.request(`/api/files/${ticket}`, { method: 'PUT', body, headers: { 'content-length': String(body.length) } });
    expect([sent.status, it.stored]).toEqual([503, 0]);
    expect(await callByExternal(db, tenantId, 'upload', hash)).toBeNull();
  });
});

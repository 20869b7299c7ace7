import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '../db/client.ts';
import { databases, newCall, newTenant, sampleCall } from '../db/test-db.ts';
import {
  callByExternal,
  callOf,
  callsOfAccount,
  callsOfRecord,
  createCall,
  endCall,
  failCall,
  liveCallOfRecord,
  moveCall,
  noteLetterAside,
  runningCalls,
  saveUtterances,
  setConsent,
  setContact,
  takeFinished,
  utterancesOf,
} from './store.ts';
import { holdCall, stuckCalls, wakeCalls } from './waiting/store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 15, minute));
const soon = () => new Date(Date.now() + 60_000);

const setState = (db: Db, tenantId: string, state: string) =>
  db.asTenant(tenantId, (q) => [q.execute(sql`update connections set state = ${state}`)]);
const stuck = async (db: Db, tenantId: string, now: Date) =>
  (await stuckCalls(db, now, 1_000)).filter((one) => one.tenantId === tenantId).map(({ callId }) => callId);

describe.each(databases)('calls ($name)', ({ url }) => {
  test('of several accounts of a platform each has its own calls, and those of which nobody knows', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const [one, other] = [randomUUID(), randomUUID()];
    const held = (accountId: string | null) =>
      createCall(db, tenantId, { ...sampleCall(connectionId), source: 'zoom', externalId: randomUUID(), accountId });
    const [mine, theirs, unknown] = await Promise.all([held(one), held(other), held(null)]);
    const of = (accountId: string) => callsOfAccount(db, tenantId, { connectionId, source: 'zoom', accountId }, 50);
    expect((await of(one)).sort()).toEqual([mine.id, unknown.id].sort());
    expect((await of(other)).sort()).toEqual([theirs.id, unknown.id].sort());
  });

  test('of some reps’ calls those that run and are nobody’s secret, by address or by id', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const byAddress = await newCall(tenant, { startedAt: at(1) });
    const byId = await newCall(tenant, { startedAt: at(2), repId: 'R502', repEmail: '' });
    await newCall(tenant, { repId: '503', repEmail: 'lena@brightloop.example' });
    await newCall(tenant, { isPrivate: true });
    await newCall(tenant, { status: 'ended' });
    const found = async (reps: string[], limit = 10) => (await runningCalls(db, tenantId, reps, limit)).map(({ id }) => id);
    expect(await found(['sam@brightloop.example', 'r502'])).toEqual([byId, byAddress]);
    expect(await found(['sam@brightloop.example', 'r502'], 1)).toEqual([byId]);
    expect(await found([])).toEqual([]);
    const other = await newTenant(url);
    expect(await runningCalls(other.db, other.tenantId, ['sam@brightloop.example'], 10)).toEqual([]);
  });

  test('the same call told twice is one call', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const call = sampleCall(connectionId);
    const both = await Promise.all([createCall(db, tenantId, call), createCall(db, tenantId, { ...call, repName: 'Somebody' })]);
    expect(both.map((it) => it.created).sort()).toEqual([false, true]);
    expect(both[0].id).toBe(both[1].id);
    expect(await callByExternal(db, tenantId, 'upload', call.externalId)).toBeNull();
    expect(await callByExternal(db, tenantId, 'twilio', call.externalId)).toEqual({
      ...call,
      repName: expect.any(String),
      id: both[0].id,
      tenantId,
      accountId: null,
      customerEmail: null,
      fromNumber: null,
      toNumber: null,
      endedAt: null,
      durationMs: null,
      status: 'live',
      trouble: null,
      missed: null,
      consent: 'unknown',
      isPrivate: false,
      audioKey: null,
      uploadKey: null,
      tries: 0,
      nextAt: null,
    });
    expect(await callOf(db, tenantId, 'no-such-id')).toBeNull();
  });

  test('a record shows its own calls, a contact those it was on; newest first', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const first = await newCall(tenant, { startedAt: at(1) });
    const second = await newCall(tenant, { startedAt: at(2), status: 'ended' });
    await newCall(tenant, { startedAt: at(3), record: { object: 'company', id: '7001' }, contactId: null, status: 'ended' });
    const ids = async (object: 'deal' | 'contact', id: string, limit = 10) =>
      (await callsOfRecord(db, tenantId, { object, id }, limit)).map((it) => it.id);
    expect(await ids('deal', '7001')).toEqual([second, first]);
    expect(await ids('contact', '9001', 1)).toEqual([second]);
    expect(await ids('contact', '7001')).toEqual([]);
    expect((await liveCallOfRecord(db, tenantId, { object: 'deal', id: '7001' }))?.id).toBe(first);
    expect(await liveCallOfRecord(db, tenantId, { object: 'company', id: '7001' })).toBeNull();
  });

  test('an understood call waits while its CRM is away, uncounted, and is woken with the others of its connection', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const later = new Date(Date.now() + 3_600_000);
    const [second, first, other] = [
      await newCall(tenant, { startedAt: at(2), status: 'transcribed' }),
      await newCall(tenant, { startedAt: at(1), status: 'transcribed' }),
      await newCall(tenant, { startedAt: at(3), status: 'ended' }),
    ];
    // Connected again in the same moment: it does not wait.
    expect(await holdCall(db, tenantId, first, later)).toBe(false);
    await setState(db, tenantId, 'needs-reconnect');
    for (const id of [first, second, other]) await holdCall(db, tenantId, id, later);
    expect(await callOf(db, tenantId, first)).toMatchObject({ status: 'transcribed', tries: 0, nextAt: later });
    expect((await callOf(db, tenantId, other))?.nextAt).toBeNull();
    expect(await stuck(db, tenantId, soon())).toEqual([other]);
    await setState(db, tenantId, 'connected');
    expect(await wakeCalls(db, (await newTenant(url)).tenantId, connectionId, 10)).toEqual([]);
    expect(await wakeCalls(db, tenantId, connectionId, 1)).toEqual([first]);
    expect((await stuck(db, tenantId, soon())).sort()).toEqual([first, other, second].sort());
    expect(await wakeCalls(db, tenantId, connectionId, 10)).toEqual([]);
  });

  test('a letter that was set aside is noted for the source it came from', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    await noteLetterAside(db, tenantId, connectionId, at(1));
    const [rows] = await db.asTenant(tenantId, (q) => [
      q.execute(sql`select actor, action, subject from audit where action = 'letter-aside'`),
    ]);
    expect(rows.rows).toEqual([{ actor: 'spool', action: 'letter-aside', subject: connectionId }]);
  });

  test('a call ends once', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const id = await newCall(tenant);
    expect(
      await Promise.all([endCall(db, tenantId, id, at(9), 540_000.4, 'audio/1'), endCall(db, tenantId, id, at(9), 540_000.4, 'audio/1')]),
    ).toEqual(expect.arrayContaining([true, false]));
    expect(await callOf(db, tenantId, id)).toMatchObject({ status: 'ended', endedAt: at(9), durationMs: 540_000, audioKey: 'audio/1' });
  });

  test('a call moves only from where it is', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const id = await newCall(tenant, { status: 'ended' });
    expect(await moveCall(db, tenantId, id, 'live', 'ended')).toBe(false);
    expect(await moveCall(db, tenantId, id, ['live', 'ended'], 'transcribed', { tries: 1 })).toBe(true);
    expect(await moveCall(db, (await newTenant(url)).tenantId, id, 'transcribed', 'failed')).toBe(false);
    expect(await moveCall(db, tenantId, id, 'transcribed', 'understood')).toBe(true);
    expect(await failCall(db, tenantId, id, 'too late')).toBe(false);
    expect(await callOf(db, tenantId, id)).toMatchObject({ status: 'understood', tries: 1, trouble: null });
  });

  test('consent is noted with who and when, once an answer', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const id = await newCall(tenant);
    expect(await setConsent(db, tenantId, id, 'granted', '71', at(1))).toBe(true);
    expect(await setConsent(db, tenantId, id, 'granted', '71', at(2))).toBe(false);
    const [notes] = await db.asTenant(tenantId, (q) => [
      q.execute(sql`select at = ${at(1).toISOString()}::timestamptz as on_time, actor, action from audit where subject = ${id}`),
    ]);
    expect(notes.rows).toEqual([{ on_time: true, actor: '71', action: 'consent-granted' }]);
  });

  test('a transcript saved again takes the place of the one before', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const id = await newCall(tenant);
    const said = (seq: number, text: string) => ({
      seq,
      role: 'customer' as const,
      speaker: 'Mäya',
      text,
      startMs: seq * 10.5,
      endMs: seq * 10.5 + 9,
      confidence: 0.987654321,
    });
    const many = Array.from({ length: 12_000 }, (_, seq) => said(seq, `line ${seq} "quoted" \\ 💬`));
    await saveUtterances(db, tenantId, id, many);
    expect(await utterancesOf(db, tenantId, id)).toEqual(many);
    const unsure = [{ text: '$50,000', confidence: 0.3 }];
    await saveUtterances(db, tenantId, id, [{ ...said(0, '$50,000'), unsure }]);
    expect(await utterancesOf(db, tenantId, id)).toEqual([{ ...said(0, '$50,000'), unsure }]);
    await saveUtterances(db, tenantId, id, [said(0, 'a\0b')]);
    expect(await utterancesOf(db, tenantId, id)).toEqual([said(0, 'ab')]);
    await saveUtterances(db, tenantId, id, []);
    expect(await utterancesOf(db, tenantId, id)).toEqual([]);
  });

  test('a finished call that is handed over again is the same call and keeps its words', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const call = { ...sampleCall(connectionId), id: randomUUID(), source: 'webhook' as const };
    const said = (text: string) => [{ seq: 0, role: 'rep' as const, speaker: 'Sam', text, startMs: 0, endMs: 9, confidence: 1 }];
    const both = await Promise.all([takeFinished(db, tenantId, call, said('Hello.')), takeFinished(db, tenantId, call, said('Hello.'))]);
    expect(both).toEqual([call.id, call.id]);
    expect(await takeFinished(db, tenantId, call, said('Other words.'))).toBe(call.id);
    expect(await utterancesOf(db, tenantId, call.id)).toEqual(said('Hello.'));
  });

  test('a call gets its contact once', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const { id } = await createCall(db, tenantId, { ...sampleCall(connectionId), contactId: null });
    await setContact(db, tenantId, id, '9001');
    await setContact(db, tenantId, id, '9002');
    expect((await callOf(db, tenantId, id))?.contactId).toBe('9001');
  });

  test('the sweep finds calls whose job was lost, and no others', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const ended = await newCall(tenant, { status: 'ended' });
    const transcribed = await newCall(tenant, { status: 'transcribed' });
    const later = await newCall(tenant, { status: 'ended' });
    await moveCall(db, tenantId, later, 'ended', 'ended', { nextAt: new Date(Date.now() + 3_600_000) });
    const owing = await newCall(tenant, { status: 'transcribed' });
    await moveCall(db, tenantId, owing, 'transcribed', 'understood', { nextAt: new Date(Date.now() - 1_000) });
    const live = await newCall(tenant);
    await newCall(tenant, { status: 'understood' });
    await newCall(tenant, { status: 'failed' });
    const found = async (olderThan: Date) => (await stuckCalls(db, olderThan, 10_000)).filter((it) => it.tenantId === tenantId);
    expect(await found(new Date(Date.now() - 3_600_000))).toEqual([]);
    expect((await found(soon())).sort((a, b) => a.callId.localeCompare(b.callId))).toEqual(
      [
        { tenantId, callId: ended, status: 'ended' as const },
        { tenantId, callId: transcribed, status: 'transcribed' as const },
        { tenantId, callId: owing, status: 'understood' as const },
      ].sort((a, b) => a.callId.localeCompare(b.callId)),
    );
    expect((await found(new Date(Date.now() + 5 * 3_600_000))).map((it) => it.callId)).toContain(live);
  });
});

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import { callOf, moveCall, saveUtterances } from '../capture/store.ts';
import type { CallStatus } from '../capture/tables.ts';
import { currentInsight } from '../understand/again/store.ts';
import { saveInsight } from '../understand/store.ts';
import { askAnalysis } from './ask-analysis.ts';
import { databases, newCall, newTenant } from './test-db.ts';

const words = {
  seq: 0,
  role: 'customer',
  speaker: 'Maya',
  text: 'It is twice what we pay.',
  startMs: 0,
  endMs: 900,
  confidence: 1,
} as const;

describe.each(databases)('asking for a call again ($name)', ({ url }) => {
  async function open(status: CallStatus, { heard = true, known = true, audioKey = null as string | null } = {}) {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const callId = await newCall(tenant, { status, audioKey });
    if (heard) await saveUtterances(db, tenantId, callId, [words]);
    const understand = (headline: string) => saveInsight(db, tenantId, callId, quietInsight({ headline }));
    if (known) await understand('first');
    const ask = (requestId = randomUUID()) => askAnalysis(db, tenantId, callId, { requestId, by: '71' });
    const current = async () => (await currentInsight(db, tenantId, callId))?.headline ?? null;
    const standing = async () => (await callOf(db, tenantId, callId))?.status;
    const audited = async () => {
      const [rows] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, subject from audit where action = 'call-again'`)]);
      return rows.rows;
    };
    /** As if the last one had been asked for longer ago. */
    const later = () => db.system((q) => [q.execute(sql`select pg_sleep(0.01)`)]);
    return { ...tenant, callId, ask, understand, current, standing, audited, later };
  }

  test('an understood call goes back to its words, its insight is old until the next one, and it is written down who asked', async () => {
    const it = await open('understood');
    expect(await it.current()).toBe('first');
    expect(await it.ask()).toBe('transcribed');
    expect([await it.standing(), await it.current()]).toEqual(['transcribed', null]);
    await it.later();
    await it.understand('second');
    expect(await it.current()).toBe('second');
    expect(await it.audited()).toEqual([{ actor: '71', subject: it.callId }]);
  });

  test('the same request sets it off once, also after it was answered', async () => {
    const it = await open('understood');
    const requestId = randomUUID();
    expect([await it.ask(requestId), await it.ask(requestId)]).toEqual(['transcribed', null]);
    await it.later();
    await it.understand('second');
    await moveCall(it.db, it.tenantId, it.callId, 'transcribed', 'understood');
    expect(await it.ask(requestId)).toBeNull();
    expect([await it.standing(), await it.current()]).toEqual(['understood', 'second']);
    expect(await it.audited()).toHaveLength(1);
  });

  test('who asks while it is under way, or right after, joins and sets nothing off', async () => {
    const it = await open('understood');
    await it.ask();
    expect(await it.ask()).toBeNull();
    await it.later();
    await it.understand('second');
    // What follows is still under way: the insight is there already.
    expect([await it.ask(), await it.current()]).toEqual([null, 'second']);
    await moveCall(it.db, it.tenantId, it.callId, 'transcribed', 'understood');
    expect([await it.ask(), await it.current(), await it.standing()]).toEqual([null, 'second', 'understood']);
  });

  test('of many at once one sets it off', async () => {
    const it = await open('understood');
    const asked = await Promise.all(Array.from({ length: 8 }, () => it.ask()));
    expect(asked.filter((one) => one !== null)).toEqual(['transcribed']);
    expect(await it.audited()).toHaveLength(1);
  });

  test('a first analysis that is under way is joined', async () => {
    const it = await open('transcribed', { known: false });
    expect([await it.ask(), await it.current()]).toEqual([null, null]);
    await it.understand('first');
    expect(await it.current()).toBe('first');
  });

  test.each([
    ['with its words from there', { heard: true, audioKey: 'a' }, 'transcribed'],
    ['with a recording from that', { heard: false, audioKey: 'a' }, 'ended'],
    ['with neither not at all', { heard: false, audioKey: null }, null],
  ] as const)('a call we gave up on begins anew: %s', async (_, has, from) => {
    const it = await open('failed', { ...has, known: false });
    expect([await it.ask(), await it.standing()]).toEqual([from, from ?? 'failed']);
  });

  test('an erased call stays erased', async () => {
    const it = await open('failed', { heard: false, known: false, audioKey: 'a' });
    await it.db.asTenant(it.tenantId, (q) => [q.execute(sql`update calls set erased_at = now() where id = ${it.callId}::uuid`)]);
    expect([await it.ask(), await it.standing()]).toEqual([null, 'failed']);
  });

  test('a call of another tenant is none', async () => {
    const it = await open('understood');
    const theirs = await newTenant(url);
    expect(await askAnalysis(theirs.db, theirs.tenantId, it.callId, { requestId: randomUUID(), by: '71' })).toBeNull();
    expect([await it.standing(), await it.current()]).toEqual(['understood', 'first']);
  });
});

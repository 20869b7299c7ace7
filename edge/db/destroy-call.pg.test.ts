import { randomUUID } from 'node:crypto';
import { getTableName, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import type { ChangeBody } from '../../shared/contracts/change.ts';
import * as outbox from '../act/outbox/store.ts';
import * as changes from '../act/store.ts';
import { addUndo } from '../act/undo/store.ts';
import { callOf, saveUtterances, utterancesOf } from '../capture/store.ts';
import { addTouch, touchesOfPerson } from '../relate/store.ts';
import * as risks from '../remember/risks/store.ts';
import { factsOf, foldFacts } from '../remember/store.ts';
import { insightOf, saveInsight } from '../understand/store.ts';
import type { Db } from './client.ts';
import { destroyCall } from './destroy-call.ts';
import { setPrivate } from './private-call.ts';
import * as schema from './schema.ts';
import { databases, newCall, newTenant } from './test-db.ts';

const CANARY = 'Kanarienvogel';
const at = new Date('2026-11-20T15:00:00.000Z');
const record = { object: 'deal', id: '7001' } as const;
const evidence = { quote: CANARY, seq: 0, role: 'customer', speaker: CANARY, startMs: 0, endMs: 900 } as const;
const note = { kind: 'add-note', body: CANARY, at: at.toISOString() } as const;
// A ticket can only be burnt, and holds no words.
const tables = Object.values(schema).flatMap((it) => (it instanceof PgTable && getTableName(it) !== 'tickets' ? [it] : []));

/** Every table that still holds the word. */
async function holding(db: Db, tenantId: string, word: string): Promise<string[]> {
  const rows = await db.asTenant(tenantId, (q) => tables.map((table) => q.execute(sql`select to_jsonb(t) as row from ${table} t`)));
  return tables.flatMap((table, i) => (JSON.stringify(rows[i]?.rows).includes(word) ? [getTableName(table)] : []));
}

type Tenant = Awaited<ReturnType<typeof newTenant>>;

/** A call of which every room keeps something. */
async function heardCall(tenant: Tenant) {
  const { db, tenantId } = tenant;
  const callId = await newCall(tenant, {
    customerName: CANARY,
    customerEmail: `${CANARY}@a.example`,
    status: 'understood',
    consent: 'granted',
  });
  await fillWords(tenant, callId);
  return { db, tenantId, callId };
}

async function fillWords({ db, tenantId, connectionId }: Tenant, callId: string) {
  await saveUtterances(db, tenantId, callId, [{ ...evidence, text: CANARY, confidence: 1 }]);
  await saveInsight(db, tenantId, callId, {
    analyzer: 'rules-1',
    intent: 'demo',
    sentiment: 0.5,
    talkShareRep: 0.5,
    headline: CANARY,
    bullets: [{ text: CANARY, evidence }],
    objections: [],
    nextSteps: [],
    buyingSignals: [],
    competitors: [],
    pricing: [],
    turns: [],
  });
  await foldFacts(db, tenantId, record, [{ kind: 'signal', key: 'k', text: CANARY, evidence, callId, at }]);
  const found = { code: 'red_flag', basis: CANARY, text: CANARY, severity: 'high', confidence: 0.9, isDeterministic: false } as const;
  await risks.settle(db, tenantId, record, { propose: [{ ...found, evidence: [{ ...evidence, callId }] }], renew: [], over: [] }, at);
  const person = { object: 'contact', id: '9001' } as const;
  await addTouch(db, tenantId, { repId: '501', person, personName: CANARY, callId, at, minutes: 2, channel: 'call' });
  const bodies: ChangeBody[] = [
    { kind: 'draft-email', to: [], subject: CANARY, body: CANARY },
    note,
    { kind: 'add-task', subject: CANARY, body: CANARY, dueAt: at.toISOString() },
    { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '1', to: '2' },
    { kind: 'log-call', title: CANARY, body: CANARY, direction: 'inbound', startedAt: at.toISOString(), durationMs: 1, existing: '55' },
  ];
  await changes.planChanges(
    db,
    tenantId,
    bodies.map((body, ordinal) => ({
      callId,
      connectionId,
      opKey: `${callId}-${ordinal}`,
      record,
      also: [],
      policy: 'auto' as const,
      state: ordinal === 0 ? ('waiting' as const) : ('due' as const),
      body,
      reason: CANARY,
      evidence: [evidence],
      ordinal,
    })),
  );
}

const bodyOf = (body: unknown) => JSON.stringify(body);

describe.each(databases)('a destroyed call ($name)', ({ url }) => {
  test('leaves not one word in any table, and an empty frame that says why', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    expect((await holding(db, tenantId, CANARY)).sort()).toEqual(
      ['calls', 'changes', 'facts', 'insights', 'risks', 'touches', 'utterances'].sort(),
    );
    await destroyCall(db, tenantId, callId, '71', at);
    expect(await holding(db, tenantId, CANARY)).toEqual([]);
    expect(await callOf(db, tenantId, callId)).toMatchObject({
      status: 'failed',
      missed: 'destroyed',
      trouble: 'This call was stopped and destroyed. Nothing of it is kept.',
      customerName: 'Destroyed',
      fromNumber: null,
    });
    expect(await changes.changesOfCall(db, tenantId, callId)).toEqual([]);
  });

  test('stays empty, whatever comes late', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    await destroyCall(db, tenantId, callId, '71', at);
    await fillWords(tenant, callId);
    expect(await holding(db, tenantId, CANARY)).toEqual([]);
    expect([await utterancesOf(db, tenantId, callId), await insightOf(db, tenantId, callId)]).toEqual([[], null]);
    expect([await factsOf(db, tenantId, record), await touchesOfPerson(db, tenantId, ['9001'])]).toEqual([[], []]);
  });

  test('is destroyed once, by who pressed first', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    for (const by of ['71', '72']) await destroyCall(db, tenantId, callId, by, at);
    const [noted] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, subject from audit where action = 'call-destroyed'`)]);
    expect(noted.rows).toEqual([{ actor: '71', subject: callId }]);
  });

  test('keeps what stands in the CRM without its words, so that it can be taken back there', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    const { rows } = await outbox.leaseDue(db, tenantId, {
      connectionId: tenant.connectionId,
      took: [],
      now: at,
      leaseMs: 60_000,
      limit: 10,
    });
    await outbox.markWritten(
      db,
      tenantId,
      rows.map(({ id, ordinal }) => ({ id, crmId: `80${ordinal}` })),
      at,
    );
    await destroyCall(db, tenantId, callId, '71', at);
    expect(await holding(db, tenantId, CANARY)).toEqual([]);
    const left = await changes.changesOfCall(db, tenantId, callId);
    expect(left.map(({ state, body, crmId, wrote }) => [state, body.kind, crmId ?? null, wrote === null])).toEqual([
      ['written', 'add-note', '801', true],
      ['written', 'add-task', '802', true],
      ['written', 'set-field', '803', left[2]?.wrote === null],
      // Another product's record: without our words nobody can take them out of it.
      ['written', 'log-call', null, true],
    ]);
    expect(bodyOf(left[2]?.body)).toContain('"to":"2"');
    const [first] = left;
    if (!first) throw new Error('nothing is left');
    const body = { kind: 'remove-activity', activity: 'note', crmId: '801', title: 'The note of the call' } as const;
    const undo = await addUndo(db, tenantId, first, { body, opKey: randomUUID() }, { by: '71', at, requestId: randomUUID() });
    expect(undo).toMatchObject({ state: 'due', undoes: first.id, wrote: null });
  });

  test('what was being written at that moment is noted when it landed, and never leaves again when it did not', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    const { rows } = await outbox.leaseDue(db, tenantId, {
      connectionId: tenant.connectionId,
      took: [],
      now: at,
      leaseMs: 60_000,
      limit: 10,
    });
    await destroyCall(db, tenantId, callId, '71', at);
    expect(await holding(db, tenantId, CANARY)).toEqual([]);
    const [landed, lost] = rows;
    await outbox.markWritten(db, tenantId, [{ id: landed?.id ?? '', crmId: '801' }], at);
    await outbox.retryLater(db, tenantId, lost?.id ?? '', at, 'No answer.');
    const after = new Map((await changes.changesOfCall(db, tenantId, callId)).map(({ id, state }) => [id, state]));
    expect([after.get(landed?.id ?? ''), after.get(lost?.id ?? '')]).toEqual(['written', 'superseded']);
    expect(await outbox.nextDueAt(db, tenantId, tenant.connectionId)).not.toBe(0);
  });

  test('a writer that starts anew leases none of it, and what landed late all the same can be taken back', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    const { connectionId } = tenant;
    const { rows } = await outbox.leaseDue(db, tenantId, { connectionId, took: [], now: at, leaseMs: 60_000, limit: 10 });
    expect(rows.length).toBeGreaterThan(0);
    await destroyCall(db, tenantId, callId, '71', at);
    const later = new Date(at.getTime() + 120_000);
    const again = await outbox.leaseDue(db, tenantId, { connectionId, took: [], now: later, leaseMs: 60_000, limit: 10 });
    expect(again.rows).toEqual([]);
    const [late] = rows;
    await outbox.markWritten(db, tenantId, [{ id: late?.id ?? '', crmId: '801' }], later);
    const after = (await changes.changesOfCall(db, tenantId, callId)).find(({ id }) => id === late?.id);
    expect(after).toMatchObject({ state: 'written', crmId: '801' });
  });
});

describe.each(databases)('a private call ($name)', ({ url }) => {
  test('holds back what was about to be written, and is shared again without sending it', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, callId } = await heardCall(tenant);
    for (let again = 0; again < 2; again += 1) await setPrivate(db, tenantId, callId, true, '71', at);
    expect((await callOf(db, tenantId, callId))?.isPrivate).toBe(true);
    expect((await changes.changesOfCall(db, tenantId, callId)).map(({ state, version }) => [state, version])).toEqual([
      ['waiting', 1],
      ...Array(4).fill(['waiting', 2]),
    ]);
    await setPrivate(db, tenantId, callId, false, '71', at);
    expect((await callOf(db, tenantId, callId))?.isPrivate).toBe(false);
    expect((await changes.changesOfCall(db, tenantId, callId)).every(({ state }) => state === 'waiting')).toBe(true);
    const [noted] = await db.asTenant(tenantId, (q) => [
      q.execute(
        sql`select action, count(*)::int as n from audit where action in ('call-private', 'call-shared') group by action order by 1`,
      ),
    ]);
    expect(noted.rows).toEqual([
      { action: 'call-private', n: 1 },
      { action: 'call-shared', n: 1 },
    ]);
  });
});

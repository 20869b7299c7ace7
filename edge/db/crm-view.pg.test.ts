import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { markWritten } from '../act/outbox/store.ts';
import { changeOf, decide, type PlannedChange, planChanges } from '../act/store.ts';
import { callOf, callsOfRecord, saveUtterances, utterancesOf } from '../capture/store.ts';
import { addTouch, touchesOfPerson } from '../relate/store.ts';
import { factsOf, foldFacts } from '../remember/store.ts';
import { insightOf, saveInsight } from '../understand/store.ts';
import { hasOpen, knownOf, openOn, parkGone, type Seen, saveSeen, settle, wroteOf } from './crm-view.ts';
import { audioOfErased, erasePerson, forgetAudio } from './erase-person.ts';
import { mergeRecord } from './merge-record.ts';
import { databases, newCall, newTenant } from './test-db.ts';
import { noteMissing, writtenActivities } from './written.ts';

type Tenant = Awaited<ReturnType<typeof newTenant>>;
const at = new Date('2026-11-20T15:00:00.000Z');
const deal: RecordRef = { object: 'deal', id: '7001' };
const maya: RecordRef = { object: 'contact', id: '9001' };
const body = { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '7' } as const;
const evidence = { quote: 'seven', seq: 0, role: 'customer' as const, speaker: 'Maya', startMs: 0, endMs: 900 };

async function newChange({ db, tenantId, connectionId }: Tenant, over: Partial<PlannedChange> = {}): Promise<string> {
  const id = randomUUID();
  const rest = { record: deal, also: [], policy: 'auto', state: 'due', body, reason: '', evidence: [], ordinal: 0 } as const;
  await planChanges(db, tenantId, [{ id, callId: null, connectionId, opKey: id, ...rest, ...over }]);
  return id;
}
const seen = (over: Partial<Seen> = {}): Seen => ({ record: deal, field: 'amount', print: '#9', atMs: at.getTime(), by: 'other', ...over });
const audited = async ({ db, tenantId }: Tenant) => {
  const [rows] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`select action, subject from audit where actor in ('crm', 'reconcile') order by id`),
  ]);
  return rows.rows.map(({ action, subject }) => `${action} ${subject}`);
};

describe.each(databases)('what we know of the CRM ($name)', ({ url }) => {
  test('finds the open changes of fields on these records', async () => {
    const it = await newTenant(url);
    const id = await newChange(it);
    await newChange(it, { body: { kind: 'add-note', body: 'x', at: at.toISOString() } });
    await newChange(it, { record: { object: 'deal', id: '7002' } });
    const found = await openOn(it.db, it.tenantId, it.connectionId, [deal, maya]);
    expect(found).toEqual([{ id, version: 1, state: 'due', record: deal, body, since: expect.any(Date) }]);
    expect(await openOn(it.db, it.tenantId, randomUUID(), [deal])).toEqual([]);
    expect(await knownOf(it.db, it.tenantId, it.connectionId, [deal, maya])).toEqual([deal]);
  });

  test('the newest value is kept, of fields we have to do with', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const save = (some: Seen[], open: RecordRef[]) => saveSeen(db, tenantId, connectionId, some, open);
    expect(await save([seen()], [])).toEqual([]);
    expect(await save([seen()], [deal])).toEqual([seen()]);
    // From now on it is known, whether anything is open or not.
    expect(await save([seen({ atMs: at.getTime() + 1, print: '#10' })], [])).toHaveLength(1);
    expect(await save([seen({ print: '#8' })], [deal])).toEqual([]);
    expect(await save([seen({ atMs: at.getTime() + 1, print: '#10' })], [])).toHaveLength(1);
    expect(await wroteOf(db, tenantId, connectionId, deal)).toEqual({});
  });

  test('moves the version that was judged, and notes it', async () => {
    const it = await newTenant(url);
    const [due, newer] = [await newChange(it), await newChange(it)];
    await settle(it.db, it.tenantId, [
      { id: due, version: 1, to: 'waiting', said: 'Dana changed it.' },
      { id: newer, version: 2, to: 'superseded', said: '' },
    ]);
    expect(await changeOf(it.db, it.tenantId, due)).toMatchObject({
      state: 'waiting',
      policy: 'suggest',
      version: 2,
      trouble: 'Dana changed it.',
    });
    expect(await changeOf(it.db, it.tenantId, newer)).toMatchObject({ state: 'due', version: 1 });
    expect(await audited(it)).toEqual([`change-suggested ${due}`]);
  });

  test('what is only watched is found for two weeks, compared, and stays where it is', async () => {
    const it = await newTenant(url);
    const { db, tenantId, connectionId } = it;
    const id = await newChange(it, { policy: 'shadow', state: 'shadow' });
    const old = await newChange(it, { policy: 'shadow', state: 'shadow' });
    await db.asTenant(tenantId, (q) => [
      q.execute(sql`update changes set created_at = now() - interval '15 days' where id = ${old}::uuid`),
    ]);
    expect((await openOn(db, tenantId, connectionId, [deal])).map((row) => [row.id, row.state])).toEqual([[id, 'shadow']]);
    for (const to of ['differed', 'differed', 'matched'] as const) await settle(db, tenantId, [{ id, version: 1, to, said: '' }]);
    expect(await changeOf(db, tenantId, id)).toMatchObject({ state: 'shadow', shadowSaw: 'matched', version: 1 });
    expect(await audited(it)).toEqual([`shadow-compared ${id}`, `shadow-compared ${id}`]);
    // Nobody's press makes it a write.
    expect(await decide(db, tenantId, id, { version: 1, to: 'due', by: '71', at, requestId: 'r1' })).toMatchObject({ moved: false });
  });

  test('a lead that was converted ties what is written about its call to its contact and company', async () => {
    const it = await newTenant(url);
    const { db, tenantId, connectionId } = it;
    const lead: RecordRef = { object: 'lead', id: '5001' };
    const heirs: RecordRef[] = [maya, { object: 'company', id: '3001' }];
    const callId = await newCall(it, { record: lead, contactId: null });
    const [bare, tied] = [await newChange(it, { callId, record: lead }), await newChange(it, { callId, record: lead, also: [maya] })];
    for (let times = 0; times < 2; times++) await mergeRecord(db, tenantId, connectionId, [lead], deal, heirs);
    for (const id of [bare, tied]) {
      const row = await changeOf(db, tenantId, id);
      expect({ record: row?.record, also: new Set(row?.also.map((ref) => `${ref.object} ${ref.id}`)), count: row?.also.length }).toEqual({
        record: deal,
        also: new Set(['contact 9001', 'company 3001']),
        count: 2,
      });
    }
    expect(await callOf(db, tenantId, callId)).toMatchObject({ record: deal, contactId: '9001' });
  });

  test('parks what waits on a record that is no more', async () => {
    const it = await newTenant(url);
    const id = await newChange(it);
    expect(await hasOpen(it.db, it.tenantId, it.connectionId, deal)).toBe(true);
    await parkGone(it.db, it.tenantId, it.connectionId, deal, 'Deleted.');
    expect(await changeOf(it.db, it.tenantId, id)).toMatchObject({ state: 'parked', parkedWhy: 'gone', trouble: 'Deleted.' });
    // Should we hear that it only became another record, it goes on there.
    expect(await hasOpen(it.db, it.tenantId, it.connectionId, deal)).toBe(true);
    await decide(it.db, it.tenantId, id, { version: 2, to: 'declined', by: '71', at, requestId: 'request-1' });
    expect(await hasOpen(it.db, it.tenantId, it.connectionId, deal)).toBe(false);
  });

  test('a missing activity is noted once', async () => {
    const it = await newTenant(url);
    const note = { kind: 'add-note', body: 'x', at: at.toISOString() } as const;
    const id = await newChange(it, { body: note });
    await markWritten(it.db, it.tenantId, [{ id: id, crmId: '55' }], at);
    const written = () => writtenActivities(it.db, it.tenantId, it.connectionId, new Date(0), 10);
    expect(await written()).toEqual([{ id, kind: 'add-note', crmId: '55' }]);
    await noteMissing(it.db, it.tenantId, [id], at);
    expect(await written()).toEqual([]);
    expect(await changeOf(it.db, it.tenantId, id)).toMatchObject({ state: 'written' });
  });

  test('of merged records everything is the one’s that stays, however often it is told', async () => {
    const it = await newTenant(url);
    const { db, tenantId, connectionId } = it;
    const nora: RecordRef = { object: 'contact', id: '9002' };
    const both: RecordRef = { object: 'contact', id: '9009' };
    const [one, two] = [await newCall(it), await newCall(it, { contactId: nora.id, record: nora })];
    const parked = await newChange(it, { callId: one, record: maya, also: [maya, deal, nora] });
    await parkGone(db, tenantId, connectionId, maya, 'Deleted.');
    const fact = { kind: 'price', key: 'p', evidence, at } as const;
    await foldFacts(db, tenantId, maya, [{ ...fact, text: 'old', callId: one }]);
    await foldFacts(db, tenantId, nora, [{ ...fact, text: 'new', callId: two, at: new Date(at.getTime() + 1) }]);
    await foldFacts(db, tenantId, both, [{ ...fact, key: 'other', text: 'own', callId: two }]);
    const touch = { repId: '501', personName: 'Maya', callId: one, at, minutes: 2, channel: 'call' };
    await addTouch(db, tenantId, { ...touch, person: maya });
    await addTouch(db, tenantId, { ...touch, person: nora });
    await saveSeen(db, tenantId, connectionId, [seen({ record: maya, field: 'phone' })], [maya]);

    for (let times = 0; times < 2; times++) await mergeRecord(db, tenantId, connectionId, [maya, nora], both);

    expect(await changeOf(db, tenantId, parked)).toMatchObject({ record: both, state: 'due' });
    const also = (await changeOf(db, tenantId, parked))?.also ?? [];
    expect(also.map(({ id }) => id).sort()).toEqual(['7001', '9009']);
    expect((await callsOfRecord(db, tenantId, both, 10)).map(({ id }) => id).sort()).toEqual([one, two].sort());
    expect((await callOf(db, tenantId, one))?.record).toEqual(deal);
    expect(await factsOf(db, tenantId, both)).toMatchObject([
      { key: 'p', text: 'new', callId: two, times: 2, firstAt: at },
      { key: 'other', text: 'own', times: 1 },
    ]);
    expect([await factsOf(db, tenantId, maya), await factsOf(db, tenantId, nora)]).toEqual([[], []]);
    expect(await touchesOfPerson(db, tenantId, [maya.id, nora.id, both.id])).toMatchObject([{ person: both, callId: one }]);
    expect((await audited(it)).filter((line) => line.startsWith('change-merged'))).toEqual([`change-merged ${parked}`]);
  });

  test('of an erased contact nothing is left that was said, and nothing is written again', async () => {
    const it = await newTenant(url);
    const { db, tenantId, connectionId } = it;
    const [theirs, live, others] = [
      await newCall(it, {
        status: 'ended',
        customerEmail: 'maya@cobaltfreight.example',
        fromNumber: '+14155550142',
        audioKey: 'a',
        uploadKey: 'u',
      }),
      await newCall(it),
      await newCall(it, { contactId: '9002', customerName: 'Nora' }),
    ];
    const said = [{ seq: 0, role: 'customer' as const, speaker: 'Maya', text: 'seven', startMs: 0, endMs: 400, confidence: 0.9 }];
    const tell = async (callId: string) => {
      await saveUtterances(db, tenantId, callId, said);
      await saveInsight(db, tenantId, callId, quietInsight());
      await addTouch(db, tenantId, { repId: '501', person: maya, personName: 'Maya', callId, at, minutes: 2, channel: 'call' });
      await foldFacts(db, tenantId, deal, [{ kind: 'price', key: callId, text: 'seven', evidence, callId, at }]);
      return newChange(it, { callId, body: { kind: 'add-note', body: 'seven', at: at.toISOString() } });
    };
    await tell(theirs);
    const kept = await tell(others);
    await newChange(it, { record: maya });
    const elsewhere = await newChange(it, { also: [maya, deal] });

    for (let times = 0; times < 2; times++) expect(await erasePerson(db, tenantId, connectionId, maya.id, at)).toEqual({ live: 1 });

    expect(await callOf(db, tenantId, theirs)).toMatchObject({
      status: 'failed',
      customerName: 'Erased',
      customerEmail: null,
      fromNumber: null,
      contactId: null,
      record: deal,
    });
    expect(await callOf(db, tenantId, live)).toMatchObject({ status: 'live', contactId: maya.id });
    const left = async (callId: string) => {
      const [rows] = await db.asTenant(tenantId, (q) => [
        q.execute(sql`select (select count(*)::int from utterances where call_id = ${callId}::uuid) as said,
          (select count(*)::int from insights where call_id = ${callId}::uuid) as meant, (select count(*)::int from changes where call_id = ${callId}::uuid) as planned,
          (select count(*)::int from facts where call_id = ${callId}::uuid) as known, (select count(*)::int from touches where call_id = ${callId}::uuid) as met`),
      ]);
      return rows.rows[0];
    };
    const nothing = { said: 0, meant: 0, planned: 0, known: 0, met: 0 };
    expect(await left(theirs)).toEqual(nothing);
    expect(await left(others)).toEqual({ said: 1, meant: 1, planned: 1, known: 1, met: 0 });
    expect((await changeOf(db, tenantId, elsewhere))?.also).toEqual([deal]);
    expect(await changeOf(db, tenantId, kept)).not.toBeNull();

    // A job that was under way comes too late.
    await tell(theirs);
    expect(await left(theirs)).toEqual(nothing);
    expect([await utterancesOf(db, tenantId, theirs), await insightOf(db, tenantId, theirs)]).toEqual([[], null]);

    expect(await audioOfErased(db, tenantId, 10)).toEqual([{ callId: theirs, keys: ['a', 'u'] }]);
    await forgetAudio(db, tenantId, [theirs]);
    expect(await audioOfErased(db, tenantId, 10)).toEqual([]);
    expect((await audited(it)).filter((line) => /^(call|person)-erased/.test(line))).toEqual([
      `call-erased ${theirs}`,
      `person-erased ${maya.id}`,
    ]);
  });

  test('another tenant’s contact with the same id is not touched', async () => {
    const [mine, theirs] = [await newTenant(url), await newTenant(url)];
    const call = await newCall(theirs, { status: 'ended' });
    await erasePerson(mine.db, mine.tenantId, theirs.connectionId, maya.id, at);
    await mergeRecord(mine.db, mine.tenantId, theirs.connectionId, [deal], { object: 'deal', id: '1' });
    expect(await callOf(theirs.db, theirs.tenantId, call)).toMatchObject({ customerName: 'Maya Lindqvist', record: deal });
  });
});

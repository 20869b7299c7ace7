import { randomUUID } from 'node:crypto';
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { signsOf } from '../../shared/remember/health/signs.ts';
import type { FoundRisk } from '../../shared/remember/risks/found-risk.ts';
import { setTone } from '../act/email/store.ts';
import { planChanges } from '../act/store.ts';
import { crmFields, cursors, matches, policies } from '../act/tables.ts';
import { beginPhoneCall, setRepPhone } from '../capture/phone/store.ts';
import { callsOfRecord, saveUtterances } from '../capture/store.ts';
import { captureSettings, inbox } from '../capture/tables.ts';
import { saveCards } from '../guide/cards/store.ts';
import { guidanceRules } from '../guide/cards/tables.ts';
import { saveMarks } from '../guide/marks/store.ts';
import { savePlaybook } from '../guide/playbooks/store.ts';
import { saveDraft } from '../relate/intros/store.ts';
import { optOut } from '../relate/out/store.ts';
import { addTouch } from '../relate/store.ts';
import { tellTies } from '../relate/ties/store.ts';
import { saveAhead } from '../remember/ahead/store.ts';
import { keepSigns, settle } from '../remember/risks/store.ts';
import { saveIndex } from '../remember/search/store.ts';
import { foldFacts } from '../remember/store.ts';
import { addKey } from '../tenants/keys/store.ts';
import { setBudget, setSpend, tellOnce } from '../tenants/spend/store.ts';
import { addMinutes, saveTicket, tenantOf } from '../tenants/store.ts';
import { appCursors, usedStates } from '../tenants/tables.ts';
import { saveInsight, takeTokens } from '../understand/store.ts';
import { alerts } from './alerts.ts';
import { askAnalysis } from './ask-analysis.ts';
import { type Db, openDb } from './client.ts';
import { DbRefusal } from './refusal.ts';
import * as schema from './schema.ts';
import { databases, newCall, newTenant, sampleIntro, samplePhoneCall } from './test-db.ts';

const tables = Object.values(schema).filter((it) => it instanceof PgTable);
const names = tables.map((table) => getTableName(table));
const evidence = { quote: 'twice', seq: 0, role: 'customer' as const, speaker: 'Maya', startMs: 0, endMs: 900 };
const at = new Date('2026-11-20T15:00:00.000Z');
const overdue: FoundRisk = {
  code: 'overdue',
  basis: '2026-11-01',
  text: 'x',
  severity: 'medium',
  confidence: 0.9,
  isDeterministic: true,
  evidence: [],
};

test('a database that does not answer says so, and not where it is', async () => {
  const away = openDb('postgres://ros:ros@127.0.0.1:1/ros');
  await expect(tenantOf(away, randomUUID())).rejects.toEqual(new DbRefusal());
});

describe.each(databases)('tenants apart ($name)', ({ url }) => {
  test('every table is locked: forced, with one policy for everybody, and nothing more for requests', async () => {
    const { db } = await newTenant(url);
    const [locks, policies, role, grants] = await db.system((q) => [
      q.execute(sql`select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced,
        exists (select from information_schema.columns where table_schema = 'public' and table_name = relname and column_name = 'tenant_id' and data_type = 'uuid' and is_nullable = 'NO') as owned
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by relname`),
      q.execute(
        sql`select tablename as name, cmd, qual, with_check from pg_policies where schemaname = 'public' and 'ros_system' <> all(roles) order by tablename`,
      ),
      q.execute(sql`select rolname, rolsuper, rolbypassrls, rolcanlogin, pg_has_role('ros_app', 'ros_system', 'member') as system
        from pg_roles where rolname in ('ros_app', 'ros_system') order by rolname`),
      q.execute(sql`select table_name as name, string_agg(privilege_type, ' ' order by privilege_type) as may from information_schema.role_table_grants
        where grantee = 'ros_app' and table_schema = 'public' group by table_name order by table_name`),
    ]);
    const mine = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)";
    expect(locks.rows).toEqual([...names].sort().map((name) => ({ name, enabled: true, forced: true, owned: true })));
    expect(policies.rows).toEqual([...names].sort().map((name) => ({ name, cmd: 'ALL', qual: mine, with_check: mine })));
    expect(role.rows).toEqual(
      ['ros_app', 'ros_system'].map((rolname) => ({ rolname, rolsuper: false, rolbypassrls: false, rolcanlogin: false, system: false })),
    );
    expect(Object.fromEntries(grants.rows.map((row) => [row.name, row.may]))).toEqual({
      alerts: 'DELETE INSERT SELECT UPDATE',
      analyses: 'INSERT SELECT',
      app_cursors: 'INSERT SELECT UPDATE',
      audit: 'INSERT SELECT',
      budget_notices: 'INSERT SELECT',
      budgets: 'INSERT SELECT UPDATE',
      calls: 'INSERT SELECT UPDATE',
      capture_settings: 'INSERT SELECT UPDATE',
      changes: 'DELETE INSERT SELECT UPDATE',
      connections: 'INSERT SELECT UPDATE',
      crm_fields: 'DELETE INSERT SELECT UPDATE',
      cursors: 'DELETE INSERT SELECT UPDATE',
      deal_signs: 'DELETE INSERT SELECT UPDATE',
      email_tones: 'DELETE INSERT SELECT UPDATE',
      facts: 'DELETE INSERT SELECT UPDATE',
      guidance_cards: 'DELETE INSERT SELECT',
      guidance_marks: 'DELETE INSERT SELECT',
      guidance_reps: 'INSERT SELECT UPDATE',
      guidance_rules: 'INSERT SELECT UPDATE',
      inbox: 'DELETE INSERT SELECT UPDATE',
      insights: 'DELETE INSERT SELECT UPDATE',
      intros: 'DELETE INSERT SELECT UPDATE',
      matches: 'DELETE INSERT SELECT UPDATE',
      meetings_ahead: 'DELETE INSERT SELECT UPDATE',
      model_usage: 'INSERT SELECT UPDATE',
      people_out: 'INSERT SELECT',
      phone_calls: 'DELETE INSERT SELECT UPDATE',
      playbooks: 'INSERT SELECT',
      policies: 'DELETE INSERT SELECT UPDATE',
      rep_phones: 'INSERT SELECT UPDATE',
      risks: 'DELETE INSERT SELECT UPDATE',
      said_meanings: 'DELETE INSERT SELECT',
      said_words: 'DELETE INSERT SELECT',
      spend: 'INSERT SELECT UPDATE',
      tenant_keys: 'DELETE INSERT SELECT',
      tenants: 'SELECT',
      tickets: 'INSERT',
      ties: 'DELETE INSERT SELECT UPDATE',
      touches: 'DELETE INSERT SELECT UPDATE',
      usage: 'INSERT SELECT UPDATE',
      used_states: 'DELETE INSERT SELECT',
      utterances: 'DELETE INSERT SELECT',
    });
  });

  test('what is unique is unique within a tenant, save an account and a ticket', () => {
    const free = tables.flatMap((table) => {
      const { name, primaryKeys, uniqueConstraints, columns } = getTableConfig(table);
      const keys = [...primaryKeys, ...uniqueConstraints].map((it) => it.columns.map((column) => column.name));
      const single = columns.filter((column) => column.primary || column.isUnique).map((column) => [column.name]);
      return [...keys, ...single].filter((key) => !key.includes('tenant_id')).map((key) => `${name}: ${key.join(', ')}`);
    });
    expect(free.sort()).toEqual(['connections: provider, external_id', 'tickets: hash']);
  });

  test.each(tables.map((table) => ({ name: getTableName(table), table })))(
    '$name: nobody else reads it, nobody writes into it',
    async ({ table, name }) => {
      const mine = await newTenant(url);
      const theirs = await newTenant(url);
      await fill(mine.db, mine);
      const rows = (tenantId: string) => mine.db.asTenant(tenantId, (q) => [q.execute(sql`select tenant_id from ${table}`)]);

      // Tickets are given out and burnt, never read.
      if (name === 'tickets') await expect(rows(mine.tenantId)).rejects.toMatchObject({ code: '42501' });
      else {
        const [own] = await rows(mine.tenantId);
        expect(new Set(own.rows.map((row) => row.tenant_id))).toEqual(new Set([mine.tenantId]));
        const [foreign] = await rows(theirs.tenantId);
        expect(foreign.rows.filter((row) => row.tenant_id !== theirs.tenantId)).toEqual([]);
        const [none] = await mine.db.system((q) => [q.execute(sql`select tenant_id from ${table}`)]);
        expect(none.rows).toEqual([]);
      }
      await expect(mine.db.asTenant(theirs.tenantId, (q) => [q.execute(forged(table, mine.tenantId))])).rejects.toMatchObject({
        code: '42501',
      });
      await expect(mine.db.system((q) => [q.execute(forged(table, mine.tenantId))])).rejects.toMatchObject({ code: '42501' });
    },
  );

  test('a row of another tenant can be neither changed nor taken over', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    await newCall(mine);
    const [changed] = await mine.db.asTenant(theirs.tenantId, (q) => [
      q.execute(sql`update calls set rep_name = 'x' where tenant_id = ${mine.tenantId}`),
    ]);
    expect(changed.rowCount).toBe(0);
    await expect(
      mine.db.asTenant(mine.tenantId, (q) => [q.execute(sql`update calls set tenant_id = ${theirs.tenantId}`)]),
    ).rejects.toMatchObject({ code: '42501' });
    // A call cannot hang on another tenant's connection either.
    await expect(newCall({ ...theirs, connectionId: mine.connectionId })).rejects.toMatchObject({
      code: '23503',
      constraint: 'calls_connection',
    });
  });

  test('the tenant ends with its transaction', async () => {
    const mine = await newTenant(url);
    await tenantOf(mine.db, mine.tenantId);
    const [after] = await mine.db.system((q) => [
      q.execute(sql`select current_user as who, current_setting('app.tenant_id', true) as tenant`),
    ]);
    expect(after.rows).toEqual([{ who: 'ros_app', tenant: '' }]);
  });

  test('a statement cannot run outside a batch, and a batch needs a tenant', async () => {
    const { db, tenantId } = await newTenant(url);
    const escaped: Promise<unknown>[] = [];
    const told = (error: Error) => (error.cause as Error).message;
    await db.asTenant(tenantId, (q) => {
      escaped.push(q.select().from(inbox).catch(told), q.execute(sql`select 1`).catch(told));
      return [q.select().from(inbox)];
    });
    expect(await Promise.all(escaped)).toEqual(Array(2).fill('a query was about to run without a tenant'));
    await expect(db.asTenant('', (q) => [q.select().from(inbox)])).rejects.toThrow('a tenant id is missing');
  });

  test('a refusal says which rule, and nothing that was said', async () => {
    const { db, tenantId } = await newTenant(url);
    const secret = 'it is twice what we pay';
    const refused = db.asTenant(tenantId, (q) => [
      q.insert(inbox).values({ tenantId, provider: 'twilio', eventKey: secret, body: {} }),
      q.insert(inbox).values({ tenantId, provider: 'twilio', eventKey: secret, body: {} }),
    ]);
    const error = await refused.catch((it: unknown) => it);
    expect(error).toEqual(new DbRefusal('23505', 'inbox', 'inbox_tenant_id_provider_event_key_pk'));
    expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain(secret);
    // All or nothing: the first of the two is gone with the second.
    await expect(db.asTenant(tenantId, (q) => [q.select().from(inbox)])).resolves.toEqual([[]]);
  });

  test('a foreign id finds nothing', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    await newCall(mine);
    await expect(callsOfRecord(theirs.db, theirs.tenantId, { object: 'deal', id: '7001' }, 10)).resolves.toEqual([]);
  });
});

/** A row that is wrong in nothing but its tenant, as far as the check that must refuse it looks. */
function forged(table: PgTable, tenantId: string) {
  const columns = Object.values(getTableColumns(table)).filter(
    (column) => column.name === 'tenant_id' || (column.notNull && !column.hasDefault),
  );
  const values = columns.map((column) => {
    if (column.name === 'tenant_id') return sql`${tenantId}::uuid`;
    const type = column.getSQLType();
    if (type.endsWith('[]')) return sql.raw(`'{}'::${type}`);
    if (type === 'boolean') return sql.raw('true');
    if (type === 'jsonb') return sql.raw(`'{}'::jsonb`);
    if (type === 'uuid') return sql`${randomUUID()}::uuid`;
    if (type.startsWith('timestamp')) return sql.raw('now()');
    return type === 'text' ? sql`${randomUUID()}` : sql.raw('1');
  });
  const into = sql.join(
    columns.map((column) => sql.identifier(column.name)),
    sql`, `,
  );
  return sql`insert into ${table} (${into}) values (${sql.join(values, sql`, `)})`;
}

/** One row in every table. */
async function fill(db: Db, tenant: { db: Db; tenantId: string; connectionId: string }) {
  const { tenantId, connectionId } = tenant;
  const callId = await newCall(tenant);
  const record = { object: 'deal', id: '7001' } as const;
  await saveUtterances(db, tenantId, callId, [
    { seq: 0, role: 'rep', speaker: 'Sam', text: 'Hi', startMs: 0, endMs: 400, confidence: 0.9 },
  ]);
  await saveInsight(db, tenantId, callId, {
    analyzer: 'rules-1',
    intent: 'demo',
    sentiment: 0.5,
    talkShareRep: 1,
    headline: '',
    bullets: [],
    objections: [],
    nextSteps: [],
    buyingSignals: [],
    competitors: [],
    pricing: [],
    turns: [],
  });
  await planChanges(db, tenantId, [
    {
      callId,
      connectionId,
      opKey: 'op',
      record,
      also: [],
      policy: 'auto',
      state: 'due',
      body: { kind: 'add-note', body: 'x', at: at.toISOString() },
      reason: '',
      evidence: [],
      ordinal: 0,
    },
  ]);
  await foldFacts(db, tenantId, record, [{ kind: 'price', key: 'price', text: 'x', evidence, callId, at }]);
  await saveIndex(db, tenantId, {
    callId,
    at,
    words: [{ word: 1, seqs: [0] }],
    maker: 'm',
    meanings: [{ seq: 0, signs: '1'.repeat(256) }],
  });
  await settle(db, tenantId, record, { propose: [overdue], renew: [], over: [] }, at);
  await keepSigns(db, tenantId, record, signsOf({ nowMs: at.getTime(), deal: { isClosed: false }, calls: [] }), at);
  await saveAhead(db, tenantId, connectionId, [{ meetingId: '501', record, startsAt: at, hostId: '71' }]);
  await addTouch(db, tenantId, {
    repId: '501',
    person: { object: 'contact', id: '9001' },
    personName: 'Maya',
    callId,
    at,
    minutes: 2,
    channel: 'call',
  });
  await tellTies(db, tenantId, '71', at, [{ from: 'user/71', to: 'contact/9001', proof: 'told', fromName: 'Sam', toName: 'Maya' }]);
  await optOut(db, tenantId, { person: { object: 'contact', id: '9099' }, hashes: ['h'], by: '71', at });
  await saveDraft(db, tenantId, sampleIntro(at));
  await saveCards(
    db,
    tenantId,
    { callId, repId: '501', saidAt: at },
    {
      rows: [
        {
          cardId: 'c',
          ruleId: 'r',
          rule: 'R',
          topic: 'price',
          outcome: 'used',
          atMs: at.getTime(),
          isActedOn: true,
          speechMs: 400,
          presses: [],
        },
      ],
      quiet: 'critical',
      never: [],
    },
  );
  await db.asTenant(tenantId, (q) => [q.insert(guidanceRules).values({ tenantId, ruleId: 'r', shown: 20, dismissed: 13, asideAt: at })]);
  await saveMarks(db, tenantId, callId, [{ id: randomUUID(), atMs: 900, by: '71' }]);
  await setTone(db, tenantId, '71', 'brief', '71');
  await setRepPhone(db, tenantId, '71', '+14155550100');
  await beginPhoneCall(db, tenantId, samplePhoneCall(connectionId, at));
  await askAnalysis(db, tenantId, callId, { requestId: randomUUID(), by: '71' });
  const playbook = { name: 'Discovery', enabled: true, packs: [], moments: [], assigned: { everyone: true, teams: [], reps: [] } };
  await savePlaybook(db, tenantId, { id: randomUUID(), from: 0, requestId: randomUUID(), by: '71', at, playbook });
  await addMinutes(db, tenantId, '2026-11', 2);
  await setSpend(db, tenantId, { callId, part: 'heard', month: '2026-11' }, { batchSeconds: 2 });
  await setBudget(db, tenantId, { speechMinutes: 10, modelUsd: 1 }, '71');
  await tellOnce(db, tenantId, '2026-11', { of: 'speech', state: 'near' });
  await takeTokens(db, tenantId, '2026-11', 2, 10);
  await saveTicket(db, tenantId, { hash: randomUUID(), purpose: 'live', subject: callId, user: {}, expiresAt: at });
  await addKey(db, tenantId, { kid: 'd1', kekKid: 'k1', wrapped: 'w1.a.b' });
  await db.asTenant(tenantId, (q) => [q.insert(alerts).values({ tenantId, name: 'x', level: 'warn', since: at, seenAt: at, toldAt: at })]);
  await db.asTenant(tenantId, (q) => [q.insert(captureSettings).values({ tenantId })]);
  await db.asTenant(tenantId, (q) => [q.insert(appCursors).values({ tenantId, name: 'x', value: '1' })]);
  await db.asTenant(tenantId, (q) => [q.insert(usedStates).values({ tenantId, hash: 'h', expiresAt: at })]);
  await db.asTenant(tenantId, (q) => [
    q.insert(inbox).values({ tenantId, provider: 'twilio', eventKey: 'e', body: {} }),
    q.insert(crmFields).values({ tenantId, connectionId, recordObject: 'deal', recordId: '7001', field: 'amount' }),
    q.insert(cursors).values({ tenantId, connectionId, name: 'c', value: 'v' }),
    q.insert(matches).values({ tenantId, connectionId, addressHash: 'h', recordId: '9001', chosenBy: '71' }),
    q.insert(policies).values({ tenantId, subject: 'add-note', policy: 'auto', setBy: '71' }),
  ]);
}

import { describe, expect, test } from 'vitest';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { readQuery } from '../../shared/remember/search/read-query.ts';
import { saveUtterances } from '../capture/store.ts';
import { settle } from '../remember/risks/store.ts';
import { keepIndex } from '../remember/search/keep-index.ts';
import { ownMeaning } from '../remember/search/own-meaning.ts';
import { saveIndex } from '../remember/search/store.ts';
import { saidWords } from '../remember/search/tables.ts';
import { destroyCall } from './destroy-call.ts';
import { type ListAsk, listCalls } from './list-calls.ts';
import { setPrivate } from './private-call.ts';
import { type SaidAsk, searchSaid } from './search-said.ts';
import { databases, newCall, newTenant } from './test-db.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 15));
const viewer = { id: '71', email: 'lena@brightloop.example' };
type Tenant = Awaited<ReturnType<typeof newTenant>>;

async function said(tenant: Tenant, day: number, texts: string[], over: Parameters<typeof newCall>[1] = {}): Promise<string> {
  const { db, tenantId } = tenant;
  const id = await newCall(tenant, { startedAt: at(day), ...over });
  const all = texts.map(
    (text, seq): Utterance => ({
      seq,
      role: 'customer',
      speaker: 'Maya',
      text,
      startMs: seq * 1_000,
      endMs: seq * 1_000 + 900,
      confidence: 1,
    }),
  );
  await saveUtterances(db, tenantId, id, all);
  await keepIndex(
    { meaning: ownMeaning, utterancesOf: async () => all, save: (made) => saveIndex(db, tenantId, made) },
    { id, startedAt: at(day) },
  );
  return id;
}

async function find({ db, tenantId }: Tenant, text: string, ask: Partial<SaidAsk> = {}) {
  const signs = await ownMeaning.signsOf([text]);
  const meaning = signs.ok ? { maker: ownMeaning.maker, signs: signs.value[0]! } : undefined;
  const rows = await searchSaid(db, tenantId, {
    viewer,
    words: readQuery(text).words.map(({ number }) => number),
    ...(meaning ? { meaning } : {}),
    ...ask,
  });
  return rows.filter(({ weight }) => weight > 0).map(({ call, seq, text: quote }) => [call.id, seq, quote]);
}

const list = async ({ db, tenantId }: Tenant, ask: Partial<ListAsk> & { text?: string } = {}) =>
  (await listCalls(db, tenantId, { viewer, limit: 30, words: readQuery(ask.text ?? '').words.map(({ number }) => number), ...ask })).map(
    ({ id }) => id,
  );

describe.each(databases)('what was said ($name)', ({ url }) => {
  test('is found by its words, the turn with the rarer ones first, each with its call and place', async () => {
    const tenant = await newTenant(url);
    const first = await said(tenant, 12, ['The budget is fine.', 'Nobody has budgeted the onboarding.']);
    const second = await said(tenant, 20, ['Your budget?', 'It rains.']);
    expect(await find(tenant, 'onboarding budgets')).toEqual([
      [first, 1, 'Nobody has budgeted the onboarding.'],
      [second, 0, 'Your budget?'],
      [first, 0, 'The budget is fine.'],
    ]);
    const { db, tenantId } = tenant;
    const [alike] = await searchSaid(db, tenantId, { viewer, words: [], meaning: { maker: ownMeaning.maker, signs: '1'.repeat(256) } });
    expect([alike?.weight, alike?.alike !== null]).toEqual([0, true]);
  });

  test('is the tenant’s own, and narrows to a customer, a rep and a time', async () => {
    const tenant = await newTenant(url);
    const theirs = await newTenant(url);
    await said(theirs, 12, ['The budget is ours.']);
    const mine = await said(tenant, 12, ['The budget.']);
    const other = await said(tenant, 14, ['The budget.'], { repId: '502', record: { object: 'deal', id: '7002' }, contactId: '9002' });
    const ids = async (ask: Partial<SaidAsk>) => (await find(tenant, 'budget', ask)).map(([id]) => id);
    expect(await ids({})).toEqual([other, mine]);
    expect(await ids({ record: { object: 'deal', id: '7002' } })).toEqual([other]);
    expect(await ids({ record: { object: 'contact', id: '9001' } })).toEqual([mine]);
    expect(await ids({ repId: '502' })).toEqual([other]);
    expect(await ids({ to: at(13) })).toEqual([mine]);
    expect(await ids({ from: at(13), repId: '501' })).toEqual([]);
  });

  test('on another’s private call is not found, nor on one that was destroyed, however late its words come', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const [hidden, gone] = [await said(tenant, 12, ['The budget is secret.']), await said(tenant, 13, ['The budget is gone.'])];
    await setPrivate(db, tenantId, hidden, true, '501', at(12));
    await destroyCall(db, tenantId, gone, '501', at(14));
    expect(await find(tenant, 'budget')).toEqual([]);
    expect((await find(tenant, 'budget', { viewer: { id: '501', email: '' } })).map(([id]) => id)).toEqual([hidden]);
    await saveIndex(db, tenantId, {
      callId: gone,
      at: at(13),
      words: [{ word: 1, seqs: [0] }],
      maker: 'words-1',
      meanings: [{ seq: 0, signs: '1'.repeat(256) }],
    });
    const [left] = await db.read(tenantId, (q) => [q.select().from(saidWords)]);
    expect(left.filter(({ callId }) => callId === gone)).toEqual([]);
  });

  test('calls are listed newest first, by page, and by what was said or endangers their deal', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const all = [];
    for (const day of [10, 11, 12, 13]) all.unshift(await said(tenant, day, day % 2 ? ['The budget and the plan.'] : ['The budget.']));
    const risky = await said(tenant, 9, ['Hello.'], { record: { object: 'deal', id: '7003' } });
    const overdue = {
      code: 'overdue',
      basis: 'x',
      text: 'x',
      severity: 'medium',
      confidence: 0.9,
      isDeterministic: true,
      evidence: [],
    } as const;
    await settle(db, tenantId, { object: 'deal', id: '7003' }, { propose: [{ ...overdue, evidence: [] }], renew: [], over: [] }, at(9));
    expect(await list(tenant)).toEqual([...all, risky]);
    expect(await list(tenant, { limit: 2 })).toEqual(all.slice(0, 2));
    expect(await list(tenant, { limit: 2, after: all[1]! })).toEqual(all.slice(2, 4));
    expect(await list(tenant, { text: 'plan budget' })).toEqual([all[0], all[2]]);
    expect(await list(tenant, { text: 'plan budget', after: all[0]! })).toEqual([all[2]]);
    expect(await list(tenant, { risk: 'overdue' })).toEqual([risky]);
    expect(await list(tenant, { risk: 'ghosted' })).toEqual([]);
  });
});

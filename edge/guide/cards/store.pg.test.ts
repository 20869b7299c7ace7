import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CardLog, CardRow } from '../../../shared/guide/card-log.ts';
import { destroyCall } from '../../db/destroy-call.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { asideUnwanted, metricsOf, restoreRule, ruleNames, saveCards, setWishes, speechToScreen, whatIsKnown, wishesOf } from './store.ts';

const at = Date.UTC(2026, 10, 20, 15);
const long = new Date(0);
const row = (over: Partial<CardRow> = {}): CardRow => ({
  cardId: randomUUID(),
  ruleId: 'price-objection',
  rule: 'Price is too high',
  topic: 'price',
  outcome: 'used',
  atMs: at,
  isActedOn: false,
  speechMs: null,
  presses: [],
  ...over,
});
const log = (rows: CardRow[], over: Partial<CardLog> = {}): CardLog => ({ rows, quiet: null, never: [], ...over });

describe.each(databases)('what became of the cards ($name)', ({ url }) => {
  test('a call told twice is counted once, and what its rep said later stays', async () => {
    const { db, ...owned } = await newTenant(url);
    const { tenantId } = owned;
    const callId = await newCall({ db, ...owned });
    const of = { callId, repId: '501', saidAt: new Date(at) };
    const told = log([row(), row({ outcome: 'dismissed' }), row({ outcome: 'held' })], { quiet: 'critical', never: ['competitor'] });
    await saveCards(db, tenantId, of, told);
    expect(await wishesOf(db, tenantId, '501')).toEqual({ quiet: 'critical', never: ['competitor'] });
    await setWishes(db, tenantId, '501', { quiet: 'off', never: [] }, new Date(at + 60_000));
    await saveCards(db, tenantId, of, told);
    const day = Date.UTC(2026, 10, 20);
    const { seen, wishes, aside } = await whatIsKnown(db, tenantId, '501', long);
    expect(seen.toSorted((a, b) => (a.outcome < b.outcome ? -1 : 1))).toEqual([
      { topic: 'price', outcome: 'dismissed', atMs: day, count: 1 },
      { topic: 'price', outcome: 'used', atMs: day, count: 1 },
    ]);
    expect({ wishes, aside }).toEqual({ wishes: { quiet: 'off', never: [] }, aside: [] });
    expect((await whatIsKnown(db, tenantId, '502', long)).seen).toEqual([]);
  });

  test('never for me is added to what was said before, whoever tells it first', async () => {
    const { db, ...owned } = await newTenant(url);
    const callId = await newCall({ db, ...owned });
    const say = (never: string[], atMs: number) =>
      saveCards(db, owned.tenantId, { callId, repId: '501', saidAt: new Date(atMs) }, log([], { never }));
    await say(['b'], at);
    await say(['a', 'b'], at + 1);
    expect(await wishesOf(db, owned.tenantId, '501')).toEqual({ quiet: null, never: ['a', 'b'] });
  });

  test('a rule that most people put away is put aside once, is counted anew when it is put back, and is nobody else’s', async () => {
    const { db, ...owned } = await newTenant(url);
    const { tenantId } = owned;
    const callId = await newCall({ db, ...owned });
    const save = (rows: CardRow[]) => saveCards(db, tenantId, { callId, repId: '501', saidAt: new Date(at) }, log(rows));
    const aside = (atMs: number) => asideUnwanted(db, tenantId, ['price-objection', 'risky-promise'], long, new Date(atMs));
    const many = (count: number, over: Partial<CardRow>) => Array.from({ length: count }, () => row(over));
    await save([
      ...many(12, { outcome: 'dismissed' }),
      ...many(8, {}),
      ...many(9, { outcome: 'held' }),
      ...many(9, { outcome: 'retracted' }),
    ]);
    await save(many(30, { ruleId: 'risky-promise', topic: 'compliance', outcome: 'dismissed' }));
    expect(await aside(at)).toEqual([]);
    await save(many(1, { outcome: 'dismissed' }));
    expect(await aside(at)).toEqual(['price-objection']);
    expect(await aside(at)).toEqual([]);
    expect((await whatIsKnown(db, tenantId, 'anybody', long)).aside).toEqual(['price-objection']);
    expect((await whatIsKnown((await newTenant(url)).db, (await newTenant(url)).tenantId, 'anybody', long)).aside).toEqual([]);

    expect(await restoreRule(db, tenantId, 'price-objection', '71', new Date(at + 1))).toBe(true);
    expect(await restoreRule(db, tenantId, 'price-objection', '71', new Date(at + 2))).toBe(false);
    await save(many(19, { outcome: 'dismissed', atMs: at + 5_000 }));
    expect(await aside(at + 6_000)).toEqual([]);
    await save(many(1, { outcome: 'dismissed', atMs: at + 5_000 }));
    expect(await aside(at + 6_000)).toEqual(['price-objection']);
    expect((await metricsOf(db, tenantId, long)).find(({ ruleId }) => ruleId === 'price-objection')?.aside).toEqual({
      at: new Date(at + 6_000),
      shown: 20,
      dismissed: 20,
    });
  });

  test('each rule has its figures, under the name it had last', async () => {
    const { db, ...owned } = await newTenant(url);
    const { tenantId } = owned;
    const callId = await newCall({ db, ...owned });
    const rows = [
      row({ isActedOn: true, speechMs: 400 }),
      row({ outcome: 'ignored', speechMs: 600, rule: 'Too dear', atMs: at + 1_000 }),
      row({ outcome: 'dismissed' }),
      row({ outcome: 'retracted' }),
      row({ outcome: 'held' }),
      row({ ruleId: 'competitor', rule: 'Competitor named', topic: 'competitor', outcome: 'snoozed' }),
    ];
    await saveCards(db, tenantId, { callId, repId: '501', saidAt: new Date(at) }, log(rows));
    const aside = { at: null, shown: null, dismissed: null };
    const none = { used: 0, dismissed: 0, ignored: 0, retracted: 0, actedOn: 0, dismissedNow: 0, p50: null, p95: null, aside };
    expect(await metricsOf(db, tenantId, long)).toEqual([
      {
        ruleId: 'price-objection',
        name: 'Too dear',
        topic: 'price',
        fired: 5,
        shown: 3,
        used: 1,
        dismissed: 1,
        ignored: 1,
        retracted: 1,
        actedOn: 1,
        shownNow: 3,
        dismissedNow: 1,
        p50: 500,
        p95: 590,
        aside,
      },
      { ...none, ruleId: 'competitor', name: 'Competitor named', topic: 'competitor', fired: 1, shown: 1, shownNow: 1 },
    ]);
    expect((await metricsOf(db, tenantId, long, '501')).map(({ ruleId, shown }) => [ruleId, shown])).toEqual([
      ['price-objection', 3],
      ['competitor', 1],
    ]);
    expect(await metricsOf(db, tenantId, long, '502')).toEqual([]);
    expect(await ruleNames(db, tenantId, ['price-objection', 'unknown'])).toEqual(new Map([['price-objection', 'Too dear']]));
    expect(await speechToScreen(db, tenantId, callId)).toEqual({ cards: 2, p50Ms: 500, p95Ms: 590 });
    expect(await speechToScreen(db, tenantId, randomUUID())).toBeNull();
  });

  test('of a destroyed call nothing is kept, and nothing comes back', async () => {
    const { db, ...owned } = await newTenant(url);
    const { tenantId } = owned;
    const callId = await newCall({ db, ...owned });
    const told = log([row()]);
    const save = () => saveCards(db, tenantId, { callId, repId: '501', saidAt: new Date(at) }, told);
    await save();
    await destroyCall(db, tenantId, callId, '71', new Date(at));
    await save();
    expect(await metricsOf(db, tenantId, long)).toEqual([]);
  });
});

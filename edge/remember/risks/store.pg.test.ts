import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signsOf } from '../../../shared/remember/health/signs.ts';
import type { FoundRisk } from '../../../shared/remember/risks/found-risk.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { closedDeals, closeSigns, decide, decisionsSince, keepSigns, openSigns, riskOf, risksOf, settle } from './store.ts';

const ref = { object: 'deal', id: '7001' } as const;
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 15));
const found = (over: Partial<FoundRisk> = {}): FoundRisk => ({
  code: 'overdue',
  basis: '2026-11-01',
  text: 'The close date passed 19 days ago',
  severity: 'medium',
  confidence: 0.9,
  isDeterministic: true,
  evidence: [],
  ...over,
});
const propose = (...risks: FoundRisk[]) => ({ propose: risks, renew: [], over: [] });
const press = (day: number) => ({ by: '71', at: at(day), requestId: randomUUID() });

describe.each(databases)('risks ($name)', ({ url }) => {
  test('the same risk found twice is one row', async () => {
    const { db, tenantId } = await newTenant(url);
    await Promise.all([settle(db, tenantId, ref, propose(found()), at(20)), settle(db, tenantId, ref, propose(found()), at(20))]);
    const rows = await risksOf(db, tenantId, ref);
    expect(rows.map(({ code, state, since }) => [code, state, since])).toEqual([['overdue', 'proposed', at(20)]]);
    expect(await risksOf(db, tenantId, { object: 'deal', id: '7002' })).toEqual([]);
  });

  test('a decision stands when it is found again, and teaches after it is over', async () => {
    const { db, tenantId } = await newTenant(url);
    await settle(db, tenantId, ref, propose(found()), at(20));
    const [{ id = '' } = {}] = await risksOf(db, tenantId, ref);
    expect(await decide(db, tenantId, id, { state: 'confirmed', reason: null, ...press(21) })).toBe(true);
    await settle(
      db,
      tenantId,
      ref,
      { propose: [], renew: [{ id, risk: found({ text: '20 days' }), state: 'confirmed' }], over: [] },
      at(22),
    );
    expect(await riskOf(db, tenantId, id)).toMatchObject({ text: '20 days', state: 'confirmed', since: at(20), decidedBy: '71' });
    await settle(db, tenantId, ref, { propose: [], renew: [], over: [id] }, at(23));
    expect(await riskOf(db, tenantId, id)).toMatchObject({ state: 'over' });
    expect(await decide(db, tenantId, id, { state: 'dismissed', reason: 'wrong', ...press(24) })).toBe(false);
    expect(await decisionsSince(db, tenantId, at(1))).toEqual([{ code: 'overdue', verdict: 'confirmed' }]);
    expect(await decisionsSince(db, tenantId, at(22))).toEqual([]);
    await settle(db, tenantId, ref, { propose: [], renew: [{ id, risk: found(), state: 'proposed' }], over: [] }, at(25));
    expect(await riskOf(db, tenantId, id)).toMatchObject({ state: 'proposed', since: at(25) });
  });

  test('what was dismissed is not made over', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const evidence = {
      quote: 'on hold',
      seq: 1,
      role: 'customer',
      speaker: 'Maya',
      startMs: 0,
      endMs: 900,
      callId: await newCall(tenant),
    } as const;
    await settle(db, tenantId, ref, propose(found({ code: 'red_flag', evidence: [evidence] })), at(20));
    const [row] = await risksOf(db, tenantId, ref);
    expect(row?.evidence).toEqual([evidence]);
    await decide(db, tenantId, row!.id, { state: 'dismissed', reason: 'known', ...press(21) });
    await settle(db, tenantId, ref, { propose: [], renew: [], over: [row!.id] }, at(22));
    expect(await riskOf(db, tenantId, row!.id)).toMatchObject({ state: 'dismissed', reason: 'known' });
  });

  test('a closed deal keeps how it stood while it was open', async () => {
    const { db, tenantId } = await newTenant(url);
    const signs = signsOf({ nowMs: 0, deal: { isClosed: false }, calls: [] });
    await closeSigns(db, tenantId, ref, true);
    expect(await closedDeals(db, tenantId)).toEqual([]);
    await keepSigns(db, tenantId, ref, { ...signs, champion: true }, at(20));
    const other = { object: 'deal' as const, id: 'never-seen' };
    expect(await openSigns(db, tenantId, [ref, other])).toEqual([ref]);
    await closeSigns(db, tenantId, ref, true);
    expect(await openSigns(db, tenantId, [ref, other])).toEqual([]);
    await keepSigns(db, tenantId, ref, signs, at(21));
    expect(await closedDeals(db, tenantId)).toEqual([{ won: true, signs: { ...signs, champion: true } }]);
  });
});

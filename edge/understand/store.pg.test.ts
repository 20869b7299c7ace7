import { describe, expect, test } from 'vitest';
import type { Insight } from '../../shared/contracts/insight.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { giveTokens, insightOf, saveInsight, takeTokens } from './store.ts';

const insight = (headline: string): Insight => ({
  analyzer: 'rules-1',
  intent: 'objection',
  sentiment: 0.42,
  talkShareRep: 0.5,
  headline,
  bullets: [],
  objections: [
    {
      type: 'price',
      confidence: 0.9,
      evidence: { quote: "it's twice", seq: 5, role: 'customer', speaker: 'Maya', startMs: 10.5, endMs: 20 },
    },
  ],
  nextSteps: [],
  buyingSignals: [],
  competitors: [],
  pricing: [],
  turns: [{ seq: 0, sentiment: 0.5 }],
});

describe.each(databases)('insights ($name)', ({ url }) => {
  test('the newest analysis stands in for the one before', async () => {
    const tenant = await newTenant(url);
    const callId = await newCall(tenant);
    expect(await insightOf(tenant.db, tenant.tenantId, callId)).toBeNull();
    await saveInsight(tenant.db, tenant.tenantId, callId, insight('first'));
    await saveInsight(tenant.db, tenant.tenantId, callId, insight('second'));
    expect(await insightOf(tenant.db, tenant.tenantId, callId)).toEqual(insight('second'));
    expect(await insightOf(tenant.db, (await newTenant(url)).tenantId, callId)).toBeNull();
  });
});

describe.each(databases)('tokens of a month ($name)', ({ url }) => {
  test('are taken while there are any, by many at once, and never beyond', async () => {
    const { db, tenantId } = await newTenant(url);
    const take = (tokens: number, month = '2026-11') => takeTokens(db, tenantId, month, tokens, 1_000);
    expect(await take(1_001)).toBe(false);
    const taken = await Promise.all(Array.from({ length: 100 }, () => take(90)));
    expect(taken.filter(Boolean)).toHaveLength(11);
    expect([await take(11), await take(10), await take(1), await take(1_000, '2026-12')]).toEqual([false, true, false, true]);
  });

  test('come back when they were not used, count when there were more, and are nobody else’s', async () => {
    const { db, tenantId } = await newTenant(url);
    const other = await newTenant(url);
    const take = (tokens: number) => takeTokens(db, tenantId, '2026-11', tokens, 1_000);
    await take(1_000);
    await giveTokens(other.db, other.tenantId, '2026-11', 500);
    expect(await take(1)).toBe(false);
    await giveTokens(db, tenantId, '2026-11', 600);
    await giveTokens(db, tenantId, '2026-11', -500);
    expect([await take(101), await take(100)]).toEqual([false, true]);
    await giveTokens(db, tenantId, '2026-11', 9_000);
    expect(await take(1_000)).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import type { Insight } from '../../shared/contracts/insight.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { insightOf, saveInsight } from './store.ts';

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

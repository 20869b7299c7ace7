import { describe, expect, test } from 'vitest';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { factsOf, foldFacts } from './store.ts';

const ref = { object: 'deal', id: '7001' } as const;
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 15));
const fact = (callId: string, day: number, text: string) => ({
  kind: 'competitor',
  key: 'zendara',
  text,
  evidence: { quote: text, seq: 7, role: 'customer' as const, speaker: 'Maya', startMs: 0, endMs: 900 },
  callId,
  at: at(day),
});

describe.each(databases)('memory ($name)', ({ url }) => {
  test('a call counts once, however often and in whatever order it is folded; the newest words stay', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const [first, second] = [await newCall(tenant), await newCall(tenant)];
    await foldFacts(db, tenantId, ref, [fact(second, 20, 'said twice in one call'), fact(second, 20, 'We look at Zendara')]);
    await foldFacts(db, tenantId, ref, [fact(first, 12, 'Zendara called')]);
    await foldFacts(db, tenantId, ref, [fact(second, 20, 'We look at Zendara')]);
    await foldFacts(db, tenantId, ref, [fact(first, 12, 'Zendara called')]);
    const newest = fact(second, 20, 'We look at Zendara');
    expect(await factsOf(db, tenantId, ref)).toEqual([
      {
        record: ref,
        kind: 'competitor',
        key: 'zendara',
        text: newest.text,
        evidence: newest.evidence,
        callId: second,
        firstAt: at(12),
        lastAt: at(20),
        times: 2,
      },
    ]);
  });

  test('a customer is remembered apart from the others', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    await foldFacts(db, tenantId, ref, [fact(await newCall(tenant), 12, 'Zendara called')]);
    await foldFacts(db, tenantId, ref, []);
    expect(await factsOf(db, tenantId, { object: 'deal', id: '7002' })).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { databases, newTenant } from '../../db/test-db.ts';
import { budgetOf, noticesOf, setBudget, setSpend, settleSpeech, spendOf, takeSpeech, tellOnce } from './store.ts';

const month = '2026-11';

describe.each(databases)('what a month costs ($name)', ({ url }) => {
  test('a hundred calls that ask at once never take more than there is', async () => {
    const { db, tenantId } = await newTenant(url);
    const asked = await Promise.all(
      Array.from({ length: 100 }, () => takeSpeech(db, tenantId, { callId: randomUUID(), month, heardS: 1, askedS: 60, capS: 1_000 })),
    );
    const taken = asked.filter(({ isTaken }) => isTaken).length;
    // What was heard on trust counts too: 60 seconds for whom there was room, one for each of the others.
    expect(taken).toBeGreaterThan(0);
    expect(taken * 60).toBeLessThanOrEqual(1_000);
    expect((await spendOf(db, tenantId, month)).liveSeconds).toBe(taken * 60 + (100 - taken));
  });

  test('a call takes more as it goes, gives back what it did not use, and is told twice in vain', async () => {
    const { db, tenantId } = await newTenant(url);
    const callId = randomUUID();
    const take = (heardS: number, askedS: number, capS = 100) => takeSpeech(db, tenantId, { callId, month, heardS, askedS, capS });
    expect(await take(1, 60)).toEqual({ isTaken: true, monthS: 60 });
    expect(await take(1, 60)).toEqual({ isTaken: true, monthS: 60 });
    expect(await take(40, 100)).toEqual({ isTaken: true, monthS: 100 });
    expect(await take(80, 140)).toEqual({ isTaken: false, monthS: 100 });
    expect(await settleSpeech(db, tenantId, { callId, month, heardS: 83.5 })).toBe(83.5);
    expect(await settleSpeech(db, tenantId, { callId, month, heardS: 83.5 })).toBe(83.5);
    expect(await take(90, 100)).toEqual({ isTaken: true, monthS: 100 });
  });

  test('what comes after a call is set and not added, counts towards the cap, and is nobody else’s', async () => {
    const { db, tenantId } = await newTenant(url);
    const other = await newTenant(url);
    const callId = randomUUID();
    const heard = { batchSeconds: 120, whisperSeconds: 30 };
    for (let twice = 0; twice < 2; twice++) await setSpend(db, tenantId, { callId, part: 'heard 0', month }, heard);
    await setSpend(db, tenantId, { callId, part: 'read', month }, { tokensIn: 900, tokensOut: 100, tokensCached: 50, tokensWritten: 5 });
    await setSpend(db, tenantId, { callId: randomUUID(), part: 'read', month: '2026-10' }, { tokensIn: 7 });
    const all = { liveSeconds: 0, ...heard, tokensIn: 900, tokensOut: 100, tokensCached: 50, tokensWritten: 5 };
    expect(await spendOf(db, tenantId, month)).toEqual(all);
    expect((await spendOf(other.db, other.tenantId, month)).tokensIn).toBe(0);
    const live = { callId, month, heardS: 0, askedS: 60 };
    expect(await takeSpeech(db, tenantId, { ...live, capS: 209 })).toEqual({ isTaken: false, monthS: 150 });
    expect(await takeSpeech(db, tenantId, { ...live, capS: 210 })).toEqual({ isTaken: true, monthS: 210 });
  });

  test('a budget is what was said last, and nothing until then', async () => {
    const { db, tenantId } = await newTenant(url);
    expect(await budgetOf(db, tenantId)).toEqual({ speechMinutes: null, modelUsd: null, prices: {} });
    await setBudget(db, tenantId, { speechMinutes: 100, modelUsd: 2.5 }, '71');
    await setBudget(db, tenantId, { speechMinutes: null, modelUsd: 0 }, '71');
    expect(await budgetOf(db, tenantId)).toEqual({ speechMinutes: null, modelUsd: 0, prices: {} });
  });

  test('is told once a month, by one of many', async () => {
    const { db, tenantId } = await newTenant(url);
    const tell = () => tellOnce(db, tenantId, month, { of: 'speech', state: 'near' });
    expect((await Promise.all([tell(), tell(), tell()])).filter(Boolean)).toHaveLength(1);
    expect([await tell(), await tellOnce(db, tenantId, '2026-12', { of: 'speech', state: 'near' })]).toEqual([false, true]);
    expect(await noticesOf(db, tenantId, month)).toEqual([{ of: 'speech', state: 'near', at: expect.any(Date) }]);
  });
});

import { describe, expect, test } from 'vitest';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import { planChanges } from '../act/store.ts';
import { foldFacts } from '../remember/store.ts';
import { saveInsight } from '../understand/store.ts';
import { heldOf, kindOf } from './customer-memory.ts';
import { destroyCall } from './destroy-call.ts';
import { databases, newCall, newTenant } from './test-db.ts';

const ref = { object: 'deal', id: '7001' } as const;
const viewer = { id: '71', email: '' };
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 15));
const evidence = { quote: 'forty thousand', seq: 3, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 } as const;
type Tenant = Awaited<ReturnType<typeof newTenant>>;

async function email({ db, tenantId, connectionId }: Tenant, callId: string, day: number) {
  const body = { kind: 'draft-email' as const, to: ['maya@cobaltfreight.example'], subject: 'Plan', body: 'Hi Maya' };
  const same = { connectionId, record: ref, also: [], policy: 'suggest' as const, reason: '', evidence: [], ordinal: 0, callId };
  await planChanges(db, tenantId, [
    { ...same, opKey: `${callId} yes`, state: 'approved', body },
    { ...same, opKey: `${callId} no`, state: 'waiting', body },
  ]);
  await db.asTenant(tenantId, (q) => [
    q.execute(`update changes set decided_at = '${at(day).toISOString()}' where state = 'approved' and call_id = '${callId}'`),
  ]);
}

describe.each(databases)('what is held of a customer ($name)', ({ url }) => {
  test('calls, facts with their first and last proof, and one timeline by page; of what waits nothing', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const [first, second] = [await newCall(tenant, { startedAt: at(10) }), await newCall(tenant, { startedAt: at(14) })];
    await saveInsight(db, tenantId, second, { ...quietInsight({ headline: 'They agreed' }), sentiment: 0.7 });
    const fact = { kind: 'budget', key: 'budget 40 000', text: 'Budget: 40,000', evidence };
    await foldFacts(db, tenantId, ref, [{ ...fact, evidence: { ...evidence, quote: 'still 40k' }, callId: second, at: at(14) }]);
    await foldFacts(db, tenantId, ref, [{ ...fact, callId: first, at: at(10) }]);
    await email(tenant, first, 12);

    const held = await heldOf(db, tenantId, ref, { viewer, page: 2 });
    expect(held.calls.map(({ id, insight }) => [id, insight])).toEqual([
      [second, { sentiment: 0.7, nextSteps: [] }],
      [first, null],
    ]);
    expect(held.facts).toEqual([
      {
        kind: 'budget',
        key: 'budget 40 000',
        text: 'Budget: 40,000',
        last: { ...evidence, quote: 'still 40k' },
        lastCallId: second,
        first: evidence,
        firstCallId: first,
        firstAtMs: at(10).getTime(),
        lastAtMs: at(14).getTime(),
        heardIn: [second, first],
      },
    ]);
    expect(held.moments.map(({ atMs, callId, body, call }) => [atMs, callId, body?.kind ?? call])).toEqual([
      [
        at(14).getTime(),
        second,
        { source: 'twilio', direction: 'outbound', headline: 'They agreed', people: ['Sam Okafor', 'Maya Lindqvist'] },
      ],
      [at(12).getTime(), first, 'draft-email'],
    ]);
    const [, last] = held.moments;
    const more = await heldOf(db, tenantId, ref, { viewer, page: 2, after: last! });
    expect(more.moments.map(({ id }) => id)).toEqual([first]);
    expect(new Set(held.standsOn.map(({ id }) => id))).toEqual(new Set([first, second]));
    expect(await kindOf(db, tenantId, '7001')).toBe('deal');
    expect(await kindOf(db, tenantId, '9001')).toBe('contact');
    expect(await kindOf(db, tenantId, '404')).toBe(null);
  });

  test('a destroyed call takes its saying along, and a later fold brings none of it back', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const [first, second] = [await newCall(tenant, { startedAt: at(10) }), await newCall(tenant, { startedAt: at(14) })];
    const fact = { kind: 'budget', key: 'k', text: 'Budget: 40,000', evidence };
    await foldFacts(db, tenantId, ref, [{ ...fact, callId: first, at: at(10) }]);
    await foldFacts(db, tenantId, ref, [{ ...fact, callId: second, at: at(14) }]);
    await destroyCall(db, tenantId, first, '71', at(15));
    await foldFacts(db, tenantId, ref, [{ ...fact, callId: first, at: at(10) }]);
    const held = await heldOf(db, tenantId, ref, { viewer, page: 5 });
    expect(held.facts.map(({ first: said, firstCallId, heardIn }) => [said, firstCallId, heardIn])).toEqual([[null, null, [second]]]);
    expect([held.calls.map(({ id }) => id), held.moments.map(({ id }) => id)]).toEqual([[second], [second]]);
    const theirs = await newTenant(url);
    expect(await heldOf(theirs.db, theirs.tenantId, ref, { viewer, page: 5 })).toEqual({ calls: [], facts: [], moments: [], standsOn: [] });
  });
});

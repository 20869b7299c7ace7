import { describe, expect, test } from 'vitest';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { changesOfCall, decide, planChanges } from '../store.ts';
import { keptSince, setTone, tonesOf } from './store.ts';

const at = new Date('2026-11-20T16:00:00.000Z');

describe.each(databases)('emails ($name)', ({ url }) => {
  test('a rep’s tone is their own, the tenant’s is everyone’s, and null takes either away', async () => {
    const { db, tenantId } = await newTenant(url);
    const other = await newTenant(url);
    expect(await tonesOf(db, tenantId, '71')).toEqual({ mine: null, everyone: null });
    await setTone(db, tenantId, null, 'formal', '1');
    await setTone(db, tenantId, '71', 'friendly', '71');
    await setTone(db, tenantId, '71', 'brief', '71');
    expect(await tonesOf(db, tenantId, '71')).toEqual({ mine: 'brief', everyone: 'formal' });
    expect(await tonesOf(db, tenantId, '72')).toEqual({ mine: null, everyone: 'formal' });
    expect(await tonesOf(db, other.tenantId, '71')).toEqual({ mine: null, everyone: null });
    await setTone(db, tenantId, null, null, '1');
    expect(await tonesOf(db, tenantId, '71')).toEqual({ mine: 'brief', everyone: null });
    // A rep without an id is not everyone.
    await setTone(db, tenantId, null, 'formal', '1');
    expect(await tonesOf(db, tenantId, '')).toEqual({ mine: null, everyone: 'formal' });
  });

  test('what was kept is counted over the tenant’s approved emails, in the time asked for', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const callId = await newCall(tenant);
    const since = new Date(at.getTime() - 1_000);
    expect(await keptSince(db, tenantId, since)).toEqual({ n: 0, unchanged: 0, medianKept: null });
    const shares = [1, 0.9, 0.5, 0.2];
    await planChanges(
      db,
      tenantId,
      [...shares, 0.1].map((share, ordinal) => ({
        callId,
        connectionId,
        opKey: `${callId}-${share}`,
        record: { object: 'deal', id: '7001' },
        also: [],
        policy: 'suggest',
        state: 'waiting',
        body: { kind: 'draft-email', to: [], subject: 's', body: 'b' },
        reason: '',
        evidence: [],
        ordinal,
      })),
    );
    const rows = await changesOfCall(db, tenantId, callId);
    for (const [i, keptShare] of shares.entries())
      await decide(db, tenantId, rows[i]!.id, { version: 1, to: 'approved', keptShare, by: '71', at, requestId: `r${i}` });
    // A declined one says nothing of what was kept.
    await decide(db, tenantId, rows[4]!.id, { version: 1, to: 'declined', by: '71', at, requestId: 'r4' });
    expect(await keptSince(db, tenantId, since)).toEqual({ n: 4, unchanged: 1, medianKept: 0.7 });
    expect(await keptSince(db, tenantId, new Date(at.getTime() + 1_000))).toEqual({ n: 0, unchanged: 0, medianKept: null });
    expect(await keptSince(db, (await newTenant(url)).tenantId, since)).toEqual({ n: 0, unchanged: 0, medianKept: null });
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { destroyCall } from '../../db/destroy-call.ts';
import { erasePerson } from '../../db/erase-person.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { marksOfCall, saveMarks } from './store.ts';

const at = new Date('2026-11-20T15:00:00.000Z');
const [early, late] = [randomUUID(), randomUUID()];
const flags = [
  { id: late, atMs: 41_000, by: '71' },
  { id: early, atMs: 12_000, by: '71' },
];

describe.each(databases)('flagged moments ($name)', ({ url }) => {
  test('they are kept once, in their order, and are nobody else’s', async () => {
    const { db, ...owned } = await newTenant(url);
    const other = await newTenant(url);
    const callId = await newCall({ db, ...owned });
    await saveMarks(db, owned.tenantId, callId, flags);
    await saveMarks(db, owned.tenantId, callId, flags);
    await saveMarks(db, owned.tenantId, callId, []);
    expect(await marksOfCall(db, owned.tenantId, callId)).toEqual([
      { id: early, atMs: 12_000 },
      { id: late, atMs: 41_000 },
    ]);
    expect(await marksOfCall(other.db, other.tenantId, callId)).toEqual([]);
  });

  test('of a call that is destroyed, or whose customer is forgotten, nothing stays and nothing comes back', async () => {
    const { db, ...owned } = await newTenant(url);
    const { tenantId, connectionId } = owned;
    const ways = [
      (callId: string) => destroyCall(db, tenantId, callId, '71', at),
      () => erasePerson(db, tenantId, connectionId, '9001', at),
    ];
    for (const forget of ways) {
      const callId = await newCall({ db, ...owned }, { status: 'understood' });
      await saveMarks(db, tenantId, callId, flags);
      expect(await marksOfCall(db, tenantId, callId)).toHaveLength(2);
      await forget(callId);
      expect(await marksOfCall(db, tenantId, callId)).toEqual([]);
      await saveMarks(db, tenantId, callId, flags);
      expect(await marksOfCall(db, tenantId, callId)).toEqual([]);
    }
  });
});

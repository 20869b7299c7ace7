import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { moment, type Playbook } from '../../shared/contracts/playbook.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import * as books from '../guide/playbooks/store.ts';
import type { Parts } from '../parts.ts';
import { openPlaybooks } from './open-playbooks.ts';

const rule = { is: 'phrase', phrases: ['too expensive'], said: 'customer' };
const make = (id: string, over: object = {}) =>
  moment.parse({ id, name: id, kind: 'price', headline: id, say: 'Say.', rule, enabled: true, ...over });
const at = new Date('2026-11-22T09:00:00.000Z');

describe.each(databases)('open playbooks ($name)', ({ url }) => {
  async function open(isAway = false) {
    const owned = await newTenant(url);
    const asked: string[] = [];
    const crm = {
      record: async (ref: RecordRef) => {
        asked.push(`record ${ref.id}`);
        return isAway ? failed({ kind: 'busy' as const, said: 'later' }) : ok({ ref, name: 'x', stageId: 'demo', stages: [], people: [] });
      },
      fields: async (ref: RecordRef, names: readonly string[]) => {
        asked.push(`fields ${ref.id} ${names.join(' ')}`);
        return ok(names.map((field) => ({ field, label: field, value: '25000', by: 'unknown' as const })));
      },
    };
    const parts = { db: owned.db, crmOf: async () => ok(crm) } as unknown as Parts;
    const id = { tenantId: owned.tenantId, callId: await newCall(owned) };
    const save = (from: number, bookId: string, over: Partial<Playbook>) =>
      books.savePlaybook(owned.db, owned.tenantId, {
        id: bookId,
        from,
        requestId: randomUUID(),
        by: '71',
        at,
        playbook: { name: 'b', enabled: true, packs: [], moments: [], assigned: { everyone: true, teams: [], reps: [] }, ...over },
      });
    const other = async () => ({ ...id, callId: await newCall(owned, { repId: '502', repEmail: 'lena@brightloop.example' }) });
    return { ...openPlaybooks(parts), id, save, asked, other };
  }

  test('a call is guided by what is for its rep, beside what everybody starts with, and a new version counts from the next call on', async () => {
    const { playbook, id, save } = await open();
    const before = await playbook(id);
    expect([before.plays.byId.has('timing'), before.plays.byId.has('mine')]).toEqual([true, false]);
    const mine = randomUUID();
    await save(0, mine, { moments: [make('mine')], assigned: { everyone: false, teams: [], reps: ['sam@brightloop.example'] } });
    await save(0, randomUUID(), { moments: [make('hers')], assigned: { everyone: false, teams: [], reps: ['lena@brightloop.example'] } });
    const first = await playbook(id);
    expect(['timing', 'mine', 'hers'].map((one) => first.plays.byId.has(one))).toEqual([true, true, false]);
    // Compiled once a version.
    expect((await playbook(id)).plays).toBe(first.plays);
    await save(1, mine, { moments: [make('newer')], packs: ['demo'] });
    const second = await playbook(id);
    expect(['mine', 'newer', 'demo-agenda'].map((one) => second.plays.byId.has(one))).toEqual([false, true, true]);
  });

  test('two reps of the same playbooks are each guided by what names them most closely', async () => {
    const { playbook, id, save, other } = await open();
    await save(0, randomUUID(), { moments: [make('everyones'), make('must', { compliance: true })] });
    const assigned = { everyone: true, teams: [], reps: ['sam@brightloop.example'] };
    await save(0, randomUUID(), { moments: [make('sams')], assigned });
    const of = async (call: typeof id) => ['everyones', 'must', 'sams'].filter((one) => plays.get(call)?.has(one));
    const plays = new Map(await Promise.all([id, await other()].map(async (call) => [call, (await playbook(call)).plays.byId] as const)));
    const [mine, theirs] = [...plays.keys()];
    expect(await of(mine ?? id)).toEqual(['must', 'sams']);
    expect(await of(theirs ?? id)).toEqual(['everyones', 'must', 'sams']);
  });

  test('asks the CRM only where a moment wants to know, and only for that', async () => {
    const { recordOf, id, save, asked } = await open();
    expect(await recordOf(id)).toEqual({ stage: null, fields: {}, timeZone: 'America/New_York' });
    expect(asked).toEqual([]);
    await save(0, randomUUID(), { moments: [make('mine', { stages: ['demo'], when: [{ field: 'amount', is: 'gt', value: 1 }] })] });
    expect(await recordOf(id)).toEqual({ stage: 'demo', fields: { amount: '25000' }, timeZone: 'America/New_York' });
    expect(asked).toEqual(['record 7001', 'fields 7001 amount']);
  });

  test('a CRM that is away leaves the record unknown', async () => {
    const { recordOf, id, save } = await open(true);
    await save(0, randomUUID(), { moments: [make('mine', { stages: ['demo'] })] });
    expect(await recordOf(id)).toBe(null);
  });
});

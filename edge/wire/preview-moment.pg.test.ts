import { describe, expect, test } from 'vitest';
import { moment } from '../../shared/contracts/playbook.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed } from '../../shared/kit/result.ts';
import * as calls from '../capture/store.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { previewMoment } from './preview-moment.ts';

const rule = { is: 'phrase', phrases: ['too expensive'], said: 'customer' };
const dear = moment.parse({ id: 'dear', name: 'Too dear', kind: 'price', headline: 'Too dear', say: 'Compare.', rule });
const said = (text: string): Utterance[] => [
  { seq: 0, role: 'customer', speaker: 'Maya', text, startMs: 1_000, endMs: 3_000, confidence: 0.9 },
];

describe.each(databases)('preview ($name)', ({ url }) => {
  async function fill() {
    const owned = await newTenant(url);
    const { db, tenantId, connectionId } = owned;
    const call = async (text: string, over: Partial<calls.NewCall> = {}) => {
      const id = await newCall(owned, { status: 'understood', ...over });
      await calls.saveUtterances(db, tenantId, id, said(text));
      return id;
    };
    const asked: string[] = [];
    // Sees what is on the one deal, and nothing else.
    const sight: Sight = {
      record: async () => failed({ kind: 'broken', said: 'not asked here' }),
      call: async () => failed({ kind: 'broken', said: 'not asked here' }),
      calls: async (_, rows) => rows.filter(({ record }) => record?.id === '7001'),
    };
    const parts = {
      db,
      now: () => 0,
      crmOf: async (_: string, id: string) => {
        asked.push(id);
        return failed({ kind: 'expired' as const, said: 'Connect it again.' });
      },
    };
    const who = { tenantId, connectionId, host: 'hubspot' as const, user: { id: '71', email: 'sam@brightloop.example' } };
    return { call, asked, ask: (one = dear) => previewMoment(parts as unknown as Parts, sight, who, one) };
  }

  test('counts on the calls that the asker may see, newest first, and quotes three of them', async () => {
    const { call, ask } = await fill();
    const at = (day: number) => ({ startedAt: new Date(Date.UTC(2026, 10, day, 15)) });
    const ids = [];
    for (const day of [1, 2, 3, 4]) ids.push(await call(`It is too expensive, day ${day}.`, at(day)));
    await call('We like it.', at(5));
    await call('It is too expensive, and secret.', { ...at(6), record: { object: 'deal', id: '7002' } });
    await call('It is too expensive, and not over.', { ...at(7), status: 'live' });
    const found = await ask();
    expect(found).toMatchObject({ said: 'This would have fired 4 times in your last 5 calls.', fired: 4, callsWith: 4, calls: 5 });
    expect(found.examples.map(({ callId, quote, speaker }) => [callId, quote, speaker])).toEqual(
      [ids[3], ids[2], ids[1]].map((id) => [id, 'too expensive,', 'Maya']),
    );
  });

  test('a moment that asks about a record which nobody can read is counted nowhere', async () => {
    const { call, ask, asked } = await fill();
    await call('It is too expensive.');
    expect((await ask({ ...dear, stages: ['demo'] })).calls).toBe(0);
    expect(asked).toHaveLength(1);
    expect((await ask()).calls).toBe(1);
    expect(asked).toHaveLength(1);
  });
});

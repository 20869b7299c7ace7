import { beforeAll, expect, test } from 'vitest';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, connectPortal, nobody, openTestDb, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const turns = [
  { role: 'rep', text: 'What did you think of it?' },
  { role: 'customer', text: 'Honestly the price is hard to defend.' },
];
const generate = async (body: unknown, user = sam) => {
  const response = await ask({ method: 'POST', path: '/api/guidance/generate', body, user });
  return { status: response.status, answer: (await response.json()) as unknown };
};

test('a card for turns that were handed over', async () => {
  expect(await generate({ transcript: turns })).toMatchObject({
    status: 200,
    answer: { ok: true, value: { by: 'rules', card: { playId: 'price-objection', headline: 'Price objection' } } },
  });
});

test('the same for a call whose words are here, and not before', async () => {
  const callId = await quietCall(db, owned);
  expect((await generate({ callId })).answer).toMatchObject({ ok: false, code: 'stale' });
  const said = turns.map(({ text }, seq) => ({
    seq,
    role: seq === 0 ? ('rep' as const) : ('customer' as const),
    speaker: 'Somebody',
    text,
    startMs: seq * 5_000,
    endMs: seq * 5_000 + 3_000,
    confidence: 1,
  }));
  await calls.saveUtterances(db, owned.tenantId, callId, said);
  expect((await generate({ callId })).answer).toMatchObject({ ok: true, value: { card: { playId: 'price-objection' } } });
  expect((await generate({ callId }, nobody)).answer).toMatchObject({ ok: false });
});

test.each([
  ['neither', {}],
  ['both', { callId: crypto.randomUUID(), transcript: turns }],
  ['no turns', { transcript: [] }],
  ['a role that is none', { transcript: [{ role: 'judge', text: 'x' }] }],
  ['too many turns', { transcript: Array(401).fill(turns[0]) }],
  ['a turn too long', { transcript: [{ role: 'rep', text: 'x'.repeat(2_001) }] }],
])('refuses %s', async (_, body) => {
  expect((await generate(body)).status).toBe(400);
});

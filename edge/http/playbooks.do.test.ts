import { beforeAll, expect, test } from 'vitest';
import type { ImportView, PlaybooksView, PreviewView, SavedPlaybook } from '../../shared/contracts/playbook.ts';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, connectPortal, lena, openTestDb, portal, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const send = async (method: string, path: string, body?: object, user = sam) => {
  const said = body && { requestId: crypto.randomUUID(), ...body };
  const answer = await ask({ method, path, user, ...(said ? { body: said } : {}) });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
};
const value = <T>({ said }: { said: Record<string, unknown> }): T => said['value'] as T;

const dear = {
  id: 'dear',
  name: 'Too dear',
  kind: 'price',
  headline: 'Too dear',
  say: 'Compare.',
  rule: { is: 'phrase', phrases: ['sticker price'], said: 'customer' },
  enabled: true,
};
const book = (over: object = {}) => ({
  name: 'Ours',
  enabled: true,
  packs: ['demo'],
  moments: [dear],
  assigned: { everyone: false, reps: [lena.email] },
  ...over,
});

test('an admin saves a playbook and its next version; a rep sees what guides their own calls, and not whom else it is for', async () => {
  const first = value<SavedPlaybook>(await send('PUT', '/v1/playbooks', book()));
  expect(first).toMatchObject({
    version: 1,
    name: 'Ours',
    savedBy: sam.id,
    moments: [{ id: 'dear', cooldownSeconds: 60, oncePerCall: true }],
  });
  const second = value<SavedPlaybook>(await send('PUT', '/v1/playbooks', { ...book({ name: 'Ours, again' }), id: first.id, version: 1 }));
  expect(second).toMatchObject({ id: first.id, version: 2 });
  expect((await send('PUT', '/v1/playbooks', { ...book(), id: first.id, version: 1 })).said).toMatchObject({ ok: false, code: 'stale' });
  expect(value<{ versions: unknown[] }>(await send('GET', `/v1/playbooks/${first.id}/versions`)).versions).toHaveLength(2);

  const mine = value<PlaybooksView>(await send('GET', '/v1/playbooks'));
  expect(mine.playbooks.map(({ name, assigned }) => [name, assigned.reps])).toEqual([['Ours, again', [lena.email]]]);
  expect(mine.packs.map(({ id }) => id)).toEqual(['core', 'sdr-discovery', 'demo', 'negotiation', 'renewal']);
  const hers = value<PlaybooksView>(await send('GET', '/v1/playbooks', undefined, lena));
  expect(hers.playbooks.map(({ name, assigned }) => [name, assigned.reps])).toEqual([['Ours, again', []]]);

  await send('PUT', '/v1/playbooks', { ...book({ enabled: false }), id: first.id, version: 2 });
  expect(value<PlaybooksView>(await send('GET', '/v1/playbooks', undefined, lena)).playbooks).toEqual([]);
});

test.each([
  [
    { moments: [{ ...dear, rule: { ...dear.rule, phrases: ['the'] } }] },
    '“Too dear”: “the” is said in every conversation. Add the words that make it special.',
  ],
  [{ moments: [{ ...dear, say: 'x'.repeat(141) }] }, 'Moment 1 (“Too dear”): The advice is longer than 140 letters.'],
  [
    { moments: [{ ...dear, rule: { is: 'silence', overSeconds: 1 } }] },
    'Moment 1 (“Too dear”): A silence is a whole number from 4 to 600.',
  ],
  [
    {
      moments: [
        { ...dear, id: 'twice' },
        { ...dear, id: 'twice', name: 'Again' },
      ],
    },
    '“Again” has the same id as “Too dear”: twice. Each moment needs its own.',
  ],
  [{ moments: [{ ...dear, id: 'timing' }] }, '“Too dear” has the same id as “Not now”: timing. Each moment needs its own.'],
  [{ packs: ['everything'] }, 'A pack is one of: core, sdr-discovery, demo, negotiation, renewal.'],
  [{ version: 3 }, 'Say which version it was made from.'],
])('refuses nonsense with the reason: %j', async (over, why) => {
  const { status, said } = await send('PUT', '/v1/playbooks', book(over));
  expect([status, said['detail'] ?? said['title']]).toEqual([400, why]);
});

test('reads what was pasted, and saves nothing by it', async () => {
  const read = value<ImportView>(await send('POST', '/v1/playbooks/import', { text: 'Timing: next winter => Ask why.\nno arrow here' }));
  expect(read).toMatchObject({
    moments: [{ id: 'timing-2', enabled: false }],
    refused: [{ line: 2, text: 'no arrow here', why: 'Write it as “name: phrase; phrase => advice”.' }],
    said: '1 moment read, 1 line not: see why below.',
  });
});

test('says what a moment would have done on calls', async () => {
  const callId = await quietCall(db, owned, { record: { object: 'deal', id: portal.dealId } });
  await calls.saveUtterances(db, owned.tenantId, callId, [
    { seq: 0, role: 'customer', speaker: 'Maya', text: 'And the sticker price?', startMs: 1_000, endMs: 3_000, confidence: 0.9 },
  ]);
  await calls.moveCall(db, owned.tenantId, callId, ['live', 'ended', 'transcribed', 'understood', 'failed'], 'understood');
  const found = value<PreviewView>(await send('POST', '/v1/playbooks/preview', { moment: dear }));
  expect(found).toMatchObject({
    fired: 1,
    callsWith: 1,
    examples: [{ callId, quote: 'sticker price?', speaker: 'Maya', role: 'customer' }],
  });
});

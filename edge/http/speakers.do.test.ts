import { beforeAll, expect, test } from 'vitest';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, connectPortal, lena, openTestDb, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const say = async (callId: string, rep: string, user = sam) =>
  (await (
    await ask({ method: 'POST', path: `/v1/calls/${callId}/speakers`, body: { requestId: crypto.randomUUID(), rep }, user })
  ).json()) as {
    ok: boolean;
    code?: string;
  };
const sides = async (callId: string) =>
  (await calls.utterancesOf(db, owned.tenantId, callId)).map(({ role, speaker }) => `${role} ${speaker}`);

/** A call heard by one microphone, where nothing that was said tells the sides. */
async function openCall(status: 'understood' | 'transcribed' = 'understood'): Promise<string> {
  const callId = await quietCall(db, owned, { source: 'upload', status });
  const lines = ['Hello?', 'Good morning.', 'It rains.'];
  await calls.saveUtterances(
    db,
    owned.tenantId,
    callId,
    lines.map((text, seq) => ({
      seq,
      role: 'other',
      speaker: `Speaker ${(seq % 2) + 1}`,
      text,
      startMs: seq * 1_000,
      endMs: seq * 1_000 + 900,
      confidence: 0.9,
    })),
  );
  return callId;
}

test('the rep’s word settles whose voice is whose, and the call is understood anew', async () => {
  const callId = await openCall();
  expect(await say(callId, 'Speaker 2')).toMatchObject({
    ok: true,
    value: {
      speakers: [
        { speaker: 'Maya Lindqvist', role: 'customer' },
        { speaker: 'Sam Okafor', role: 'rep' },
      ],
    },
  });
  expect(await sides(callId)).toEqual(['customer Maya Lindqvist', 'rep Sam Okafor', 'customer Maya Lindqvist']);
  await expect
    .poll(async () => (await calls.callOf(db, owned.tenantId, callId))?.status, { timeout: 20_000, interval: 50 })
    .toBe('understood');
  // Said again the same way after a lost answer, nothing turns round.
  expect(await say(callId, 'Speaker 2')).toMatchObject({ ok: true });
  expect((await sides(callId))[1]).toBe('rep Sam Okafor');
});

test('nobody else’s word counts, and none while the call is being understood', async () => {
  const [done, moving] = [await openCall(), await openCall('transcribed')];
  expect([await say(done, 'Speaker 1', lena), await say(moving, 'Speaker 1'), await say(done, 'Speaker 7')]).toMatchObject([
    { ok: false, code: 'no-permission' },
    { ok: false, code: 'stale' },
    { ok: false, code: 'stale' },
  ]);
  expect(await sides(done)).toEqual(['other Speaker 1', 'other Speaker 2', 'other Speaker 1']);
});

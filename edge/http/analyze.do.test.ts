import { beforeAll, expect, test } from 'vitest';
import type { AnalysisView } from '../../shared/contracts/email.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import * as changes from '../act/store.ts';
import type { NewCall } from '../capture/store.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { joinRooms } from '../join-rooms.ts';
import type { Owned } from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { ask, bindings, connectPortal, lena, nobody, openTestDb, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const turn = (seq: number, role: Utterance['role'], text: string): Utterance => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  text,
  startMs: seq * 4_000,
  endMs: seq * 4_000 + 3_500,
  confidence: 0.98,
});
const words = [
  turn(0, 'rep', 'Thanks for taking the time today. How are you doing with the rollout?'),
  turn(1, 'customer', 'Well, honestly it is twice what we pay today, that is too expensive for us.'),
  turn(2, 'rep', 'I understand. I will send you the security questionnaire by Friday.'),
  turn(3, 'customer', 'Great, thank you.'),
];

async function heard(over: Partial<NewCall> = {}): Promise<string> {
  const callId = await quietCall(db, owned, over);
  await calls.saveUtterances(db, owned.tenantId, callId, words);
  return callId;
}
const analyze = (callId: string, requestId: string, user = sam) =>
  ask({ method: 'POST', path: `/api/calls/${callId}/analyze`, body: { requestId }, user });

/** Asks as a card would: until it is there. */
async function understood(callId: string, requestId: string): Promise<Insight> {
  for (let tries = 0; tries < 400; tries += 1) {
    const response = await analyze(callId, requestId);
    const { value } = (await response.json()) as { value: AnalysisView };
    expect(response.status).toBe(value.state === 'working' ? 202 : 200);
    if (value.state === 'understood') return value.insight;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the call was not understood');
}
async function settled(callId: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await calls.callOf(db, owned.tenantId, callId))?.status === 'understood') return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('what follows was not done');
}
const tasksOf = async (callId: string) =>
  (await changes.changesOfCall(db, owned.tenantId, callId)).filter(({ body }) => body.kind === 'add-task');

test('a call is understood anew through the queue: its own task is brought up to date and none is doubled', async () => {
  const callId = await heard({ status: 'transcribed' });
  const evidence = {
    quote: 'I will send you the security questionnaire',
    seq: 2,
    role: 'rep',
    speaker: 'Sam Okafor',
    startMs: 8_000,
    endMs: 11_500,
  } as const;
  const step = { text: 'Mail the papers', owner: 'rep', hedged: false, confidence: 0.9, evidence } as const;
  await insights.saveInsight(db, owned.tenantId, callId, quietInsight({ headline: 'of an older analyzer', nextSteps: [step] }));
  await joinRooms(compose(bindings)).jobs.extract({ tenantId: owned.tenantId, callId });
  await settled(callId);
  const [task, ...none] = await tasksOf(callId);
  expect([task?.body, none]).toMatchObject([{ subject: 'Mail the papers' }, []]);

  const requestId = crypto.randomUUID();
  const insight = await understood(callId, requestId);
  expect(insight.headline).not.toBe('of an older analyzer');
  const [found] = insight.nextSteps;
  expect(found?.evidence.seq).toBe(2);
  await settled(callId);
  const tasks = await tasksOf(callId);
  expect(tasks.map(({ id, opKey, body }) => ({ id, opKey, subject: body.kind === 'add-task' && body.subject }))).toEqual([
    { id: task?.id, opKey: task?.opKey, subject: found?.text },
  ]);

  // The same request, and one right after it, are answered by what is there.
  const all = await changes.changesOfCall(db, owned.tenantId, callId);
  for (const again of [requestId, crypto.randomUUID()]) expect((await analyze(callId, again)).status).toBe(200);
  expect((await calls.callOf(db, owned.tenantId, callId))?.status).toBe('understood');
  expect((await changes.changesOfCall(db, owned.tenantId, callId)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

test('only its rep and an admin may ask, and only for what they may see', async () => {
  const mine = await heard({ repId: lena.id, repEmail: lena.email });
  const said = async (user: { id: string; email: string }) => (await (await analyze(mine, crypto.randomUUID(), user)).json()) as object;
  expect(await said(nobody)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await said(lena)).toMatchObject({ ok: true });
  const sams = await heard();
  expect(await (await analyze(sams, crypto.randomUUID(), lena)).json()).toMatchObject({ ok: false, code: 'no-permission' });
  const kept = await heard({ repId: lena.id, repEmail: lena.email, isPrivate: true });
  expect(await (await analyze(kept, crypto.randomUUID())).json()).toMatchObject({ ok: false, code: 'no-permission' });
  expect((await analyze(crypto.randomUUID(), crypto.randomUUID())).status).toBe(404);
  expect((await analyze(sams, 'x')).status).toBe(400);
});

test('a running call is not analysed, and one with nothing to go by says what is the matter', async () => {
  const live = await quietCall(db, owned, { status: 'live' });
  expect(await (await analyze(live, crypto.randomUUID())).json()).toMatchObject({ ok: false, code: 'stale' });
  const failed = await quietCall(db, owned, { status: 'transcribed' });
  await calls.failCall(db, owned.tenantId, failed, 'No words were heard.');
  expect(await (await analyze(failed, crypto.randomUUID())).json()).toMatchObject({
    ok: false,
    code: 'trouble',
    what: 'No words were heard.',
  });
});

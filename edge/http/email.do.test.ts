import { beforeAll, expect, test } from 'vitest';
import type { EmailDraftView, EmailEditsView, EmailToneView } from '../../shared/contracts/email.ts';
import type { NextStep } from '../../shared/contracts/insight.ts';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import * as changes from '../act/store.ts';
import type { NewCall } from '../capture/store.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { joinRooms } from '../join-rooms.ts';
import type { Owned } from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { ask, bindings, connectPortal, lena, nobody, openTestDb, portal, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const proof: Evidence = {
  quote: 'I will send you the security questionnaire',
  seq: 0,
  role: 'rep',
  speaker: 'Sam Okafor',
  startMs: 0,
  endMs: 900,
};
const step: NextStep = { text: 'Send Maya the security questionnaire', owner: 'rep', hedged: false, confidence: 0.9, evidence: proof };

async function promised(over: Partial<NewCall> = {}, steps = [step]): Promise<string> {
  const callId = await quietCall(db, owned, over);
  await calls.saveUtterances(db, owned.tenantId, callId, [{ ...proof, text: `${proof.quote}.`, confidence: 1 }]);
  await insights.saveInsight(db, owned.tenantId, callId, quietInsight({ nextSteps: steps }));
  return callId;
}
const post = (path: string, body: unknown, user = sam) => ask({ method: 'POST', path, body, user });
async function said<T>(response: Promise<Response>): Promise<T> {
  const answer = (await (await response).json()) as { ok: boolean; value: T };
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}
const draft = (body: Record<string, unknown>, user = sam) => post('/api/email/draft', body, user);
const tone = (body: Record<string, unknown>, user = sam) =>
  post('/v1/settings/email-tone', { requestId: crypto.randomUUID(), ...body }, user);

test('a call is drafted with the proof of each sentence, and nothing is stored', async () => {
  const callId = await promised();
  const view = await said<EmailDraftView>(draft({ callId }));
  expect(view).toMatchObject({
    callId,
    language: 'en',
    tone: 'friendly',
    facts: [{ text: 'Send you the security questionnaire', evidence: proof }],
    limits: [],
  });
  expect(view.body).toContain('- Send you the security questionnaire\n');
  expect(await changes.changesOfCall(db, owned.tenantId, callId)).toEqual([]);
});

test('what the transcript does not hold is not written', async () => {
  const invented = { ...step, evidence: { ...proof, quote: 'I will give you half of it for free' } };
  expect(await said<EmailDraftView>(draft({ callId: await promised({}, [invented]) }))).toMatchObject({ facts: [] });
});

test('a record is its latest understood call, of those the viewer may see', async () => {
  const record = { object: 'deal', id: portal.dealId };
  const soon = Date.now() + 3_600_000;
  const open = await promised({ startedAt: new Date(soon) });
  const own = await promised({ startedAt: new Date(soon + 1), repId: lena.id, repEmail: lena.email, isPrivate: true });
  await quietCall(db, owned, { startedAt: new Date(soon + 2), status: 'failed' });
  expect((await said<EmailDraftView>(draft({ record }))).callId).toBe(open);
  expect((await said<EmailDraftView>(draft({ record }, lena))).callId).toBe(own);
  expect(await (await draft({ record }, nobody)).json()).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await (await draft({ callId: own })).json()).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await (await draft({ record: { object: 'deal', id: '70999999' } })).json()).toMatchObject({ ok: false, code: 'not-found' });
});

test('a thread is answered', async () => {
  const thread = { subject: 'Pricing', body: 'Thanks!\n\nBest,\nMimi' };
  const view = await said<EmailDraftView>(draft({ callId: await promised(), thread, tone: 'brief' }));
  expect(view).toMatchObject({ subject: 'Re: Pricing', tone: 'brief', body: expect.stringMatching(/^Hi Mimi,/) });
});

test('nonsense is refused by field, and a call that is not understood says so', async () => {
  const callId = await promised();
  const record = { object: 'deal', id: portal.dealId };
  for (const body of [
    {},
    { callId, record },
    { callId: 'x' },
    { callId, tone: 'rude' },
    { callId, thread: { subject: 's', body: 'x'.repeat(20_001) } },
  ])
    expect((await draft(body)).status, JSON.stringify(body).slice(0, 80)).toBe(400);
  expect((await draft({ callId: crypto.randomUUID() })).status).toBe(404);
  expect(await (await draft({ callId: await quietCall(db, owned) })).json()).toMatchObject({ ok: false, code: 'stale' });
});

test('a rep’s tone goes before everyone’s, which only an admin sets', async () => {
  const callId = await promised({ repId: lena.id, repEmail: lena.email });
  const used = async () => (await said<EmailDraftView>(draft({ callId }, lena))).tone;
  expect(await (await tone({ for: 'everyone', tone: 'formal' }, lena)).json()).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await used()).toBe('friendly');
  await said(tone({ for: 'everyone', tone: 'formal' }));
  expect(await used()).toBe('formal');
  expect(await said<EmailToneView>(tone({ for: 'me', tone: 'brief' }, lena))).toEqual({ mine: 'brief', everyone: 'formal', used: 'brief' });
  expect(await used()).toBe('brief');
  expect(await said<EmailToneView>(tone({ for: 'me', tone: null }, lena))).toEqual({ mine: null, everyone: 'formal', used: 'formal' });
  await said(tone({ for: 'everyone', tone: null }));
});

test('what a call proposes by itself sounds as its rep has set it', async () => {
  await said(tone({ for: 'me', tone: 'formal' }));
  const callId = await promised({ status: 'transcribed', customerEmail: 'maya@cobaltfreight.example' });
  await joinRooms(compose(bindings)).jobs.extract({ tenantId: owned.tenantId, callId });
  const proposed = async () =>
    (await changes.changesOfCall(db, owned.tenantId, callId)).flatMap(({ body }) => (body.kind === 'draft-email' ? [body.body] : []));
  for (let tries = 0; tries < 400 && (await proposed()).length === 0; tries += 1) await new Promise((done) => setTimeout(done, 50));
  expect(await proposed()).toEqual([expect.stringMatching(/^Dear Maya Lindqvist,/)]);
  await said(tone({ for: 'me', tone: null }));
});

test('how much of a draft was kept is measured when it is approved', async () => {
  const before = await said<EmailEditsView>(ask({ path: '/v1/email/edits' }));
  const callId = await promised();
  const id = crypto.randomUUID();
  await changes.planChanges(db, owned.tenantId, [
    {
      id,
      callId,
      connectionId: owned.connectionId,
      opKey: id,
      record: { object: 'deal', id: portal.dealId },
      also: [],
      policy: 'suggest',
      state: 'waiting',
      body: { kind: 'draft-email', to: [], subject: 'one two', body: 'three four' },
      reason: '',
      evidence: [],
      ordinal: 0,
    },
  ]);
  const email = { subject: 'one two', body: 'five' };
  await said(post(`/v1/changes/${id}/approve`, { requestId: crypto.randomUUID(), version: 1, email }));
  const after = await said<EmailEditsView>(ask({ path: '/v1/email/edits' }));
  expect(after).toMatchObject({ days: 90, n: before.n + 1, unchanged: before.unchanged });
  if (before.n === 0) expect(after.medianKept).toBe(0.5);
});

import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RosApp } from '../http/app.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import type { Letter } from './call-door.ts';
import type { MeetingNews } from './meeting-news.ts';
import { takeZoomLetter, type ZoomDeps, zoomRoutes } from './zoom-routes.ts';

const now = 1_800_000_000_000;
const sender = { tenantId: 'tenant-1', connectionId: 'connection-1', accountId: 'account-1', secret: 'token' };
const event = (name: string, object: object = { uuid: 'm==', host_email: 'sam@b.example' }, account = 'account-1') =>
  JSON.stringify({ event: name, event_ts: 7, payload: { account_id: account, object } });

function door(over: Partial<ZoomDeps> = {}) {
  const log: unknown[] = [];
  const kept: [string, string, MeetingNews][] = [];
  const deps: ZoomDeps = {
    now: () => now,
    senderOf: async (accountId) => (accountId === 'account-1' ? sender : null),
    isSigned: async ({ signature, secret }) =>
      (signature === 'good' && secret === 'token') || (signature === 'ours' && secret === 'our-token'),
    ourSecret: 'our-token',
    answerValidation: async ({ secret }) => ({ plainToken: 'p', encryptedToken: secret }),
    keep: async (tenantId, key, news) => void kept.push([tenantId, key, news]),
    keepLive: async (tenantId, key, news) => void log.push(['live', tenantId, key, news]),
    spool: async (letter, atMs) => {
      log.push(['spooled', letter.source, atMs]);
      return true;
    },
    take: async (tenantId) => void log.push(['taken', tenantId]),
    takeLive: async (tenantId) => void log.push(['taken live', tenantId]),
    ...over,
  };
  const app = new Hono() as unknown as RosApp;
  zoomRoutes(deps)(app);
  app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : problemResponse(500, '')));
  const post = async (
    body: string,
    { signature = 'good', account = 'account-1' }: { signature?: string | null; account?: string | null } = {},
  ) => {
    const headers = signature === null ? {} : { 'x-zm-signature': signature, 'x-zm-request-timestamp': '1800000000' };
    const address = `https://ros.example/hooks/zoom${account === null ? '' : `?account=${account}`}`;
    const request = new Request(address, { method: 'POST', body, headers });
    const ctx = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const answer = await app.fetch(request, {}, ctx as never);
    return { status: answer.status, said: await answer.json().catch(() => null) };
  };
  return { post, kept, log, deps };
}

test.each(['recording.completed', 'recording.transcript_completed'])(
  'keeps %s before it is answered, and takes it afterwards',
  async (name) => {
    const { post, kept, log } = door();
    expect(await post(event(name))).toMatchObject({ status: 200 });
    expect(kept).toEqual([
      ['tenant-1', `${name} 7 m==`, { connectionId: 'connection-1', meetingId: 'm==', hostEmail: 'sam@b.example', atMs: 7 }],
    ]);
    expect(log).toEqual([['taken', 'tenant-1']]);
  },
);

test('refuses what this account did not sign, and another account’s events', async () => {
  const { post, kept } = door();
  const tries = [
    post(event('recording.completed'), { signature: 'bad' }),
    post(event('recording.completed'), { signature: null }),
    post(event('recording.completed'), { account: 'account-2' }),
    post(event('recording.completed'), { account: 'a b' }),
    post(event('recording.completed', { uuid: 'm' }, 'account-2')),
  ];
  for (const answer of await Promise.all(tries)) expect(answer.status).toBe(401);
  expect(kept).toEqual([]);
});

test('an event that we do not know is none of our business, one without a meeting is malformed', async () => {
  const { post, kept } = door();
  expect(await post(event('meeting.started'))).toMatchObject({ status: 200 });
  expect(await post(event('recording.completed', {}))).toMatchObject({ status: 400 });
  expect(await post('{')).toMatchObject({ status: 400 });
  expect(kept).toEqual([]);
});

test('answers Zoom’s question about the address under the account’s own secret, and keeps no question', async () => {
  const { post, log } = door();
  const question = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: 'p' } });
  expect(await post(question, { signature: null })).toEqual({ status: 200, said: { plainToken: 'p', encryptedToken: 'token' } });
  expect(await post(question, { signature: null, account: 'account-2' })).toMatchObject({ status: 401 });
  expect(await door({ answerValidation: async () => null }).post(question)).toMatchObject({ status: 401 });
  expect(log).toEqual([]);
});

test('while the database is away the letter is spooled, and looked at later as old as it was', async () => {
  const away = async () => {
    throw new Error('away');
  };
  const { post, log } = door({ senderOf: away });
  expect(await post(event('recording.completed'))).toEqual({ status: 200, said: { ok: true, value: { kept: true } } });
  expect(log).toEqual([['spooled', 'zoom/account-1', now]]);
  expect(await door({ keep: away, spool: async () => false }).post(event('recording.completed'))).toMatchObject({ status: 503 });

  const { deps, kept } = door();
  const letter: Letter = { source: 'zoom/account-1', id: '1', timestamp: '1', signature: 'good', body: event('recording.completed') };
  expect(await takeZoomLetter(deps, letter, now)).toEqual({ is: 'taken', tenantId: 'tenant-1' });
  expect(await takeZoomLetter(deps, { ...letter, signature: 'bad' }, now)).toEqual({ is: 'forged' });
  expect(kept).toHaveLength(1);
});

const installed = { ...sender, secret: 'our-token' };
const ours = { signature: 'ours', account: null };

test('our own app’s messages say themselves whose they are, and count only with the app’s own signature', async () => {
  const { post, kept } = door({ senderOf: async (account) => (account === 'account-1' ? installed : null) });
  expect((await post(event('recording.completed'), ours)).status).toBe(200);
  expect((await post(event('recording.completed'), { signature: 'good', account: null })).status).toBe(401);
  expect((await post('{}', ours)).status).toBe(401);
  expect(kept.length).toBe(1);
});

test('our own app’s address proves itself with the app’s token, and no account’s', async () => {
  const question = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: 'p' } });
  expect((await door().post(question, { signature: null, account: null })).said).toEqual({ plainToken: 'p', encryptedToken: 'our-token' });
  expect((await door({ ourSecret: undefined }).post(question, { signature: null, account: null })).status).toBe(401);
});

test('an account that was disconnected here is answered, and nothing is kept', async () => {
  const { post, kept } = door({ senderOf: async () => null });
  expect((await post(event('recording.completed'), ours)).status).toBe(200);
  expect(kept).toEqual([]);
});

test.each([
  ['false', 'forget'],
  ['true', 'keep'],
  [undefined, 'forget'],
])('who takes our app out and lets us keep what we have: %s', async (retention, left) => {
  const { post, kept } = door({ senderOf: async () => installed });
  const payload = { account_id: 'account-1', ...(retention === undefined ? {} : { user_data_retention: retention }) };
  const body = JSON.stringify({ event: 'app_deauthorized', event_ts: 7, payload });
  expect((await post(body, ours)).status).toBe(200);
  expect(kept).toEqual([
    ['tenant-1', 'app_deauthorized 7', { connectionId: 'connection-1', meetingId: 'app_deauthorized', left, atMs: 7 }],
  ]);
});

const stream = { meeting_uuid: 'm==', meeting_id: 81234567890, rtms_stream_id: 's1', server_urls: 'wss://rtms-sjc1.zoom.us/a' };
const streamNews = (name: string, payload: object) =>
  JSON.stringify({ event: name, event_ts: 7, payload: { account_id: 'account-1', ...payload } });

test('news of a running meeting are kept apart, flat or nested, and answered at once', async () => {
  const { post, log, kept } = door();
  for (const payload of [stream, { object: stream }])
    expect(await post(streamNews('meeting.rtms_started', payload))).toMatchObject({ status: 200 });
  const { server_urls: _address, ...rest } = stream;
  expect(await post(streamNews('meeting.rtms_stopped', { ...rest, stop_reason: 6 }))).toMatchObject({ status: 200 });
  const facts = { connectionId: 'connection-1', meetingId: 'm==', streamId: 's1', number: '81234567890', atMs: 7 };
  const started = ['live', 'tenant-1', 'meeting.rtms_started 7 s1', { ...facts, is: 'started', address: 'wss://rtms-sjc1.zoom.us/a' }];
  const stopped = ['live', 'tenant-1', 'meeting.rtms_stopped 7 s1', { ...facts, is: 'stopped', stopReason: 6 }];
  const taken = ['taken live', 'tenant-1'];
  expect(log).toEqual([started, taken, started, taken, stopped, taken]);
  expect(kept).toEqual([]);
});

test.each([
  ['no address', { ...stream, server_urls: undefined }],
  ['no stream', { ...stream, rtms_stream_id: '' }],
  ['a meeting without end', { ...stream, meeting_uuid: 'm'.repeat(201) }],
])('refuses news of a running meeting with %s', async (_what, payload) => {
  const { post, log } = door();
  expect(await post(streamNews('meeting.rtms_started', payload))).toMatchObject({ status: 400 });
  expect(log).toEqual([]);
});

test('refuses news of a running meeting that somebody else signed', async () => {
  const { post, log } = door();
  expect(await post(streamNews('meeting.rtms_started', stream), { signature: 'forged' })).toMatchObject({ status: 401 });
  expect(log).toEqual([]);
});

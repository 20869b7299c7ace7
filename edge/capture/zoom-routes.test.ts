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
    isSigned: async ({ signature, secret }) => signature === 'good' && secret === 'token',
    answerValidation: async ({ secret }) => ({ plainToken: 'p', encryptedToken: secret }),
    keep: async (tenantId, key, news) => void kept.push([tenantId, key, news]),
    spool: async (letter, atMs) => {
      log.push(['spooled', letter.source, atMs]);
      return true;
    },
    take: async (tenantId) => void log.push(['taken', tenantId]),
    ...over,
  };
  const app = new Hono() as unknown as RosApp;
  zoomRoutes(deps)(app);
  app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : problemResponse(500, '')));
  const post = async (
    body: string,
    { signature = 'good', account = 'account-1' }: { signature?: string | null; account?: string } = {},
  ) => {
    const headers = signature === null ? {} : { 'x-zm-signature': signature, 'x-zm-request-timestamp': '1800000000' };
    const request = new Request(`https://ros.example/hooks/zoom?account=${account}`, { method: 'POST', body, headers });
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

import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RosApp } from '../http/app.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import type { GraphAnswer, GraphNotice } from '../ports/meeting-hosts.ts';
import { type TeamsDeps, teamsRoutes } from './teams-routes.ts';

const believed = (...notices: GraphNotice[]): GraphAnswer => ({ status: 202, headers: {}, body: '', notices });
const notice = { subscriptionId: 's', directoryId: 'd', resource: 'transcript-1' };

async function post(answer: GraphAnswer | Error, over: Partial<TeamsDeps> = {}) {
  const log: unknown[] = [];
  const deps: TeamsDeps = {
    now: () => 7,
    read: async () => {
      if (answer instanceof Error) throw answer;
      return answer;
    },
    senderOf: async (directoryId) => (directoryId === 'd' ? { tenantId: 't', connectionId: 'c' } : null),
    transcriptOf: ({ resource }) => resource ?? null,
    keep: async (tenantId, key, news) => void log.push(['kept', tenantId, key, news]),
    take: async (tenantId) => void log.push(['taken', tenantId]),
    lookAfter: async ({ connectionId }, event) => void log.push([event, connectionId]),
    ...over,
  };
  const app = new Hono() as unknown as RosApp;
  teamsRoutes(deps)(app);
  app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : problemResponse(500, '')));
  const ctx = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  const said = await app.fetch(new Request('https://ros.example/hooks/graph', { method: 'POST', body: '{}' }), {}, ctx as never);
  return { status: said.status, body: await said.text(), type: said.headers.get('content-type'), log };
}

test('answers what Graph asks about the address, word for word', async () => {
  const echo: GraphAnswer = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'a <b>', notices: [] };
  expect(await post(echo)).toEqual({ status: 200, body: 'a <b>', type: 'text/plain; charset=utf-8', log: [] });
});

test('keeps a transcript by its name before it is answered', async () => {
  const { status, log } = await post(believed(notice));
  expect([status, log]).toEqual([
    202,
    [
      ['kept', 't', 'transcript-1', { connectionId: 'c', meetingId: 'transcript-1', atMs: 7 }],
      ['taken', 't'],
    ],
  ]);
});

test('what becomes of the subscription is looked after, and is no transcript', async () => {
  for (const lifecycleEvent of ['missed', 'subscriptionRemoved', 'reauthorizationRequired'] as const)
    expect((await post(believed({ ...notice, lifecycleEvent }))).log).toEqual([[lifecycleEvent, 'c']]);
});

test('a directory that we do not know and a resource that is no transcript bring nothing', async () => {
  expect((await post(believed({ ...notice, directoryId: 'x' }))).log).toEqual([]);
  expect((await post(believed(notice), { transcriptOf: () => null })).log).toEqual([]);
});

test('what cannot be kept or checked now is asked for again', async () => {
  expect((await post(new Error('the keys are away'))).status).toBe(503);
  const away = { keep: () => Promise.reject(new Error('away')) };
  expect((await post(believed(notice), away)).status).toBe(503);
  expect((await post({ status: 401, headers: {}, body: '', notices: [] })).status).toBe(401);
});

import { afterEach, expect, test } from 'vitest';
import { serve } from '../kit/serve.ts';
import { type GraphTwin, startGraph } from './protocol.ts';
import { guidOf } from './state.ts';

const app = { directoryId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', clientId: 'client', clientSecret: 'secret' };
const sam = { name: 'Sam', email: 'sam@b.example' };
const meeting = { subject: 'Seats', organizer: sam, people: [sam], startedMs: Date.now() - 60_000, durationMs: 60_000, said: [] };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function twin(permissions?: readonly string[]): Promise<GraphTwin> {
  const graph = await startGraph({ port: 0, app: { ...app, ...(permissions ? { permissions } : {}) } });
  closing.push(() => graph.close());
  return graph;
}
const grant = (graph: GraphTwin, over: Record<string, string> = {}, directory = app.directoryId) =>
  fetch(`${graph.origin}/${directory}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      ...over,
    }),
  });
const ask = async (graph: GraphTwin, path: string, init: { method?: string; body?: object; token?: string } = {}) => {
  const token = init.token ?? ((await (await grant(graph)).json()) as { access_token: string }).access_token;
  const answer = await fetch(`${graph.origin}/v1.0${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(init.body ? { body: JSON.stringify(init.body) } : {}),
  });
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
};
async function hook(answer: (token: string | null) => Response): Promise<string> {
  const served = await serve((request) => answer(new URL(request.url).searchParams.get('validationToken')), { vendor: 'hook', port: 0 });
  closing.push(() => served.close());
  return `${served.origin}/hooks/graph`;
}
const echo = () => hook((token) => new Response(token, { headers: { 'content-type': 'text/plain' } }));
const subscription = (url: string, over: object = {}) => ({
  changeType: 'created',
  resource: 'communications/onlineMeetings/getAllTranscripts',
  notificationUrl: url,
  lifecycleNotificationUrl: url,
  clientState: 'state',
  expirationDateTime: new Date(Date.now() + 48 * 3_600_000).toISOString(),
  ...over,
});

// learn.microsoft.com/graph/auth-v2-service
test('gives a token to the app’s own secret in its own directory alone', async () => {
  const graph = await twin();
  expect((await grant(graph)).status).toBe(200);
  expect((await grant(graph, { client_secret: 'x' })).status).toBe(401);
  for (const over of [{ client_id: 'x' }, { scope: 'User.Read' }, { grant_type: 'password' }])
    expect((await grant(graph, over)).status).toBe(400);
  expect((await grant(graph, {}, 'another')).status).toBe(400);
  expect((await ask(graph, '/subscriptions', { token: 'invented' })).status).toBe(401);
});

test('refuses what the app has no permission for, and what is one too many', async () => {
  expect((await ask(await twin([]), '/subscriptions')).status).toBe(403);
  const graph = await twin();
  graph.faults.busyNext(5);
  expect(await ask(graph, '/subscriptions')).toMatchObject({ status: 429, retryAfter: '5' });
});

// learn.microsoft.com/graph/teams-changenotifications-callrecording-and-calltranscript
test('subscribes to an address that echoes, for no longer than it may', async () => {
  const graph = await twin();
  const url = await echo();
  const at = (ms: number) => ({ expirationDateTime: new Date(Date.now() + ms).toISOString() });
  const post = async (body: object) => (await ask(graph, '/subscriptions', { method: 'POST', body })).status;
  for (const over of [
    at(4_231 * 60_000),
    at(-1_000),
    { lifecycleNotificationUrl: undefined },
    { clientState: 'x'.repeat(129) },
    { changeType: 'updated' },
    { includeResourceData: true },
    { includeResourceData: true, encryptionCertificate: 'bm8=', encryptionCertificateId: 'c' },
  ])
    expect(await post(subscription(url, over))).toBe(400);
  expect(await post(subscription(await hook((token) => new Response(`"${token}"`))))).toBe(400);
  expect(await post(subscription(url))).toBe(201);
  expect(await post(subscription(url))).toBe(409);
});

test('hands out a transcript only as text/vtt, and only under a policy', async () => {
  const graph = await twin();
  await graph.finish(meeting, { isTold: false });
  const user = guidOf(sam.email);
  const list = await ask(
    graph,
    `/users/${user}/onlineMeetings/getAllTranscripts(meetingOrganizerUserId='${user}',startDateTime=2020-01-01T00:00:00Z)`,
  );
  const [one] = (JSON.parse(list.text) as { value: { id: string; meetingId: string }[] }).value;
  const path = `/users/${user}/onlineMeetings/${one?.meetingId}/transcripts/${one?.id}/content`;
  expect(await ask(graph, `${path}?$format=text/vtt`)).toMatchObject({ status: 200, text: expect.stringContaining('WEBVTT') });
  expect((await ask(graph, path)).status).toBe(400);
  expect((await ask(graph, `/users/${guidOf('another')}/onlineMeetings/${one?.meetingId}`)).status).toBe(404);
  graph.faults.setPolicy(false);
  expect((await ask(graph, `${path}?$format=text/vtt`)).status).toBe(403);
});

import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { serve } from '../kit/serve.ts';
import { startZoom, type ZoomTwin } from './protocol.ts';

const app = { accountId: 'account-1', clientId: 'client', clientSecret: 'secret', secretToken: 'token' };
const sam = { name: 'Sam', email: 'sam@b.example' };
const meeting = {
  uuid: '/a//b==',
  topic: 'Seats',
  host: sam,
  people: [sam, { name: 'Maya', email: '' }, { name: 'Noor', email: '' }],
  startedMs: 0,
  durationMs: 60_000,
  said: [],
};
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function twin(scopes?: readonly string[]): Promise<ZoomTwin> {
  const zoom = await startZoom({ port: 0, app: { ...app, ...(scopes ? { scopes } : {}) } });
  closing.push(() => zoom.close());
  return zoom;
}
const grant = (zoom: ZoomTwin, over: { secret?: string; account?: string; type?: string } = {}) =>
  fetch(`${zoom.origin}/oauth/token?grant_type=${over.type ?? 'account_credentials'}&account_id=${over.account ?? app.accountId}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${app.clientId}:${over.secret ?? app.clientSecret}`)}` },
  });
const tokenOf = async (zoom: ZoomTwin) => ((await (await grant(zoom)).json()) as { access_token: string }).access_token;
const get = async (zoom: ZoomTwin, path: string, token?: string, headers: Record<string, string> = {}) => {
  const bearer = token ?? (await tokenOf(zoom));
  const answer = await fetch(zoom.origin + path, { redirect: 'manual', headers: { authorization: `Bearer ${bearer}`, ...headers } });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json().catch(() => null)) as Record<string, unknown> | null,
  };
};
const uuid = encodeURIComponent(encodeURIComponent(meeting.uuid));
const heldOn = async (zoom: ZoomTwin) => void (await zoom.finish(meeting, { withTranscript: true }).catch(() => 0));

// developers.zoom.us/docs/internal-apps/s2s-oauth
test('gives a token for the app’s own account and secret alone', async () => {
  const zoom = await twin();
  expect((await grant(zoom)).status).toBe(200);
  expect([
    (await grant(zoom, { secret: 'x' })).status,
    (await grant(zoom, { account: 'x' })).status,
    (await grant(zoom, { type: 'x' })).status,
  ]).toEqual([401, 400, 400]);
  expect(await get(zoom, `/v2/meetings/${uuid}/recordings`, 'invented')).toMatchObject({ status: 401, body: { code: 124 } });
});

test('refuses what the app has no scope for, and what is one too many', async () => {
  const bare = await twin(['user:read']);
  expect(await get(bare, `/v2/meetings/${uuid}/recordings`)).toMatchObject({ status: 400, body: { code: 4711 } });
  const zoom = await twin();
  const token = await tokenOf(zoom);
  zoom.faults.busyNext(3);
  const busy = await get(zoom, `/v2/meetings/${uuid}/recordings`, token);
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '3']);
});

// Meeting API, "If the UUID starts with / or contains //, double encode it".
test('finds a meeting whose uuid has slashes only when it was encoded twice', async () => {
  const zoom = await twin();
  await heldOn(zoom);
  expect((await get(zoom, `/v2/meetings/${uuid}/recordings`)).status).toBe(200);
  expect(await get(zoom, `/v2/meetings/${encodeURIComponent(meeting.uuid)}/recordings`)).toMatchObject({
    status: 404,
    body: { code: 3301 },
  });
});

test('hands out people page by page', async () => {
  const zoom = await twin();
  await heldOn(zoom);
  const first = await get(zoom, `/v2/past_meetings/${uuid}/participants?page_size=300`);
  expect(first.body).toMatchObject({ total_records: 3, next_page_token: '2' });
  expect(await get(zoom, `/v2/past_meetings/${uuid}/participants?page_size=301`)).toMatchObject({ status: 400 });
});

test('a file redirects to a signed address that takes no token', async () => {
  const zoom = await twin();
  await heldOn(zoom);
  const { body } = await get(zoom, `/v2/meetings/${uuid}/recordings`);
  const [file] = (body?.['recording_files'] ?? []) as { download_url: string }[];
  const path = new URL(file?.download_url ?? '').pathname;
  expect((await get(zoom, path)).status).toBe(421);
  const at = { 'x-zoom-host': 'brightloop.zoom.us' };
  expect((await get(zoom, path, 'invented', at)).status).toBe(401);
  const sent = await get(zoom, path, undefined, at);
  const to = new URL(sent.headers.get('location') ?? '');
  expect([sent.status, to.host]).toEqual([302, 'ssrweb.zoom.us']);
  const there = { 'x-zoom-host': to.host };
  expect((await get(zoom, to.pathname + to.search, undefined, there)).status).toBe(400);
  expect((await fetch(zoom.origin + to.pathname, { headers: there })).status).toBe(403);
  expect((await fetch(zoom.origin + to.pathname + to.search, { headers: there })).status).toBe(200);
});

// fixtures/vectors.json, zoom: v0= and HMAC-SHA256 of "v0:timestamp:body".
test('signs what it tells, and subscribes only to an address that proves itself', async () => {
  const told: { signature: string | null; expected: string }[] = [];
  const hook = await serve(
    async (request) => {
      const body = await request.text();
      const timestamp = request.headers.get('x-zm-request-timestamp');
      const hmac = (text: string) => createHmac('sha256', app.secretToken).update(text).digest('hex');
      const said = JSON.parse(body) as { event: string; payload: { plainToken?: string } };
      if (new URL(request.url).pathname === '/liar') return Response.json({ plainToken: said.payload.plainToken, encryptedToken: 'x' });
      const { plainToken } = said.payload;
      if (plainToken) return Response.json({ plainToken, encryptedToken: hmac(plainToken) });
      told.push({ signature: request.headers.get('x-zm-signature'), expected: `v0=${hmac(`v0:${timestamp}:${body}`)}` });
      return new Response(null, { status: 204 });
    },
    { vendor: 'hook', port: 0 },
  );
  closing.push(() => hook.close());
  const zoom = await twin();
  expect(await zoom.subscribe(`${hook.origin}/liar`)).toBe(false);
  expect(await zoom.subscribe(`${hook.origin}/honest`)).toBe(true);
  expect(await zoom.finish(meeting)).toBe(204);
  zoom.faults.forgeNext();
  await zoom.repeat();
  expect(told.map(({ signature, expected }) => signature === expected)).toEqual([true, false]);
});

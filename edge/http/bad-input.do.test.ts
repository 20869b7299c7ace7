import { SELF } from 'cloudflare:test';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ask, connectPortal, openTestDb, publicUrl } from './test-host.ts';

const CANARY = 'Kanarienvogel';
const id = '0b7c2f6e-1111-4111-8111-111111111111';
const requestId = crypto.randomUUID();

const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
beforeAll(async () => {
  await connectPortal(openTestDb());
});
beforeEach(() => {
  log.mockClear();
});
afterAll(() => {
  log.mockRestore();
});

/** What an answer may never do: break, or say back what was sent. */
async function answerOf(response: Response, about: string) {
  const text = await response.text();
  const all = `${text} ${JSON.stringify([...response.headers])} ${JSON.stringify(log.mock.calls)}`;
  expect(all.includes(CANARY), `${about}: ${text.slice(0, 200)}`).toBe(false);
  expect(response.status, `${about}: ${text.slice(0, 200)}`).toBeLessThan(500);
  return { status: response.status, type: response.headers.get('content-type'), text };
}
const problem = async (response: Response, about: string) => {
  const { type, text } = await answerOf(response, about);
  expect(type, about).toBe('application/problem+json');
  return JSON.parse(text) as { status: number; title: string; field?: string };
};

/** Everything a card may post, and a body that is right. */
const bodies: Record<string, Record<string, unknown>> = {
  '/v1/uploads': { requestId, record: { object: 'deal', id: '7001' }, name: 'call.vtt' },
  [`/v1/calls/${id}/consent`]: { requestId, consent: 'granted' },
  [`/v1/calls/${id}/feedback`]: { requestId, cardId: 'c', action: 'used' },
  [`/v1/changes/${id}/approve`]: { requestId, version: 1, email: { subject: 's', body: 'b' } },
  [`/v1/changes/${id}/decline`]: { requestId, version: 1 },
  '/v1/settings/telephony': {
    requestId,
    accountSid: `AC${'3'.repeat(32)}`,
    authToken: 'a-telephone-token',
    lines: [{ number: '+14155550111', dial: '+14155550100', userId: '71', ownerId: '501', email: 'a@b.example', name: 'Sam' }],
  },
  '/v1/settings/competitors': { requestId, names: ['Zendara'] },
  [`/api/calls/${id}/analyze`]: { requestId },
  '/api/email/draft': { callId: id },
};
const reads = [`/v1/calls/${id}`, `/v1/calls/${id}/live`, '/v1/record/deal/7001/next', '/v1/record/deal/7001/conversation'];
const open = [
  '/healthz',
  '/readyz',
  '/oauth/hubspot/start',
  '/oauth/hubspot/callback',
  '/oauth/salesforce/start',
  '/oauth/salesforce/callback',
];
const vendors = ['/voice/twilio', '/api/calls/webhook'];

test('an address that is none has nothing, and says so the same way everywhere', async () => {
  const nothing = { type: 'about:blank', title: 'There is nothing here.', status: 404 };
  for (const path of ['/', '/nope', `/${CANARY}`, '/v2/calls', '/.env', '/live/', '/api/files/'])
    expect(await problem(await SELF.fetch(publicUrl + path), path)).toEqual(nothing);
  for (const path of ['/v1/nope', `/v1/${CANARY}`, `/v1/calls/${id}/${CANARY}`, `/v1/record/deal/7001/${CANARY}`])
    expect(await problem(await ask({ path }), path)).toEqual(nothing);
});

test('a method that is not the route’s has nothing either', async () => {
  for (const path of [...open, ...vendors])
    for (const method of ['DELETE', 'PATCH', 'PUT', ...(vendors.includes(path) ? ['GET'] : ['POST'])])
      expect((await problem(await SELF.fetch(publicUrl + path, { method }), `${method} ${path}`)).status).toBe(404);
  for (const path of [...reads, ...Object.keys(bodies)])
    for (const method of ['DELETE', 'PATCH', 'PUT'])
      expect((await problem(await ask({ method, path, body: {} }), `${method} ${path}`)).status).toBe(404);
});

test('whoever is not signed learns nothing about why', async () => {
  const said = new Set<string>();
  const [path = ''] = reads;
  const now = String(Date.now());
  const asked: [string, Promise<Response>][] = [
    ['nothing', SELF.fetch(publicUrl + path)],
    ['a wrong signature', ask({ path, headers: { 'x-hubspot-signature-v3': btoa(CANARY.padEnd(32)) } })],
    ['a malformed one', ask({ path, headers: { 'x-hubspot-signature-v3': CANARY } })],
    ['an old one', ask({ path, ageMs: 301_000 })],
    ['one from the future', ask({ path, ageMs: -301_000 })],
    ['a moved timestamp', ask({ path, headers: { 'x-hubspot-request-timestamp': `${now}${CANARY}` } })],
    ['a second portal', ask({ path: `${path}?portalId=1` })],
    ['another app', ask({ path: `${path}?appId=${CANARY}` })],
    ['an install key', SELF.fetch(publicUrl + path, { headers: salesforce(`Bearer ros_${'k'.repeat(43)}`) })],
    ['a malformed key', SELF.fetch(publicUrl + path, { headers: salesforce(`Bearer ${CANARY}`) })],
    ['a post', SELF.fetch(publicUrl + path, { method: 'POST', body: CANARY })],
    ['no address', SELF.fetch(`${publicUrl}/v1/${CANARY}`)],
  ];
  for (const [about, response] of asked) {
    const answered = await response;
    said.add(JSON.stringify([answered.status, await problem(answered, about)]));
  }
  expect([...said]).toEqual([JSON.stringify([401, { type: 'about:blank', title: 'Not signed by a host we know.', status: 401 }])]);
});
const salesforce = (authorization: string) => ({
  authorization,
  'x-ros-org-id': '00D5f000000SANDEAA',
  'x-ros-user-id': '0055f000000SAMOAAA',
});

test('a body changed on its way is not signed', async () => {
  const path = '/v1/settings/competitors';
  const signed = await ask({ method: 'POST', path, body: bodies[path] });
  const headers = { 'x-hubspot-signature-v3': 'A'.repeat(43).concat('='), 'x-hubspot-request-timestamp': String(Date.now()) };
  expect([signed.status, (await ask({ method: 'POST', path, body: bodies[path], headers })).status]).toEqual([200, 401]);
});

test('what is no JSON, or no object, is refused without a word of it', async () => {
  for (const path of Object.keys(bodies)) {
    for (const body of [CANARY, `{"requestId":"${CANARY}`, `{"${CANARY}":1}}`])
      expect(await problem(await ask({ method: 'POST', path, body }), path)).toMatchObject({ status: 400, title: 'The body is not JSON.' });
    for (const body of ['null', '[]', `"${CANARY}"`, '1'])
      expect(await problem(await ask({ method: 'POST', path, body }), path)).toMatchObject({ status: 400 });
  }
});

test('each field that is missing or malformed is named, and nothing of it is said back', async () => {
  for (const [path, body] of Object.entries(bodies)) {
    for (const field of Object.keys(body)) {
      const { [field]: _, ...rest } = body;
      for (const wrong of [
        { ...rest, [field]: { [CANARY]: CANARY } },
        { ...rest, [field]: [CANARY, { [CANARY]: 1 }] },
        ...(field === 'email' ? [] : [rest]),
      ]) {
        const said = await problem(await ask({ method: 'POST', path, body: wrong }), `${path} ${field}`);
        expect([said.status, said.field?.split('.')[0]], `${path} ${field}`).toEqual([400, field]);
      }
    }
  }
});

test('what is one step inside a field is named by its whole path', async () => {
  const path = '/v1/settings/telephony';
  const [line] = (bodies[path]?.['lines'] ?? []) as Record<string, string>[];
  const said = await problem(
    await ask({ method: 'POST', path, body: { ...bodies[path], lines: [line, { ...line, number: CANARY }] } }),
    path,
  );
  expect(said).toMatchObject({ status: 400, field: 'lines.1.number' });
});

test('a body over the limit is refused, told its length or not', async () => {
  const big = 'x'.repeat(1024 * 1024 + 1);
  const path = '/v1/settings/competitors';
  expect((await problem(await ask({ method: 'POST', path, body: big }), path)).status).toBe(413);
  for (const vendor of vendors) {
    const form = 'x'.repeat(256 * 1024 + 1);
    expect((await problem(await SELF.fetch(publicUrl + vendor, { method: 'POST', body: form }), vendor)).status).toBe(413);
    expect((await problem(await SELF.fetch(publicUrl + vendor, { method: 'POST', body: unmeasured(form) }), vendor)).status).toBe(413);
  }
});

test('a compressed body is refused before anything reads it', async () => {
  const headers = { 'content-encoding': 'gzip' };
  for (const path of Object.keys(bodies))
    expect((await problem(await ask({ method: 'POST', path, body: bodies[path], headers }), path)).status).toBe(415);
  for (const path of [...vendors, '/api/files/x'])
    expect((await problem(await SELF.fetch(publicUrl + path, { method: 'POST', body: CANARY, headers }), path)).status).toBe(415);
});

/** A body whose length nobody says beforehand. */
function unmeasured(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

test('a character that no database keeps is refused at the door', async () => {
  for (const [path, body] of Object.entries(bodies)) {
    const nul = JSON.stringify(body).replace(/("(?:name|cardId|body|authToken|email)":")|(\["Zendara)/, '$&\\u0000');
    expect((await problem(await ask({ method: 'POST', path, body: nul }), path)).status, nul).toBe(nul.includes('\\u0000') ? 400 : 404);
  }
});

const hostile = [
  CANARY,
  "'%20or%201=1--",
  '%00',
  '%E0%A4',
  '..%2F..%2F',
  '-'.repeat(36),
  'a'.repeat(4_000),
  '%F0%9F%90%A6',
  id.toUpperCase(),
  '$%7B1%7D',
];

test('no id, however odd, breaks a route or comes back', async () => {
  for (const odd of hostile) {
    for (const path of [
      `/v1/calls/${odd}`,
      `/v1/calls/${odd}/live?since=${CANARY}`,
      `/v1/record/${odd}/7001/next`,
      `/v1/record/deal/${odd}/next`,
      `/v1/record/deal/${odd}/conversation`,
    ])
      expect((await answerOf(await ask({ path }), path)).status, path).toSatisfy((status: number) => status === 404 || status === 200);
    for (const verb of ['approve', 'decline']) {
      const path = `/v1/changes/${odd}/${verb}`;
      await answerOf(await ask({ method: 'POST', path, body: { requestId, version: 1 } }), path);
    }
    const upgrade = { upgrade: 'websocket', 'sec-websocket-protocol': `ros.v1, token.${CANARY}`, 'x-twilio-signature': CANARY };
    for (const path of [`/media/twilio/${odd}/${id}`, `/media/twilio/${id}/${odd}`, `/live/${odd}`])
      expect((await problem(await SELF.fetch(publicUrl + path, { headers: upgrade }), path)).status, path).toBeOneOf([401, 404]);
    await problem(await SELF.fetch(`${publicUrl}/api/files/${odd}`, { method: 'PUT', body: CANARY }), odd);
  }
});

test('a look since nonsense is a look from the start', async () => {
  for (const since of [CANARY, '1e999', '-0.5', '', 'NaN', '9'.repeat(40)]) {
    const path = `/v1/calls/${id}/live?since=${since}`;
    expect((await problem(await ask({ path }), path)).status).toBe(404);
  }
});

test('webhooks with nonsense in them are not signed, whatever they hold', async () => {
  for (const path of vendors) {
    for (const body of ['', CANARY, `AccountSid=${CANARY}`, 'AccountSid=%00', '%', `AccountSid=AC${'1'.repeat(32)}&AccountSid=${CANARY}`]) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': CANARY };
      expect((await problem(await SELF.fetch(publicUrl + path, { method: 'POST', body, headers }), path)).status).toBe(401);
    }
  }
});

test('a socket’s address takes nothing but a socket', async () => {
  for (const path of [`/live/${id}`, `/media/twilio/${id}/${id}`])
    expect((await problem(await SELF.fetch(publicUrl + path), path)).status).toBe(400);
  const headers = { upgrade: 'websocket' };
  expect((await problem(await SELF.fetch(`${publicUrl}/live/${id}`, { headers }), 'no ticket')).status).toBe(401);
});

test('a file without a length, without a byte or without a ticket is refused', async () => {
  const put = (init: RequestInit) => SELF.fetch(`${publicUrl}/api/files/${CANARY}`, { method: 'PUT', ...init });
  expect((await problem(await put({ body: unmeasured(CANARY) }), 'no length')).status).toBe(400);
  expect((await problem(await put({ body: '' }), 'no byte')).status).toBe(400);
  expect((await problem(await put({ body: CANARY }), 'no ticket')).status).toBe(401);
});

test('what is logged of a request is its route, not its words', async () => {
  await ask({ path: `/v1/calls/${id}?note=${CANARY}`, headers: { 'x-note': CANARY } });
  const [line = ''] = log.mock.calls.at(-1) ?? [];
  expect(JSON.parse(line)).toMatchObject({ at: 'http', what: 'GET', route: '/v1/calls/:id', status: 404 });
  expect(line).not.toContain(CANARY);
});

import { expect, test } from 'vitest';
import { hubspotProxy, type ProxyOptions, signature } from './proxy.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const publicUrl = 'https://api.ros.example';

function open(answer: (request: Request) => Promise<Response> = async () => new Response('{"ok":true}'), more: Partial<ProxyOptions> = {}) {
  const got: { method: string; url: string; body: string; headers: Record<string, string> }[] = [];
  const proxy = hubspotProxy({
    worker: 'http://127.0.0.1:9',
    publicUrl,
    clientSecret: secret,
    appId: 31337,
    portalId: 4242,
    user: () => ({ userId: 71, email: 'sam@brightloop.example' }),
    now: () => 15_000_000,
    fetch: async (request) => {
      const body = await request.clone().text();
      got.push({ method: request.method, url: request.url, body, headers: Object.fromEntries(request.headers) });
      return answer(request);
    },
    ...more,
  });
  const ask = async (what: unknown) =>
    (await (await proxy(new Request('http://page.test/hubspot/fetch', { method: 'POST', body: JSON.stringify(what) }))).json()) as {
      status: number;
      body: string;
    };
  return { ask, got };
}

test('signs the published example', () => {
  expect(signature(secret, 'POST', 'https://www.example.com/webhook_uri', "{'example_field':'example_value'}", '15000000')).toBe(
    'HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=',
  );
});

test('appends who is looking, sends to the worker and signs the public address', async () => {
  const { ask, got } = open();
  expect(await ask({ url: `${publicUrl}/v1/record/deal/7001/next?x=a%20b` })).toEqual({ status: 200, body: '{"ok":true}' });
  const query = 'x=a%20b&userId=71&portalId=4242&userEmail=sam%40brightloop.example&appId=31337';
  expect(got).toEqual([
    {
      method: 'GET',
      url: `http://127.0.0.1:9/v1/record/deal/7001/next?${query}`,
      body: '',
      headers: {
        'x-hubspot-request-timestamp': '15000000',
        'x-hubspot-signature-v3': signature(
          secret,
          'GET',
          `${publicUrl}/v1/record/deal/7001/next?${query.replace('%40', '@')}`,
          '',
          '15000000',
        ),
      },
    },
  ]);
});

test('passes a JSON body and signs it', async () => {
  const { ask, got } = open();
  await ask({ url: `${publicUrl}/v1/x`, method: 'POST', body: { a: 'é' } });
  expect(got[0]?.body).toBe('{"a":"é"}');
  expect(got[0]?.headers['content-type']).toBe('application/json');
});

test.each([
  ['another origin', { url: 'https://api.hubapi.com/crm' }],
  ['plain http', { url: 'http://api.ros.example/v1' }],
  ['a name before the host', { url: 'https://a:b@api.ros.example/v1' }],
  ['no address', { url: 'v1' }],
  ['custom headers', { url: `${publicUrl}/v1`, headers: { 'x-mine': '1' } }],
  ['a body that is no object', { url: `${publicUrl}/v1`, method: 'POST', body: 'text' }],
  ['a list for a body', { url: `${publicUrl}/v1`, method: 'POST', body: [] }],
  ['a strange method', { url: `${publicUrl}/v1`, method: 'TRACE' }],
  ['nothing at all', null],
])('refuses %s', async (_, asked) => {
  const { ask, got } = open();
  expect((await ask(asked)).status).toBe(400);
  expect(got).toEqual([]);
});

test('refuses more than a megabyte either way', async () => {
  const big = 'x'.repeat(1024 * 1024);
  const { ask, got } = open(async () => new Response(big + big));
  expect((await ask({ url: `${publicUrl}/v1`, method: 'POST', body: { big } })).status).toBe(413);
  expect(got).toEqual([]);
  expect((await ask({ url: `${publicUrl}/v1` })).body).toContain('1 MB');
});

test('refuses the twenty-first request at once', async () => {
  const release: (() => void)[] = [];
  const { ask } = open(() => new Promise((done) => release.push(() => done(new Response('{}')))));
  const running = Array.from({ length: 20 }, () => ask({ url: `${publicUrl}/v1` }));
  expect((await ask({ url: `${publicUrl}/v1` })).status).toBe(429);
  await expect.poll(() => release.length).toBe(20);
  for (const done of release) done();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual(Array(20).fill(200));
});

test('tries once more after a lost connection or a 5xx, byte for byte', async () => {
  let tries = 0;
  const { ask, got } = open(async () => {
    tries += 1;
    if (tries === 1) throw new Error('cut off');
    return new Response('{"ok":true}');
  });
  expect((await ask({ url: `${publicUrl}/v1`, method: 'POST', body: { requestId: 'r' } })).status).toBe(200);
  expect(got[0]).toEqual(got[1]);
  const broken = open(async () => new Response('inside', { status: 503 }));
  expect(await broken.ask({ url: `${publicUrl}/v1` })).toEqual({
    status: 503,
    body: '{"status":"error","message":"The app answered with a failure"}',
  });
  expect(broken.got).toHaveLength(2);
});

test('hides the body of a failure', async () => {
  const { ask, got } = open(async () => new Response('{"secret":1}', { status: 404 }));
  expect(await ask({ url: `${publicUrl}/v1` })).toEqual({
    status: 404,
    body: '{"status":"error","message":"The app answered with a failure"}',
  });
  expect(got).toHaveLength(1);
});

test('gives up when the app does not answer in time', async () => {
  const hang = (request: Request) =>
    new Promise<Response>((_, fail) => request.signal.addEventListener('abort', () => fail(new Error('late'))));
  const { ask } = open(hang, { timeoutMs: 5 });
  expect((await ask({ url: `${publicUrl}/v1` })).status).toBe(504);
});

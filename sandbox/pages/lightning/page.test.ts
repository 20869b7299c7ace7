import { expect, test } from 'vitest';
import { lightningPage } from './page.ts';

const origin = 'http://127.0.0.1:7000';

function page() {
  const log: string[] = [];
  const answer = lightningPage({
    apex: async (call) => {
      log.push(`apex ${call.class}.${call.method} ${JSON.stringify(call.params)} as ${call.userId}`);
      return { ok: true, body: 'said' };
    },
    timeline: async () => ({
      record: { name: 'Acme', account: 'Acme', amount: 1, closeDate: '2026-12-18', stage: 'New', owner: 'Sam', nextStep: '' },
      stages: ['New'],
      contacts: [],
      items: [],
    }),
    play: async () => {
      log.push('play');
    },
    drop: async (name, bytes) => {
      log.push(`drop ${name} ${bytes.length}`);
      return { ok: true, line: 'Taken.' };
    },
    users: [
      { id: 'sam', name: 'Sam <Okafor>' },
      { id: 'lena', name: 'Lena Fischer' },
    ],
    liveOrigin: 'http://127.0.0.1:8787/',
    recordId: '0065f000000DEALAAA',
  });
  const ask = (path: string, init?: RequestInit) => answer(new Request(`${origin}${path}`, init));
  return { ask, log };
}

test('lets sockets reach the live address and nothing else', async () => {
  const response = await page().ask('/lightning/');
  expect(response?.headers.get('content-security-policy')).toContain("connect-src 'self' ws://127.0.0.1:8787;");
  expect(response?.headers.get('content-security-policy')).toContain("script-src 'self';");
});

test('signs in as the chosen user, and as the first when the choice is nobody', async () => {
  const { ask } = page();
  expect(await (await ask('/lightning/?user=lena'))?.text()).toContain('data-user="lena"');
  expect(await (await ask('/lightning/?user=mallory'))?.text()).toContain('data-user="sam"');
});

test('writes names as text, never as markup', async () => {
  expect(await (await page().ask('/lightning/'))?.text()).toContain('Sam &lt;Okafor&gt;');
});

test('hands an Apex call over with the signed-in user', async () => {
  const { ask, log } = page();
  const body = JSON.stringify({ class: 'RosEdge', method: 'call', params: { verb: 'GET' } });
  const response = await ask('/lightning/apex', { method: 'POST', body, headers: { 'x-user-id': 'lena' } });
  expect(await response?.json()).toEqual({ ok: true, body: 'said' });
  expect(log).toEqual(['apex RosEdge.call {"verb":"GET"} as lena']);
});

test('refuses an Apex call it cannot read', async () => {
  const { ask, log } = page();
  expect((await ask('/lightning/apex', { method: 'POST', body: '{"class":1}' }))?.status).toBe(400);
  expect(log).toEqual([]);
});

test("refuses another site's press of its buttons", async () => {
  const { ask, log } = page();
  expect((await ask('/lightning/play', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }))?.status).toBe(405);
  expect(log).toEqual([]);
});

test('plays the sample call and takes a file', async () => {
  const { ask, log } = page();
  expect((await ask('/lightning/play', { method: 'POST' }))?.status).toBe(204);
  expect(await (await ask('/lightning/drop?name=a.txt', { method: 'POST', body: 'hello' }))?.json()).toEqual({ ok: true, line: 'Taken.' });
  expect(log).toEqual(['play', 'drop a.txt 5']);
});

test('leaves other addresses to others, and serves no file outside its folder', async () => {
  const { ask } = page();
  expect(await ask('/hubspot/')).toBeNull();
  expect((await ask('/lightning/..%2F..%2Fpackage.json'))?.status).toBe(404);
  expect((await ask('/lightning/inputs.sha256'))?.status).toBe(404);
});

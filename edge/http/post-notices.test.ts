import { afterEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../shared/act/notices.ts';
import { postNotices } from './post-notices.ts';

const late: Notice = { name: 'lag-late', level: 'error', is: 'raised', sinceMs: 0, count: 3, ms: 130_000 };
const over: Notice = { name: 'inbox-old', level: 'error', is: 'over', sinceMs: 0 };
const url = 'https://chat.example/hook';

afterEach(() => vi.unstubAllGlobals());

test('says what is wrong, what is over, and where to read on', async () => {
  const asked: { url: string; body: unknown; redirect: unknown }[] = [];
  vi.stubGlobal('fetch', async (to: string, init: RequestInit) => {
    asked.push({ url: to, body: JSON.parse(String(init.body)), redirect: init.redirect });
    return new Response('ok');
  });
  expect(await postNotices(url, 'api.example', [late, over])).toBe(true);
  expect(asked).toEqual([
    {
      url,
      redirect: 'manual',
      body: {
        text: [
          'error: lag-late is wrong (3, 130 s). What to do: docs/runbook.md#lag-late',
          'ok: inbox-old is over. What to do: docs/runbook.md#inbox-old',
        ].join('\n'),
        from: 'api.example',
        alerts: [
          {
            name: 'lag-late',
            level: 'error',
            is: 'raised',
            count: 3,
            ms: 130_000,
            since: '1970-01-01T00:00:00.000Z',
            runbook: 'docs/runbook.md#lag-late',
          },
          { name: 'inbox-old', level: 'error', is: 'over', since: '1970-01-01T00:00:00.000Z', runbook: 'docs/runbook.md#inbox-old' },
        ],
      },
    },
  ]);
});

test.each([
  ['refuses it', async () => new Response(null, { status: 500 })],
  ['sends us elsewhere', async () => new Response(null, { status: 302, headers: { location: 'https://other.example' } })],
  ['is away', async () => Promise.reject(new TypeError('no network'))],
])('nobody was told when the chat %s', async (_, answer) => {
  vi.stubGlobal('fetch', answer);
  expect(await postNotices(url, 'api.example', [late])).toBe(false);
});

import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { type NewsDeps, newsRoutes } from './news-routes.ts';

function door(over: Partial<NewsDeps> = {}) {
  const log: string[] = [];
  const deps: NewsDeps = {
    isFromHubspot: async () => true,
    orgOf: async () => 'org',
    read: {
      hubspot: (body) => (Array.isArray(body) ? body.map((key) => ({ account: '1', key: String(key), news: null })) : null),
      salesforce: (body) => (Array.isArray(body) ? body.map((account) => ({ account: String(account), key: 'k', news: null })) : null),
    },
    keep: async (provider, told) => {
      log.push(`keep ${provider} ${told.length}`);
      return ['t'];
    },
    take: () => {
      log.push('take');
      return new Promise(() => undefined);
    },
    ...over,
  };
  const app = new Hono() as unknown as RosApp;
  newsRoutes(deps)(app);
  app.onError((error) => new Response(error.message, { status: error instanceof Problem ? error.status : 500 }));
  const waited: Promise<unknown>[] = [];
  const ctx = { waitUntil: (work: Promise<unknown>) => void waited.push(work), passThroughOnException: () => undefined, props: {} };
  const post = async (path: string, body: string) =>
    (await app.fetch(new Request(`https://ros.test${path}`, { method: 'POST', body }), {}, ctx as never)).status;
  return { post, log, waited };
}

test('answers once the news is kept, and does not wait for what follows', async () => {
  const { post, log, waited } = door();
  expect(await post('/hooks/hubspot', '["a","b"]')).toBe(200);
  expect(log).toEqual(['keep hubspot 2', 'take']);
  expect(waited).toHaveLength(1);
});

test('what cannot be kept is to be sent again', async () => {
  const { post } = door({
    keep: async () => {
      throw new Error('no database');
    },
  });
  expect(await post('/hooks/hubspot', '[]')).toBe(503);
});

test.each([
  ['no JSON', '{', 400],
  ['another shape', '{}', 400],
  ['too much', `["${'a'.repeat(256 * 1024)}"]`, 413],
])('refuses %s', async (_, body, status) => {
  const { post, log } = door();
  expect(await post('/hooks/hubspot', body)).toBe(status);
  expect(log).toEqual([]);
});

test('looks at nothing that is not proven, and an org speaks for itself only', async () => {
  expect(await door({ isFromHubspot: async () => false }).post('/hooks/hubspot', '{')).toBe(401);
  expect(await door({ orgOf: async () => null }).post('/hooks/salesforce', '{')).toBe(401);
  expect(await door().post('/hooks/salesforce', '["another"]')).toBe(403);
  expect(await door().post('/hooks/salesforce', '["org"]')).toBe(200);
});

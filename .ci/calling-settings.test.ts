import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tellCallingSettings } from './calling-settings.ts';

const settings = JSON.parse(readFileSync(new URL('../hubspot-app/calling-settings.json', import.meta.url), 'utf8'));
const ready = { HUBSPOT_APP_ID: '77', HUBSPOT_DEVELOPER_KEY: 'developer-key', PUBLIC_URL: 'https://ros.test/' };

async function tell(env: Record<string, string | undefined>, answers: (number | 'cut')[] = [], isSent = true) {
  const asked: [string, string, unknown][] = [];
  const said: string[] = [];
  const answer = async (url: string | URL | Request, init: RequestInit = {}) => {
    expect(init.signal).toBeInstanceOf(AbortSignal);
    asked.push([init.method ?? 'GET', String(url), init.body ? JSON.parse(String(init.body)).url : undefined]);
    const status = answers.shift() ?? 200;
    if (status === 'cut') throw new Error('https://api.hubapi.com/?hapikey=developer-key was cut');
    return new Response(null, { status });
  };
  const isTold = await tellCallingSettings(settings, { env, isSent, fetch: answer, say: (line) => void said.push(line) });
  expect(said.join()).not.toContain('developer-key');
  return { asked, isTold, last: said.at(-1) };
}
const address = 'https://api.hubapi.com/crm/extensions/calling/2026-09/77/settings?hapikey=developer-key';
const page = 'https://ros.test/calling/hubspot';

test('without --send nobody is asked, and nothing has to be known', async () => {
  expect(await tell({}, [], false)).toEqual({ asked: [], isTold: true, last: 'Nothing was sent. Add --send to tell HubSpot.' });
});

test('the first time they are made, later changed', async () => {
  const made = await tell(ready, [404, 200]);
  expect(made.asked).toEqual([
    ['GET', address, undefined],
    ['POST', address, page],
  ]);
  const changed = await tell(ready, [200, 200]);
  expect([made.isTold, changed.isTold, changed.asked[1]]).toEqual([true, true, ['PATCH', address, page]]);
});

test.each([
  ['no app', { ...ready, HUBSPOT_APP_ID: undefined }, 'HUBSPOT_APP_ID is missing'],
  ['no key', { ...ready, HUBSPOT_DEVELOPER_KEY: undefined }, 'HUBSPOT_DEVELOPER_KEY is missing'],
  ['an example’s address', { ...ready, PUBLIC_URL: undefined }, 'The address is an example’s'],
  ['an address without a certificate', { ...ready, PUBLIC_URL: 'http://127.0.0.1:8787' }, 'needs an https address'],
])('%s is said before anybody is asked', async (_, env, why) => {
  const { asked, isTold, last } = await tell(env);
  expect([asked, isTold]).toEqual([[], false]);
  expect(last).toContain(why);
});

test.each([
  [[401], 'does not take this developer key'],
  [[404, 400], 'refuses these settings'],
  [[200, 429], 'too many requests'],
  [[503], 'answered 503'],
  [['cut' as const], 'could not be reached'],
  [[200, 'cut' as const], 'could not be reached'],
])('HubSpot’s %j is said in a sentence', async (answers, why) => {
  const { isTold, last } = await tell(ready, answers);
  expect(isTold).toBe(false);
  expect(last).toContain(why);
});

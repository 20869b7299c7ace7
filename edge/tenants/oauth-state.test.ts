import { expect, test } from 'vitest';
import { beginInstall, endInstall } from './oauth-state.ts';

const secret = btoa('0'.repeat(32));
const nowMs = 1_000_000_000;
const minute = 60_000;

test('comes back to the browser that began, with the verifier of its challenge', async () => {
  const { state, browser, challenge } = await beginInstall(secret, 'hubspot', nowMs);
  const ended = await endInstall(secret, state, 'hubspot', browser, nowMs + minute);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ended?.verifier));
  expect(challenge).toBe(Buffer.from(digest).toString('base64url'));
  expect(ended?.host).toBe('hubspot');
});

test('the address shows neither the verifier nor the cookie', async () => {
  const { state, browser } = await beginInstall(secret, 'hubspot', nowMs);
  const ended = await endInstall(secret, state, 'hubspot', browser, nowMs);
  expect(state).not.toContain(browser);
  expect(state).not.toContain(ended?.verifier);
});

test('another host is refused', async () => {
  const { state, browser } = await beginInstall(secret, 'hubspot', nowMs);
  expect(await endInstall(secret, state, 'salesforce', browser, nowMs)).toBeNull();
});

test('another browser, or none, is refused', async () => {
  const { state } = await beginInstall(secret, 'hubspot', nowMs);
  const other = await beginInstall(secret, 'hubspot', nowMs);
  for (const browser of [other.browser, '', 'undefined']) expect(await endInstall(secret, state, 'hubspot', browser, nowMs)).toBeNull();
});

test('lives ten minutes', async () => {
  const { state, browser } = await beginInstall(secret, 'hubspot', nowMs);
  expect(await endInstall(secret, state, 'hubspot', browser, nowMs + 10 * minute)).not.toBeNull();
  expect(await endInstall(secret, state, 'hubspot', browser, nowMs + 10 * minute + 1)).toBeNull();
});

test('forged, touched or sealed under another key it is refused', async () => {
  const { state, browser } = await beginInstall(secret, 'hubspot', nowMs);
  const foreign = await beginInstall(btoa('1'.repeat(32)), 'hubspot', nowMs);
  expect(await endInstall(secret, foreign.state, 'hubspot', foreign.browser, nowMs)).toBeNull();
  const plain = btoa(JSON.stringify({ host: 'hubspot', verifier: 'v', browser, expiresAtMs: nowMs * 2 }));
  const touched = state.replace(/\.(.)/, (_, first) => `.${first === 'A' ? 'B' : 'A'}`);
  for (const forged of ['', '.', '%.%', plain, `${plain}.${plain}`, state.split('.')[0] ?? '', touched])
    expect(await endInstall(secret, forged, 'hubspot', browser, nowMs)).toBeNull();
});

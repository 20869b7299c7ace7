import { expect, test } from 'vitest';
import type { Masters } from './keys/masters.ts';
import { beginInstall, endInstall } from './oauth-state.ts';

const masters: Masters = { current: 'k1', keys: new Map([['k1', new Uint8Array(32).fill(1)]]) };
const nowMs = 1_000_000_000;
const minute = 60_000;

test('comes back to the browser that began, with the verifier of its challenge', async () => {
  const { state, browser, challenge } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  const ended = await endInstall(masters, state, 'hubspot', browser, nowMs + minute);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ended?.verifier));
  expect(challenge).toBe(Buffer.from(digest).toString('base64url'));
  expect(ended?.host).toBe('hubspot');
});

test('the address shows neither the verifier nor the cookie', async () => {
  const { state, browser } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  const ended = await endInstall(masters, state, 'hubspot', browser, nowMs);
  expect(state).not.toContain(browser);
  expect(state).not.toContain(ended?.verifier);
});

test('another host is refused', async () => {
  const { state, browser } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  expect(await endInstall(masters, state, 'salesforce', browser, nowMs)).toBeNull();
});

test('another browser, or none, is refused', async () => {
  const { state } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  const other = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  for (const browser of [other.browser, '', 'undefined']) expect(await endInstall(masters, state, 'hubspot', browser, nowMs)).toBeNull();
});

test('lives ten minutes', async () => {
  const { state, browser } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  expect(await endInstall(masters, state, 'hubspot', browser, nowMs + 10 * minute)).not.toBeNull();
  expect(await endInstall(masters, state, 'hubspot', browser, nowMs + 10 * minute + 1)).toBeNull();
});

test('forged, touched or sealed under another key it is refused', async () => {
  const { state, browser } = await beginInstall(masters, { host: 'hubspot' }, nowMs);
  const foreign = await beginInstall({ current: 'k1', keys: new Map([['k1', new Uint8Array(32).fill(2)]]) }, { host: 'hubspot' }, nowMs);
  expect(await endInstall(masters, foreign.state, 'hubspot', foreign.browser, nowMs)).toBeNull();
  const plain = btoa(JSON.stringify({ host: 'hubspot', verifier: 'v', browser, expiresAtMs: nowMs * 2 }));
  const touched = state.replace(/\.(.)/, (_, first) => `.${first === 'A' ? 'B' : 'A'}`);
  for (const forged of ['', '.', '%.%', 'k1.%.%', plain, `k1.${plain}.${plain}`, `${state}.${plain}`, state.split('.')[0] ?? '', touched])
    expect(await endInstall(masters, forged, 'hubspot', browser, nowMs)).toBeNull();
});

test('given out just before the master key changed it still comes back, and says where the org is', async () => {
  const { state, browser } = await beginInstall(masters, { host: 'salesforce', login: 'https://acme.my.salesforce.com' }, nowMs);
  const rotated: Masters = { current: 'k2', keys: new Map([...masters.keys, ['k2', new Uint8Array(32).fill(2)]]) };
  expect(await endInstall(rotated, state, 'salesforce', browser, nowMs)).toMatchObject({ login: 'https://acme.my.salesforce.com' });
});

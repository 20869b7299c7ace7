import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyHubspot } from './signature.ts';

/** HubSpot's published example of v3 (the second body's signature was computed from it). */
const published = {
  secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
  method: 'POST',
  url: 'https://www.example.com/webhook_uri',
  rawBody: "{'example_field':'example_value'}",
  signature: 'HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=',
  timestamp: '15000000',
  now: 15_000_000,
};

test('accepts the published vectors', async () => {
  expect(await verifyHubspot(published)).toBe(true);
  const json = { ...published, rawBody: '{"example_field":"example_value"}', signature: 'fJwL147O2CMyGGBDGZPgScloA+jw6X0dJhSOkvWD3sY=' };
  expect(await verifyHubspot(json)).toBe(true);
});

test('refuses when any signed part differs', async () => {
  const changes = [
    { secret: 'other' },
    { method: 'GET' },
    { url: `${published.url}?a=1` },
    { rawBody: `${published.rawBody} ` },
    { timestamp: '15000001' },
  ];
  for (const change of changes) expect(await verifyHubspot({ ...published, ...change })).toBe(false);
});

test('accepts five minutes either way and not a millisecond more', async () => {
  const at = async (offset: number) => verifyHubspot({ ...published, now: 15_000_000 + offset });
  expect([await at(300_000), await at(-300_000), await at(300_001), await at(-300_001)]).toEqual([true, true, false, false]);
});

test('accepts the address raw or with the documented escapes decoded, and no other form', async () => {
  const url = 'https://api.example.com/v1/next?userEmail=jane%40example.com&name=a%20b%26c&portalId=1';
  const sign = (uri: string) => createHmac('sha256', published.secret).update(`GET${uri}15000000`).digest('base64');
  const with_ = (signature: string) => verifyHubspot({ ...published, method: 'GET', url, rawBody: '', signature });
  expect([await with_(sign(url)), await with_(sign(url.replace('%40', '@'))), await with_(sign(decodeURIComponent(url)))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('says no to what is malformed', async () => {
  const changes = [
    { signature: null },
    { signature: '' },
    { signature: 'not base64!' },
    { signature: published.signature.slice(0, -2) },
    { signature: `${published.signature}${published.signature}` },
    { timestamp: null },
    { timestamp: '' },
    { timestamp: 'NaN' },
    { timestamp: '1.5e7' },
    { timestamp: '-15000000' },
    { secret: '' },
  ];
  for (const change of changes) expect(await verifyHubspot({ ...published, ...change })).toBe(false);
});

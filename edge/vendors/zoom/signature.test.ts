import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyZoom } from './signature.ts';

const sign = (text: string, secret = 'secret') => `v0=${createHmac('sha256', secret).update(text).digest('hex')}`;
const request = {
  secret: 'secret',
  rawBody: '{"event":"é"}',
  signature: sign('v0:1800000000:{"event":"é"}'),
  timestamp: '1800000000',
  now: 1_800_000_000_000,
};
const takes = (more: object) => verifyZoom({ ...request, ...more });

test('takes what Zoom signed', async () => {
  expect(await takes({})).toBe(true);
});

test('refuses when anything signed differs', async () => {
  for (const more of [
    { secret: 'other' },
    { rawBody: '{"event":"e"}' },
    { timestamp: '1800000001' },
    { signature: sign('v0:1800000000:x') },
  ])
    expect(await takes(more)).toBe(false);
});

test('is good for five minutes either way', async () => {
  const at = (offsetS: number) => takes({ now: request.now + offsetS * 1_000 });
  expect([await at(300), await at(-300), await at(301), await at(-301)]).toEqual([true, true, false, false]);
});

test('says no to what is malformed', async () => {
  const { signature } = request;
  const signatures = [
    null,
    '',
    signature.slice(3),
    signature.replace('v0', 'v1'),
    signature.slice(0, -2),
    `${signature}00`,
    `v0=${'zz'.repeat(32)}`,
  ];
  for (const one of signatures) expect(await takes({ signature: one })).toBe(false);
  for (const timestamp of [null, '', 'NaN', '1.8e9', '-1800000000', ' 1800000000', '1800000000000000'])
    expect(await takes({ timestamp, signature: sign(`v0:${timestamp}:${request.rawBody}`) })).toBe(false);
  expect(await takes({ secret: '', signature: sign('v0:1800000000:{"event":"é"}', '') })).toBe(false);
});

import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyStandardWebhook } from './standard-webhook.ts';

const key = Buffer.alloc(24, 5);
const sign = (text: string, by = key) => `v1,${createHmac('sha256', by).update(text).digest('base64')}`;
const request = {
  secret: `whsec_${key.toString('base64')}`,
  id: 'msg_1',
  timestamp: '1800000000',
  rawBody: '{"type":"email.sent","to":"Jürgen"}',
  signature: sign('msg_1.1800000000.{"type":"email.sent","to":"Jürgen"}'),
  now: 1_800_000_000_000,
};
const takes = (more: object) => verifyStandardWebhook({ ...request, ...more });

test('takes what was signed, with the secret’s prefix or without', async () => {
  expect([await takes({}), await takes({ secret: key.toString('base64') })]).toEqual([true, true]);
});

test('takes one fitting signature among several, so that a secret can be changed', async () => {
  const old = sign('msg_1.1800000000.x', Buffer.alloc(24, 6));
  const fitting = request.signature;
  expect([await takes({ signature: `${old} ${fitting}` }), await takes({ signature: `v1a,abc ${fitting} ${old}` })]).toEqual([true, true]);
  const wrong = [
    old,
    fitting.replace('v1', 'v2'),
    `x${fitting}`,
    `${old}${fitting}`,
    `${old},${fitting}`,
    fitting.slice(3),
    fitting.slice(0, -1),
    'v1,',
    '',
  ];
  for (const signature of wrong) expect(await takes({ signature })).toBe(false);
});

test('refuses when anything signed differs', async () => {
  for (const more of [
    { id: 'msg_2' },
    { timestamp: '1800000001' },
    { rawBody: `${request.rawBody} ` },
    { secret: `whsec_${'A'.repeat(32)}` },
  ])
    expect(await takes(more)).toBe(false);
});

test('is good for five minutes either way', async () => {
  const at = (offsetS: number) => takes({ now: request.now + offsetS * 1_000 });
  expect([await at(300), await at(-300), await at(301), await at(-301)]).toEqual([true, true, false, false]);
});

test('says no to what is malformed', async () => {
  const odd = [
    { id: null },
    { id: '' },
    { timestamp: null },
    { timestamp: 'NaN' },
    { timestamp: ' 1800000000' },
    { timestamp: '1.8e9' },
    { signature: null },
  ];
  for (const more of [...odd, { secret: '' }, { secret: 'whsec_' }, { secret: 'whsec_!!' }, { secret: 'whsec_A' }])
    expect(await takes(more)).toBe(false);
});

import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyZoom } from './signature.ts';
import { answerValidation } from './url-validation.ts';

const hmac = (text: string) => createHmac('sha256', 'secret').update(text).digest('hex');
const plainToken = 'AbCdEfGhIjKlMnOpQrStUv';
const bodyOf = (token: unknown, event = 'endpoint.url_validation') => JSON.stringify({ event, payload: { plainToken: token } });
const request = { secret: 'secret', rawBody: bodyOf(plainToken), signature: null, timestamp: null, now: 1_800_000_000_000 };
const answer = { plainToken, encryptedToken: hmac(plainToken) };

test('answers the question with the token and its HMAC', async () => {
  expect(await answerValidation(request)).toEqual(answer);
});

test('cannot be made to sign a webhook', async () => {
  const forged = '{"event":"recording.completed"}';
  const oracle = await answerValidation({ ...request, rawBody: bodyOf(`v0:1800000000:${forged}`) });
  expect(oracle).toBeNull();
  // What an answer would have been worth.
  const signature = `v0=${hmac(`v0:1800000000:${forged}`)}`;
  expect(await verifyZoom({ ...request, rawBody: forged, signature, timestamp: '1800000000' })).toBe(true);
});

test('a question that is signed must be signed well', async () => {
  const signature = `v0=${hmac(`v0:1800000000:${request.rawBody}`)}`;
  const signed = { ...request, signature, timestamp: '1800000000' };
  expect(await answerValidation(signed)).toEqual(answer);
  for (const more of [{ signature: null }, { timestamp: null }, { signature: `v0=${'0'.repeat(64)}` }, { now: 0 }])
    expect(await answerValidation({ ...signed, ...more })).toBeNull();
});

test('answers nothing else', async () => {
  const bodies = [
    '',
    'null',
    '[]',
    '{',
    bodyOf(plainToken, 'recording.completed'),
    ...['', 'short', 'a b'.repeat(8), 'x'.repeat(65), 7, null, [plainToken]].map((token) => bodyOf(token)),
  ];
  for (const rawBody of bodies) expect(await answerValidation({ ...request, rawBody })).toBeNull();
  expect(await answerValidation({ ...request, secret: '' })).toBeNull();
});

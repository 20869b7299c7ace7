import { constants, createCipheriv, createHmac, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readNotifications } from './notifications.ts';

const url = 'https://ros.example.com/hooks/graph';
const clientState = 'given-to-this-subscription';
const certificate = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pkcs8 = Uint8Array.from(certificate.privateKey.export({ format: 'der', type: 'pkcs8' }));
const deps = {
  clientStateOf: async (id: string) => (id === 's-1' ? clientState : undefined),
  openToken: async (token: string) =>
    token === 'forged' ? null : { aud: 'us', azp: token === 'graph' ? '0bf30f3b-4a52-48df-9a82-234910c4a086' : 'stranger' },
  certificateKeyOf: async (id: string) =>
    id === 'c-1' ? crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-1' }, false, ['decrypt']) : undefined,
};
const notice = (more: object = {}) => ({ subscriptionId: 's-1', clientState, changeType: 'created', resource: 'meetings/1', ...more });
const told = { subscriptionId: 's-1', changeType: 'created', resource: 'meetings/1' };
const send = (body: unknown) => readNotifications({ url, rawBody: typeof body === 'string' ? body : JSON.stringify(body) }, deps);

function sealed(key = randomBytes(32), unwrapped = key) {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  const data = Buffer.concat([cipher.update('{"id":"transcript-1"}'), cipher.final()]);
  const to = { key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return {
    data: data.toString('base64'),
    dataKey: publicEncrypt(to, unwrapped).toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    encryptionCertificateId: 'c-1',
  };
}

test('echoes a validation token, decoded, as text and nothing more', async () => {
  const answer = await readNotifications({ url: `${url}?validationToken=Validation%3A+Testing+%3Cb%3E`, rawBody: '' }, deps);
  expect(answer).toEqual({
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: 'Validation: Testing <b>',
    notices: [],
  });
  for (const query of [
    'validationToken=',
    'validationToken=a%0D%0Ab',
    `validationToken=${'a'.repeat(2_049)}`,
    'validationToken=a&validationToken=b',
  ])
    expect((await readNotifications({ url: `${url}?${query}`, rawBody: '' }, deps)).status).toBe(400);
});

test('believes the client state that the subscription was given, and no other', async () => {
  expect(await send({ value: [notice()] })).toEqual({ status: 202, headers: {}, body: '', notices: [told] });
  for (const state of ['', 'another', `${clientState} `, clientState.slice(1), null, undefined, 7, [clientState]])
    expect(await send({ value: [notice({ clientState: state })] })).toMatchObject({ status: 401, notices: [] });
  expect(await send({ value: [notice({ subscriptionId: 's-2' })] })).toMatchObject({ status: 401, notices: [] });
});

test('one forged notice does not spoil the others', async () => {
  expect(await send({ value: [notice({ clientState: 'x' }), notice(), 7] })).toMatchObject({ status: 202, notices: [told] });
});

test('reads what becomes of a subscription', async () => {
  const { notices } = await send({
    value: [notice({ lifecycleEvent: 'reauthorizationRequired' }), notice({ lifecycleEvent: 'invented' })],
  });
  expect(notices).toEqual([{ ...told, lifecycleEvent: 'reauthorizationRequired' }, told]);
});

test('opens what a rich notification carries', async () => {
  const answer = await send({ value: [notice({ encryptedContent: sealed() })], validationTokens: ['graph'] });
  expect(answer).toMatchObject({ status: 202, notices: [{ ...told, content: { id: 'transcript-1' } }] });
});

test('a rich notification is believed only with Graph’s own tokens, every one of them', async () => {
  const value = [notice({ encryptedContent: sealed() })];
  for (const validationTokens of [undefined, null, [], ['forged'], ['stranger'], ['graph', 'forged']])
    expect(await send({ value, validationTokens })).toMatchObject({ status: 401, notices: [] });
});

test('content that was touched is not opened', async () => {
  const whole = sealed();
  const flipped = (text: string) => {
    const bytes = Buffer.from(text, 'base64');
    bytes[0] = bytes[0]! ^ 1;
    return bytes.toString('base64');
  };
  const wrong = [
    { data: flipped(whole.data) },
    { data: '' },
    { data: '!!!!' },
    { dataSignature: flipped(whole.dataSignature) },
    { dataSignature: whole.dataSignature.slice(0, -4) },
    { dataKey: flipped(whole.dataKey) },
    { dataKey: sealed().dataKey },
    { encryptionCertificateId: 'c-2' },
  ];
  for (const more of wrong)
    expect(await send({ value: [notice({ encryptedContent: { ...whole, ...more } })], validationTokens: ['graph'] })).toMatchObject({
      notices: [],
    });
  const short = sealed(randomBytes(32), randomBytes(16));
  expect(await send({ value: [notice({ encryptedContent: short })], validationTokens: ['graph'] })).toMatchObject({ notices: [] });
});

test('says no to what is malformed', async () => {
  for (const body of ['', '{', 'null', '[]', '{"value":null}', '{"value":{}}', { value: Array(1_001).fill(notice()) }])
    expect(await send(body)).toMatchObject({ status: 400, notices: [] });
  expect(await readNotifications({ url: 'no address', rawBody: '{}' }, deps)).toMatchObject({ status: 400 });
});

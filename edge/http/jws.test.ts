import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Jwk, type JwsAlgorithm, openJws } from './jws.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const secret = randomBytes(64);
const oct: Jwk = { kty: 'oct', k: secret.toString('base64url') };
const jwk = (key: KeyObject, more: Jwk = {}): Jwk => ({ ...key.export({ format: 'jwk' }), ...more });
const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function made(header: unknown, signature: (text: string) => Buffer, payload = 'said'): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${signature(text).toString('base64url')}`;
}
const byRsa = (header: unknown = { alg: 'RS256' }) => made(header, (text) => sign('sha256', Buffer.from(text), rsa.privateKey));
const byCurve = (hash: string, key: KeyObject) => (text: string) => sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
const byPss = (hash: string, saltLength: number) => (text: string) =>
  sign(hash, Buffer.from(text), { key: rsa.privateKey, padding: 6, saltLength });
const byHmac = (hash: string) => (text: string) => createHmac(hash, secret).update(text).digest();
const opens = async (token: string, keys: Jwk[], ...algorithms: JwsAlgorithm[]) => (await openJws(token, keys, algorithms)) !== null;

test('opens what a key signed with the algorithm that is pinned', async () => {
  const opened = await openJws(byRsa(), [jwk(rsa.publicKey)], ['RS256']);
  expect(opened).toEqual({ header: { alg: 'RS256' }, payload: Uint8Array.from(Buffer.from('said')) });
  expect(await opens(made({ alg: 'ES256' }, byCurve('sha256', p256.privateKey)), [jwk(p256.publicKey)], 'ES256')).toBe(true);
  expect(await opens(made({ alg: 'ES512' }, byCurve('sha512', p521.privateKey)), [jwk(p521.publicKey, { alg: 'ES521' })], 'ES512')).toBe(
    true,
  );
  expect(await opens(made({ alg: 'PS384' }, byPss('sha384', 48)), [jwk(rsa.publicKey)], 'PS384')).toBe(true);
  expect(await opens(made({ alg: 'HS512' }, byHmac('sha512')), [oct], 'HS512')).toBe(true);
  expect(await opens(made({ alg: 'HS256' }, byHmac('sha256'), ''), [oct], 'HS256')).toBe(true);
});

test('a token does not choose its algorithm', async () => {
  const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  const confused = made({ alg: 'HS256' }, (text) => createHmac('sha256', pem).update(text).digest());
  expect(await opens(confused, [jwk(rsa.publicKey)], 'RS256')).toBe(false);
  expect(await opens(confused, [jwk(rsa.publicKey)], 'RS256', 'HS256')).toBe(false);
  expect(await opens(byRsa({ alg: 'RS256' }), [jwk(rsa.publicKey)], 'RS512', 'ES256')).toBe(false);
  expect(await opens(byRsa({ alg: 'RS256' }), [jwk(rsa.publicKey, { alg: 'PS256' })], 'RS256', 'PS256')).toBe(false);
  expect(await opens(made({ alg: 'ES512' }, byCurve('sha512', p256.privateKey)), [jwk(p256.publicKey)], 'ES512')).toBe(false);
  for (const alg of ['none', 'None', 'rs256', null, ['RS256'], undefined])
    expect(await opens(byRsa({ alg }), [jwk(rsa.publicKey)], 'RS256')).toBe(false);
});

test('a key for another use checks nothing', async () => {
  for (const more of [{ use: 'enc' }, { key_ops: ['encrypt'] }, { key_ops: 'verify' }])
    expect(await opens(byRsa(), [jwk(rsa.publicKey, more)], 'RS256')).toBe(false);
  expect(await opens(byRsa(), [jwk(rsa.publicKey, { use: 'sig', key_ops: ['verify'] })], 'RS256')).toBe(true);
});

test('refuses keys that are too short to mean anything', async () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  const token = made({ alg: 'RS256' }, (text) => sign('sha256', Buffer.from(text), small.privateKey));
  expect(await opens(token, [jwk(small.publicKey)], 'RS256')).toBe(false);
  const guessed = made({ alg: 'HS256' }, (text) => createHmac('sha256', 'secret').update(text).digest());
  expect(await opens(guessed, [{ kty: 'oct', k: part('secret') }], 'HS256')).toBe(false);
});

test('a name picks one key; without a name there must be only one', async () => {
  const [ours, other] = [jwk(rsa.publicKey, { kid: 'a' }), jwk(rsa.publicKey, { kid: 'b' })];
  const said = async (header: object, keys: Jwk[]) => opens(byRsa({ alg: 'RS256', ...header }), keys, 'RS256');
  expect([await said({ kid: 'a' }, [ours, other]), await said({}, [ours])]).toEqual([true, true]);
  const refused = [
    said({ kid: 'c' }, [ours]),
    said({}, [ours, other]),
    said({ kid: 'a' }, [ours, ours]),
    said({ kid: ['a'] }, [ours]),
    said({}, []),
  ];
  expect(await Promise.all(refused)).toEqual(Array(5).fill(false));
});

test('refuses a token that brings its own key or an extension', async () => {
  const brought = [{ jwk: jwk(rsa.publicKey) }, { jku: 'https://x' }, { x5u: 'https://x' }, { x5c: [] }, { crit: ['exp'] }, { b64: false }];
  for (const more of brought) expect(await opens(byRsa({ alg: 'RS256', ...more }), [jwk(rsa.publicKey)], 'RS256')).toBe(false);
});

test('refuses a header that names a member twice', async () => {
  expect(await opens(byRsa('{"alg":"none","alg":"RS256"}'), [jwk(rsa.publicKey)], 'RS256')).toBe(false);
});

test('takes one spelling of a token only', async () => {
  const token = byRsa();
  const [head, body, tail] = token.split('.');
  const spellings = [
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    `${token}.`,
    `${head}.${body}`,
    `${head}.${body}.`,
    `.${body}.${tail}`,
    `${head}.${body}=.${tail}`,
  ];
  // 256 bytes leave four spare bits in the last sign; a lenient reader drops them.
  const spare = `${head}.${body}.${tail!.slice(0, -1)}${{ A: 'B', Q: 'R', g: 'h', w: 'x' }[tail!.at(-1)!]}`;
  for (const one of [...spellings, spare, '', '..', 'a'.repeat(20_000)])
    expect(await opens(one, [jwk(rsa.publicKey)], 'RS256')).toBe(false);
});

test('refuses a curve’s signature of zeros, in DER, or of another length', async () => {
  const zeros = made({ alg: 'ES256' }, () => Buffer.alloc(64));
  const der = made({ alg: 'ES256' }, (text) => sign('sha256', Buffer.from(text), p256.privateKey));
  for (const token of [zeros, der, made({ alg: 'ES256' }, () => Buffer.alloc(1))])
    expect(await opens(token, [jwk(p256.publicKey)], 'ES256')).toBe(false);
});

test('a key that is none signs nothing', async () => {
  const broken: Jwk[] = [
    {},
    { kty: 'RSA', n: 'AA', e: 'AQAB' },
    { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    { kty: 'RSA', n: 7, e: null },
  ];
  for (const key of broken) expect(await opens(byRsa(), [key], 'RS256', 'ES256')).toBe(false);
});

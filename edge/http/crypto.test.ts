import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hkdfSha256, hmacSha256, isHmacSha256, openAesGcm, sealAesGcm } from './crypto.ts';

const bytes = (text: string | Uint8Array) => Uint8Array.from(typeof text === 'string' ? Buffer.from(text) : text);
const none = new Uint8Array(0);

test('derives what Node derives, up to the longest key there is', async () => {
  const [secret, salt, info] = [bytes('secret'), bytes('salt'), bytes('info')];
  for (const size of [1, 32, 80, 8_160])
    expect(await hkdfSha256(secret, salt, info, size)).toEqual(new Uint8Array(hkdfSync('sha256', secret, salt, info, size)));
  expect([await hkdfSha256(secret, none, none, 8_161), await hkdfSha256(secret, none, none, 0)]).toEqual([null, null]);
});

test('takes a whole and untouched tag only', async () => {
  const [key, message] = [bytes('key'), bytes('message')];
  const tag = bytes(createHmac('sha256', key).update(message).digest());
  expect(await hmacSha256(key, message)).toEqual(tag);
  const verdicts = await Promise.all([
    isHmacSha256(key, message, tag),
    isHmacSha256(key, bytes('messagE'), tag),
    isHmacSha256(bytes('kez'), message, tag),
    isHmacSha256(key, message, tag.slice(0, 16)),
    isHmacSha256(key, message, none),
  ]);
  expect(verdicts).toEqual([true, false, false, false, false]);
});

test('refuses an empty key: it is a setting that was forgotten', async () => {
  const tag = bytes(createHmac('sha256', '').update('m').digest());
  expect([await hmacSha256(none, bytes('m')), await isHmacSha256(none, bytes('m'), tag)]).toEqual([null, false]);
});

test('seals as Node does and opens nothing that was touched', async () => {
  const [key, nonce, plain, bound] = [randomBytes(32), randomBytes(12), 'plain', 'bound'].map(bytes);
  const cipher = createCipheriv('aes-256-gcm', key!, nonce!).setAAD(bound!);
  const sealed = bytes(Buffer.concat([cipher.update(plain!), cipher.final(), cipher.getAuthTag()]));
  expect(await sealAesGcm(key!, nonce!, plain!, bound!)).toEqual(sealed);
  expect(await openAesGcm(key!, nonce!, sealed, bound!)).toEqual(plain);
  const touched = sealed.with(0, sealed[0]! ^ 1);
  const opened = await Promise.all([
    openAesGcm(key!, nonce!, touched, bound!),
    openAesGcm(key!, nonce!, sealed, bytes('another')),
    openAesGcm(key!, bytes(randomBytes(12)), sealed, bound!),
    openAesGcm(bytes(randomBytes(32)), nonce!, sealed, bound!),
    openAesGcm(key!, nonce!, sealed.slice(0, -1), bound!),
    openAesGcm(key!, nonce!, none, bound!),
    openAesGcm(key!.slice(0, 16), nonce!, sealed, bound!),
    sealAesGcm(key!.slice(0, 16), nonce!, plain!, bound!),
    sealAesGcm(key!, nonce!.slice(0, 8), plain!, bound!),
  ]);
  expect(opened).toEqual(opened.map(() => null));
});

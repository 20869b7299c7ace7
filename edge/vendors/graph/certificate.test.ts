import { constants, publicEncrypt, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { certificateKey, newCertificate } from './certificate.ts';

const nowMs = Date.parse('2026-11-21T12:00:00.000Z');

test('makes a certificate that others read, signed by its own key', async () => {
  const { certificate } = await newCertificate(nowMs);
  const read = new X509Certificate(Buffer.from(certificate, 'base64'));
  expect({
    subject: read.subject,
    issuer: read.issuer,
    from: read.validFrom,
    to: read.validTo,
    bits: read.publicKey.asymmetricKeyDetails?.modulusLength,
  }).toEqual({
    subject: 'CN=Relationship OS',
    issuer: 'CN=Relationship OS',
    from: 'Nov 20 12:00:00 2026 GMT',
    to: 'Nov 20 12:00:00 2031 GMT',
    bits: 2_048,
  });
  expect(read.verify(read.publicKey)).toBe(true);
});

test('what is wrapped with it opens with its private key', async () => {
  const { certificate, privateKey } = await newCertificate(nowMs);
  const to = {
    key: new X509Certificate(Buffer.from(certificate, 'base64')).publicKey,
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha1',
  };
  const key = await certificateKey(privateKey);
  const opened = key && (await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, key, Uint8Array.from(publicEncrypt(to, Buffer.from('a key')))));
  expect(new TextDecoder().decode(opened ?? new Uint8Array())).toBe('a key');
  expect(await certificateKey('no key')).toBeNull();
});

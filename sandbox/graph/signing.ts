import {
  constants,
  createCipheriv,
  createHmac,
  createSign,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import type { GraphApp } from './state.ts';

/** Graph's change tracking: the application that vouches for rich notifications. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const TOKEN_LIVES_S = 3_600;

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A directory's signing key, made when the twin starts. */
export function openSigner() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  const kid = randomBytes(15).toString('base64url');
  return {
    /** GET /{directory}/discovery/v2.0/keys */
    keys: () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, x5t: kid }] }),
    /** Who signed in, of version 2. */
    idToken(directoryId: string, audience: string, nowMs: number, claims: object): string {
      const iat = Math.floor(nowMs / 1_000);
      const times = { iat, nbf: iat, exp: iat + TOKEN_LIVES_S };
      const who = {
        iss: `https://login.microsoftonline.com/${directoryId}/v2.0`,
        aud: audience,
        tid: directoryId,
        sub: 'admin',
        ver: '2.0',
      };
      const text = `${base64url({ typ: 'JWT', alg: 'RS256', kid })}.${base64url({ ...who, ...times, ...claims })}`;
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
    },
    /** The token that stands beside a rich notification; of version 1 its claims have other names. */
    validationToken({ directoryId, clientId }: GraphApp, nowMs: number, version: 1 | 2, isForged: boolean): string {
      const iat = Math.floor(nowMs / 1_000);
      const times = { iat, nbf: iat, exp: iat + TOKEN_LIVES_S };
      const who =
        version === 1
          ? { iss: `https://sts.windows.net/${directoryId}/`, appid: PUBLISHER, ver: '1.0' }
          : { iss: `https://login.microsoftonline.com/${directoryId}/v2.0`, azp: PUBLISHER, ver: '2.0' };
      const text = `${base64url({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })}.${base64url({ aud: clientId, tid: directoryId, ...times, ...who })}`;
      return `${text}.${createSign('RSA-SHA256')
        .update(text)
        .sign(isForged ? stranger : privateKey)
        .toString('base64url')}`;
    },
  };
}

/** The public key of a certificate as a subscription gives it: DER, base64. Null when it is none, or no RSA key of 2048 bits. */
export function certificateIn(text: string): X509Certificate | null {
  try {
    const certificate = new X509Certificate(Buffer.from(text, 'base64'));
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048 ? certificate : null;
  } catch {
    return null;
  }
}

/** Resource data as Graph sends it: AES-256-CBC under a new key, its HMAC, and the key wrapped for the certificate (RSA-OAEP, SHA-1). */
export function seal(certificate: X509Certificate, certificateId: string, resource: object) {
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  const data = Buffer.concat([cipher.update(JSON.stringify(resource)), cipher.final()]);
  const to = { key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return {
    data: data.toString('base64'),
    dataKey: publicEncrypt(to, key).toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    encryptionCertificateId: certificateId,
    encryptionCertificateThumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

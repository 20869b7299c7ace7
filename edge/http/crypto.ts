/** The few primitives that keys and signatures are made of, on WebCrypto alone. What cannot be right is `null` or `false`, never a throw. */

type Bytes = Uint8Array<ArrayBuffer>;

/** SHA-256 gives 32 bytes a round and HKDF at most 255 rounds (RFC 5869, 2.3). */
const HKDF_BYTES_MAX = 255 * 32;
/** Other lengths are hashed into a nonce, which weakens it; we make 12 and take 12. */
const GCM_NONCE_BYTES = 12;
const GCM_TAG_BYTES = 16;

/** `size` bytes from a secret (RFC 5869). `null` when more is asked for than HKDF can give. */
export async function hkdfSha256(secret: Bytes, salt: Bytes, info: Bytes, size: number): Promise<Bytes | null> {
  if (!Number.isInteger(size) || size < 1 || size > HKDF_BYTES_MAX) return null;
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, root, size * 8));
}

/** The 32 bytes of HMAC-SHA256. An empty key is refused: it is a setting that was forgotten. */
export async function hmacSha256(key: Bytes, message: Bytes): Promise<Bytes | null> {
  if (key.length === 0) return null;
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(key, 'sign'), message));
}

/** Whether `tag` is the whole HMAC-SHA256 of `message`; compared by the platform, in constant time. */
export async function isHmacSha256(key: Bytes, message: Bytes, tag: Bytes): Promise<boolean> {
  if (key.length === 0 || tag.length !== 32) return false;
  return crypto.subtle.verify('HMAC', await hmacKey(key, 'verify'), tag, message);
}

/** AES-256-GCM: ciphertext with its 16-byte tag behind it. A nonce serves once for one key; `bound` is proven, not hidden. */
export async function sealAesGcm(key: Bytes, nonce: Bytes, plain: Bytes, bound: Bytes): Promise<Bytes | null> {
  if (key.length !== 32 || nonce.length !== GCM_NONCE_BYTES) return null;
  const of = { name: 'AES-GCM', iv: nonce, additionalData: bound, tagLength: GCM_TAG_BYTES * 8 };
  return new Uint8Array(await crypto.subtle.encrypt(of, await gcmKey(key, 'encrypt'), plain));
}

/** What `sealAesGcm` sealed, or `null` when the key, the nonce, `bound` or a single bit is another. */
export async function openAesGcm(key: Bytes, nonce: Bytes, sealed: Bytes, bound: Bytes): Promise<Bytes | null> {
  if (key.length !== 32 || nonce.length !== GCM_NONCE_BYTES || sealed.length < GCM_TAG_BYTES) return null;
  const of = { name: 'AES-GCM', iv: nonce, additionalData: bound, tagLength: GCM_TAG_BYTES * 8 };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(of, await gcmKey(key, 'decrypt'), sealed));
  } catch {
    return null;
  }
}

const hmacKey = (key: Bytes, use: 'sign' | 'verify') =>
  crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
const gcmKey = (key: Bytes, use: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);

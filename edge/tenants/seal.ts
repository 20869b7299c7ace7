import { failed, ok, type Result } from '../../shared/kit/result.ts';

/** Where a secret belongs. It opens for exactly this tenant, connection and field, and nowhere else. */
export interface Place {
  tenantId: string;
  connectionId: string;
  field: string;
}

export interface SealKey {
  id: string;
  /** 32 bytes, base64. */
  secret: string;
}

/** AES-256-GCM under a key derived for the tenant: `v1.<key id>.<iv>.<ciphertext and tag>`, base64url. */
export async function seal(key: SealKey, place: Place, plain: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bound(key, place) },
    await tenantKey(key, place),
    utf8(plain),
  );
  return ['v1', key.id, base64url(iv), base64url(new Uint8Array(sealed))].join('.');
}

/** The secret, or `broken` when it was sealed for another place, with another key, or was touched. */
export async function unseal(key: SealKey, place: Place, sealed: string): Promise<Result<string>> {
  const [version, keyId, iv, body] = sealed.split('.');
  if (version !== 'v1' || keyId !== key.id || !iv || !body)
    return failed({ kind: 'broken', said: 'A stored secret is not of a form we know.' });
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes(iv), additionalData: bound(key, place) },
      await tenantKey(key, place),
      bytes(body),
    );
    return ok(new TextDecoder().decode(plain));
  } catch {
    return failed({ kind: 'broken', said: 'A stored secret does not open here.' });
  }
}

const bound = (key: SealKey, place: Place) => utf8(['ros', 'v1', key.id, place.tenantId, place.connectionId, place.field].join('|'));

async function tenantKey(key: SealKey, place: Place): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', bytes(key.secret), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: utf8(place.tenantId), info: utf8('ros tenant secrets') },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64url = (raw: Uint8Array) =>
  btoa(String.fromCharCode(...raw))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

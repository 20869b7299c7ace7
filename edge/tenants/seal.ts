import { must } from '../../shared/kit/must.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { openAesGcm, sealAesGcm } from '../http/crypto.ts';
import { type Bytes, base64url, fromBase64, randomBytes, utf8 } from './bytes.ts';

/** Where a secret belongs. It opens for exactly this tenant, connection and field, and nowhere else. */
export interface Place {
  tenantId: string;
  provider: string;
  connectionId: string;
  field: string;
}

/** A tenant's own key: 32 bytes and their name. */
export interface DataKey {
  kid: string;
  raw: Bytes;
}

/** AES-256-GCM, bound to its place: `v1.<kid>.<iv>.<ciphertext and tag>`, base64url. */
export async function seal({ kid, raw }: DataKey, place: Place, plain: string): Promise<string> {
  const iv = randomBytes(12);
  const sealed = must(await sealAesGcm(raw, iv, utf8(plain), bound(kid, place)), 'a key of 32 bytes');
  return ['v1', kid, base64url(iv), base64url(sealed)].join('.');
}

/** The secret, or `broken` when it was sealed for another place, with another key, or was touched. */
export async function unseal({ kid, raw }: DataKey, place: Place, sealed: string): Promise<Result<string>> {
  const parts = readSealed(sealed);
  if (parts?.kid !== kid) return failed({ kind: 'broken', said: 'A stored secret is not of a form we know.' });
  const plain = await openAesGcm(raw, parts.iv, parts.body, bound(kid, place));
  return plain ? ok(new TextDecoder().decode(plain)) : failed({ kind: 'broken', said: 'A stored secret does not open here.' });
}

/** The parts of what `seal` made; null for anything else. */
export function readSealed(sealed: string): { kid: string; iv: Bytes; body: Bytes } | null {
  const [version, kid, iv, body, ...more] = sealed.split('.');
  if (version !== 'v1' || !kid || !iv || !body || more.length > 0) return null;
  const raw = { iv: fromBase64(iv), body: fromBase64(body) };
  return raw.iv && raw.body ? { kid, iv: raw.iv, body: raw.body } : null;
}

const bound = (kid: string, { tenantId, provider, connectionId, field }: Place) =>
  utf8(['ros', 'v1', kid, tenantId, provider, connectionId, field].join('|'));

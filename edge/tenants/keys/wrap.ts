import { Bug, must } from '../../../shared/kit/must.ts';
import { openAesGcm, sealAesGcm } from '../../http/crypto.ts';
import { base64url, fromBase64, randomBytes, utf8 } from '../bytes.ts';
import type { DataKey } from '../seal.ts';
import type { Masters } from './masters.ts';

/** A tenant's key as it is stored: `wrapped` is `w1.<iv>.<ciphertext and tag>`, under the master key named `kekKid`. */
export interface WrappedKey {
  kid: string;
  kekKid: string;
  wrapped: string;
}

/** A new key for a tenant, under the current master. */
export const newKey = (masters: Masters, tenantId: string): Promise<WrappedKey> =>
  wrap(masters, masters.current, tenantId, { kid: base64url(randomBytes(9)), raw: randomBytes(32) });

export async function wrap({ keys }: Masters, kekKid: string, tenantId: string, { kid, raw }: DataKey): Promise<WrappedKey> {
  const master = keys.get(kekKid);
  if (!master) throw new Bug('a key was to be wrapped with a master that is not here');
  const iv = randomBytes(12);
  const body = must(await sealAesGcm(master, iv, raw, bound(kekKid, tenantId, kid)), 'a master of 32 bytes');
  return { kid, kekKid, wrapped: `w1.${base64url(iv)}.${base64url(body)}` };
}

/** Null when its master is not here, or when it is another tenant's or was touched. */
export async function unwrap({ keys }: Masters, tenantId: string, { kid, kekKid, wrapped }: WrappedKey): Promise<DataKey | null> {
  const [version, iv, body] = wrapped.split('.');
  const master = keys.get(kekKid);
  const [nonce, sealed] = [fromBase64(iv ?? ''), fromBase64(body ?? '')];
  if (version !== 'w1' || !master || !nonce || !sealed) return null;
  const raw = await openAesGcm(master, nonce, sealed, bound(kekKid, tenantId, kid));
  return raw && { kid, raw };
}

const bound = (kekKid: string, tenantId: string, kid: string) => utf8(['ros', 'w1', kekKid, tenantId, kid].join('|'));

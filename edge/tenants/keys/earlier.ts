import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { hkdfSha256, openAesGcm } from '../../http/crypto.ts';
import { utf8 } from '../bytes.ts';
import { type Place, readSealed } from '../seal.ts';
import type { Masters } from './masters.ts';

/**
 * Opens what was sealed before tenants had keys of their own, with a key derived from the master named in it.
 * `npm run keys -- rotate-tenant --all` leaves none of them.
 */
export async function unsealEarlier({ keys }: Masters, place: Place, sealed: string): Promise<Result<string>> {
  const parts = readSealed(sealed);
  const master = parts && keys.get(parts.kid);
  const key = master && (await hkdfSha256(master, utf8(place.tenantId), utf8('ros tenant secrets'), 32));
  if (!parts || !key) return failed({ kind: 'broken', said: 'The key of a stored secret is not here.' });
  const bound = utf8(['ros', 'v1', parts.kid, place.tenantId, place.connectionId, place.field].join('|'));
  const plain = await openAesGcm(key, parts.iv, parts.body, bound);
  return plain ? ok(new TextDecoder().decode(plain)) : failed({ kind: 'broken', said: 'A stored secret does not open here.' });
}

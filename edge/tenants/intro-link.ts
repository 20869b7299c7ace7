import { must } from '../../shared/kit/must.ts';
import { hkdfSha256, hmacSha256, isHmacSha256 } from '../http/crypto.ts';
import { type Bytes, base64url, fromBase64, utf8 } from './bytes.ts';
import type { Masters } from './keys/masters.ts';

/** `<tenant><introduction>` in 32 bytes, then the master's name and its signature: nothing has to be stored, and nobody else can make one. */
export async function signLink(masters: Masters, tenantId: string, introId: string): Promise<string> {
  const said = bytesOf(tenantId + introId);
  const key = must(await keyOf(masters, masters.current), 'the current master key');
  const tag = must(await hmacSha256(key, said), 'the signature');
  return [base64url(said), masters.current, base64url(tag)].join('.');
}

/** Whose introduction it answers, if the signature is ours. Whether it may still be answered is the introduction's to say. */
export async function readLink(masters: Masters, ticket: string): Promise<{ tenantId: string; introId: string } | null> {
  const [said = '', kid = '', signed = '', ...more] = ticket.split('.');
  const [ids, tag] = [fromBase64(said), fromBase64(signed)];
  const key = await keyOf(masters, kid);
  if (ids?.length !== 32 || !tag || !key || more.length > 0 || !(await isHmacSha256(key, ids, tag))) return null;
  const hex = [...ids].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { tenantId: idIn(hex.slice(0, 32)), introId: idIn(hex.slice(32)) };
}

const idIn = (hex: string) => [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

const bytesOf = (ids: string): Bytes =>
  new Uint8Array((ids.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));

async function keyOf({ keys }: Masters, kid: string): Promise<Bytes | null> {
  const master = keys.get(kid);
  return master ? hkdfSha256(master, utf8(''), utf8('ros intro link'), 32) : null;
}

import * as z from 'zod/mini';
import { must } from '../../shared/kit/must.ts';
import { hkdfSha256, openAesGcm, sealAesGcm } from '../http/crypto.ts';
import { type Bytes, base64url, fromBase64, randomBytes, utf8 } from './bytes.ts';
import type { Masters } from './keys/masters.ts';

/** What a session is for: one opens nothing of the other. */
type Use = 'calling' | 'team';

/** Who sits before a page of ours, as their CRM proved it when the page was signed in. */
const sitting = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  host: z.enum(['hubspot', 'salesforce']),
  user: z.object({ id: z.string(), email: z.string() }),
  expiresAtMs: z.number(),
});
type Sitting = z.infer<typeof sitting>;

/** Sealed with a master key: nothing has to be stored, and nobody else can make one. */
export async function sealSession(masters: Masters, session: Sitting, use: Use = 'calling'): Promise<string> {
  const iv = randomBytes(12);
  const key = must(await keyOf(masters, masters.current, use), 'the current master key');
  const sealed = must(await sealAesGcm(key, iv, utf8(JSON.stringify(session)), utf8(masters.current)), 'the sealed session');
  return [masters.current, base64url(iv), base64url(sealed)].join('.');
}

/** The session, if it is ours and not too old. */
export async function openSession(masters: Masters, text: string, nowMs: number, use: Use = 'calling'): Promise<Sitting | null> {
  const [kid = '', iv = '', body = '', ...more] = text.split('.');
  const key = await keyOf(masters, kid, use);
  const [nonce, sealed] = [fromBase64(iv), fromBase64(body)];
  if (!key || !nonce || !sealed || more.length > 0) return null;
  const plain = await openAesGcm(key, nonce, sealed, utf8(kid));
  const read = plain && sitting.safeParse(JSON.parse(new TextDecoder().decode(plain)));
  return read?.success && read.data.expiresAtMs > nowMs ? read.data : null;
}

async function keyOf({ keys }: Masters, kid: string, use: Use): Promise<Bytes | null> {
  const master = keys.get(kid);
  return master ? hkdfSha256(master, utf8(''), utf8(`ros ${use} session`), 32) : null;
}

/** 50 bits, for five minutes and one use; no letter looks like another. */
export const newCode = (): string => Array.from(randomBytes(10), (byte) => LETTERS[byte % 32]).join('');
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code as it was given out, however it was typed. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

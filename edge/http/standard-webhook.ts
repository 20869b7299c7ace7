import { isHmacSha256 } from './crypto.ts';

/** Five minutes, both ways. */
const AGE_MAX_S = 300;

/**
 * Standard Webhooks (standardwebhooks.com), as Svix and those who send through it do: HMAC-SHA256 over `id.timestamp.raw body`, the
 * secret in base64 behind `whsec_`. `signature` is a list apart by spaces, so that a secret can be changed; one `v1,` that fits will do.
 * The headers are `webhook-id`, `-timestamp`, `-signature`, or the same with `svix-`. Seconds in `timestamp`, milliseconds in `now`.
 */
export async function verifyStandardWebhook(request: {
  secret: string;
  id: string | null;
  timestamp: string | null;
  rawBody: string;
  signature: string | null;
  now: number;
}): Promise<boolean> {
  const { secret, id, timestamp, rawBody, signature, now } = request;
  const key = fromBase64(secret.replace(/^whsec_/, ''));
  if (!key || key.length === 0 || !id || !timestamp || !signature || signature.length > 4_096) return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > AGE_MAX_S) return false;
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${rawBody}`);
  for (const [, given = ''] of signature.matchAll(/(?:^| )v1,([A-Za-z0-9+/]{43}=)(?= |$)/g)) {
    const tag = fromBase64(given);
    if (tag && (await isHmacSha256(key, signed, tag))) return true;
  }
  return false;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

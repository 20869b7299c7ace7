/** A request older than this may be somebody's copy; one from the future may be kept for later. */
const AGE_MAX_S = 300;

/**
 * Did Zoom send this, for our app? `v0=` and hex of HMAC-SHA256(secret token, `v0:timestamp:raw body`), in `x-zm-signature` beside
 * `x-zm-request-timestamp`. `timestamp` is seconds, `now` milliseconds. Anything malformed is `false`.
 */
export async function verifyZoom(request: {
  secret: string;
  rawBody: string;
  signature: string | null;
  timestamp: string | null;
  now: number;
}): Promise<boolean> {
  const { secret, rawBody, signature, timestamp, now } = request;
  if (secret === '' || signature === null || timestamp === null) return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > AGE_MAX_S) return false;
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const given = Uint8Array.from({ length: 32 }, (_, n) => Number.parseInt(signature.slice(3 + n * 2, 5 + n * 2), 16));
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, given, text.encode(`v0:${timestamp}:${rawBody}`));
}

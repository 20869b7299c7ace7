/** HubSpot's request signature v3 is valid for five minutes, ours both ways. */
const AGE_MAX_MS = 300_000;

/**
 * Did HubSpot send this, for our app? v3 = base64(HMAC-SHA256(client secret, method + URI + raw body + timestamp)).
 * `url` is the full address as HubSpot called it: our public origin with the request's own path and query.
 * `timestamp` and `now` are milliseconds. Anything malformed is `false`.
 */
export async function verifyHubspot(request: {
  secret: string;
  method: string;
  url: string;
  rawBody: string;
  signature: string | null;
  timestamp: string | null;
  now: number;
}): Promise<boolean> {
  const { secret, method, url, rawBody, signature, timestamp, now } = request;
  if (secret === '' || signature === null || timestamp === null) return false;
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > AGE_MAX_MS) return false;
  // 32 bytes, and nothing else, are 43 characters and one sign of padding.
  if (!/^[A-Za-z0-9+/]{43}=$/.test(signature)) return false;
  const given = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  // The documentation decodes a few escapes, the proxy is not known to: both forms need the secret, so either will do.
  for (const uri of new Set([decodeSome(url), url])) {
    if (await crypto.subtle.verify('HMAC', key, given, text.encode(method + uri + rawBody + timestamp))) return true;
  }
  return false;
}

/** Only these escapes are decoded; `%20`, `%26` and the rest stay as they are. */
const signs: Record<string, string> = {
  '3A': ':',
  '2F': '/',
  '3F': '?',
  '40': '@',
  '21': '!',
  '24': '$',
  '27': "'",
  '28': '(',
  '29': ')',
  '2A': '*',
  '2C': ',',
  '3B': ';',
};
const decodeSome = (url: string) => url.replace(/%([0-9A-F]{2})/gi, (whole, hex: string) => signs[hex.toUpperCase()] ?? whole);

/** Twilio's request signature: base64(HMAC-SHA1(auth token, address + every sorted name and value)). twilio.com/docs/usage/security */

export type Form = Record<string, string | readonly string[]>;

/** Whether `signature` is one Twilio would send for this address. Malformed input is `false`. */
export async function isSigned(request: { url: string; form?: Form; signature: string | null }, secret: string): Promise<boolean> {
  const signature = bytesOf(request.signature);
  if (!signature || secret === '') return false;
  const key = await keyOf(secret, 'verify');
  for (const url of addresses(request.url, request.form === undefined)) {
    if (await crypto.subtle.verify('HMAC', key, signature, textOf(url, request.form ?? {}))) return true;
  }
  return false;
}

/** A JSON body is not in the signature itself: its hash is in the signed address. */
export async function isSignedJson(request: { url: string; body: string; signature: string | null }, secret: string): Promise<boolean> {
  const named = URL.parse(request.url)?.searchParams.get('bodySHA256');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request.body)));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return named === hash && isSigned({ url: request.url, form: {}, signature: request.signature }, secret);
}

export async function sign(url: string, form: Form, secret: string): Promise<string> {
  const signed = await crypto.subtle.sign('HMAC', await keyOf(secret, 'sign'), textOf(url, form));
  return btoa(String.fromCharCode(...new Uint8Array(signed)));
}

function textOf(url: string, form: Form): Uint8Array<ArrayBuffer> {
  const pairs = Object.keys(form)
    .sort()
    .flatMap((name) => {
      const value = form[name] ?? '';
      const values = typeof value === 'string' ? [value] : [...new Set(value)].sort();
      return values.map((one) => `${name}${one}`);
    });
  return new TextEncoder().encode(url + pairs.join(''));
}

/**
 * The spellings of one address that Twilio may have signed: with and without its port, and with its query as a
 * server may have rewritten it. A socket's handshake (no form) is signed as `wss://`, with or without a slash at the end.
 */
function addresses(url: string, isHandshake: boolean): Set<string> {
  const known = new Set<string>();
  const normal = URL.parse(url)?.href ?? url;
  for (const one of [url, normal, rewritten(normal)]) {
    const match = /^([a-z]+):\/\/([^/?#]*)(.*)$/is.exec(one);
    if (!match) continue;
    const [, scheme = '', authority = '', rest = ''] = match;
    const host = authority.replace(/:\d+$/, '');
    const schemes = isHandshake ? [scheme, scheme.replace(/^http/, 'ws')] : [scheme];
    for (const as of schemes) {
      const standard = as === 'https' || as === 'wss' ? 443 : 80;
      // Twilio's own check takes :80 for every scheme that is not https.
      for (const place of [authority, host, `${host}:${standard}`, `${host}:${as === 'https' ? 443 : 80}`]) {
        known.add(`${as}://${place}${rest}`);
        if (isHandshake) known.add(`${as}://${place}${rest.endsWith('/') ? rest.slice(0, -1) : `${rest}/`}`);
      }
    }
  }
  return known;
}

/** The query as Node's old `querystring` writes it (`'` bare, a space as `%20`, repeated names together): some signers still do. */
function rewritten(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) values.set(name, [...(values.get(name) ?? []), value]);
  const pairs = [...values].flatMap(([name, all]) => all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`));
  return `${url.slice(0, start)}?${pairs.join('&')}`;
}

const keyOf = (secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-1' }, false, [use]);

function bytesOf(signature: string | null): Uint8Array<ArrayBuffer> | undefined {
  if (!signature || !/^[A-Za-z0-9+/]{27}=$/.test(signature)) return undefined;
  return Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
}

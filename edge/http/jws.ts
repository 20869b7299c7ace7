import { readStrictObject } from './strict-json.ts';

/** RFC 7518 §3, without `none`. */
export type JwsAlgorithm =
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512';

/** A public key, or a shared secret (`k`), as RFC 7517 writes it. */
export interface Jwk {
  kty?: unknown;
  kid?: unknown;
  alg?: unknown;
  use?: unknown;
  key_ops?: unknown;
  k?: unknown;
  n?: unknown;
  e?: unknown;
  crv?: unknown;
  x?: unknown;
  y?: unknown;
}

interface Opened {
  header: Record<string, unknown>;
  payload: Uint8Array<ArrayBuffer>;
}

const TOKEN_CHARACTERS_MAX = 16_384;
/** Key material or extensions that a token brings along: the sender of a token does not choose what it is checked with. */
const unwelcome = ['crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c'];
const curves: Record<string, { algorithm: JwsAlgorithm; bytes: number }> = {
  'P-256': { algorithm: 'ES256', bytes: 64 },
  'P-384': { algorithm: 'ES384', bytes: 96 },
  'P-521': { algorithm: 'ES512', bytes: 132 },
};

/**
 * A compact JWS (RFC 7515), checked: its header and payload, or `null`. The caller pins the algorithms; a key serves one algorithm
 * that fits its type, and `kid` only picks among `keys`. Only the one canonical spelling of a token is taken, because deny-lists
 * and caches know it by its text.
 */
export async function openJws(token: string, keys: readonly Jwk[], algorithms: readonly JwsAlgorithm[]): Promise<Opened | null> {
  if (token.length > TOKEN_CHARACTERS_MAX || !/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(token)) return null;
  const [head = '', body = '', tail = ''] = token.split('.');
  const [headBytes, payload, signature] = [fromBase64url(head), fromBase64url(body), fromBase64url(tail)];
  if (!headBytes || !payload || !signature) return null;
  const header = readStrictObject(headBytes);
  if (!header || unwelcome.some((name) => name in header)) return null;
  const algorithm = algorithms.find((one) => one === header['alg']);
  const key = keyFor(header, keys);
  if (!algorithm || !key || !serves(key, algorithm)) return null;
  return (await isSigned(key, algorithm, signature, new TextEncoder().encode(`${head}.${body}`))) ? { header, payload } : null;
}

/** A token that names a key gets that one; a token that names none gets the only one there is. */
function keyFor(header: Record<string, unknown>, keys: readonly Jwk[]): Jwk | undefined {
  if (!('kid' in header)) return keys.length === 1 ? keys[0] : undefined;
  const named = keys.filter((key) => typeof key.kid === 'string' && key.kid === header['kid']);
  return named.length === 1 ? named[0] : undefined;
}

function serves(key: Jwk, algorithm: JwsAlgorithm): boolean {
  if (key.use !== undefined && key.use !== 'sig') return false;
  if (key.key_ops !== undefined && !(Array.isArray(key.key_ops) && key.key_ops.includes('verify'))) return false;
  // A curve leaves no choice, and RFC 7520 itself calls one of its keys "ES521".
  if (key.kty === 'EC')
    return curves[String(key.crv)]?.algorithm === algorithm && (key.alg === algorithm || !/^ES(256|384|512)$/.test(String(key.alg)));
  if (key.alg !== undefined && key.alg !== algorithm) return false;
  if (key.kty === 'RSA') return /^[RP]S/.test(algorithm) && bytesOf(key.n) >= 256;
  // RFC 7518 §3.2: a secret is at least as long as the hash.
  return key.kty === 'oct' && algorithm.startsWith('HS') && bytesOf(key.k) >= Number(algorithm.slice(2)) / 8;
}

async function isSigned(
  key: Jwk,
  algorithm: JwsAlgorithm,
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const { use, check } = waysOf(key, algorithm);
  if (key.kty === 'EC' && signature.length !== curves[String(key.crv)]?.bytes) return false;
  try {
    return await crypto.subtle.verify(check, await crypto.subtle.importKey('jwk', bareKey(key), use, false, ['verify']), signature, signed);
  } catch {
    // A key or a signature that the platform cannot read has signed nothing.
    return false;
  }
}

function waysOf(key: Jwk, algorithm: JwsAlgorithm) {
  const hash = `SHA-${algorithm.slice(2)}`;
  switch (algorithm.slice(0, 2)) {
    case 'HS':
      return { use: { name: 'HMAC', hash }, check: { name: 'HMAC' } };
    case 'RS':
      return { use: { name: 'RSASSA-PKCS1-v1_5', hash }, check: { name: 'RSASSA-PKCS1-v1_5' } };
    case 'PS':
      return { use: { name: 'RSA-PSS', hash }, check: { name: 'RSA-PSS', saltLength: Number(algorithm.slice(2)) / 8 } };
    default:
      return { use: { name: 'ECDSA', namedCurve: String(key.crv) }, check: { name: 'ECDSA', hash } };
  }
}

/** The key's numbers alone: what else a key says about itself was looked at above. */
function bareKey({ kty, n, e, crv, x, y, k }: Jwk): JsonWebKey {
  const numbers = kty === 'RSA' ? { n, e } : kty === 'EC' ? { crv, x, y } : { k };
  return { kty, ...numbers } as JsonWebKey;
}

const bytesOf = (number: unknown): number => (typeof number === 'string' ? (fromBase64url(number)?.length ?? 0) : 0);

/** `null` for padding, foreign signs and for spare bits that are not zero. */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const again = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return again.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === text ? bytes : null;
}

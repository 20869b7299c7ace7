/**
 * The `state` of an install: who began it, sealed with our key, bound to the browser by a cookie and good for ten minutes.
 * It also carries the PKCE verifier, so nothing has to be stored before the host said yes.
 */
export interface InstallState {
  host: 'hubspot' | 'salesforce';
  verifier: string;
  /** Equal to the cookie's value in the browser that began. */
  browser: string;
  expiresAtMs: number;
}

const LIFE_MS = 10 * 60_000;

export async function beginInstall(secret: string, host: InstallState['host'], nowMs: number) {
  const verifier = random();
  const browser = random();
  const sealed = await sealState(secret, { host, verifier, browser, expiresAtMs: nowMs + LIFE_MS });
  const digest = await crypto.subtle.digest('SHA-256', utf8(verifier));
  return { state: sealed, browser, challenge: base64url(new Uint8Array(digest)) };
}

/** The state we gave out, if it is ours, fresh, for this host and from this browser. */
export async function endInstall(
  secret: string,
  sealed: string,
  host: InstallState['host'],
  browser: string,
  nowMs: number,
): Promise<InstallState | null> {
  const state = await openState(secret, sealed);
  if (!state || state.host !== host || state.browser !== browser || state.expiresAtMs < nowMs) return null;
  return state;
}

async function sealState(secret: string, state: InstallState): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(secret), utf8(JSON.stringify(state)));
  return `${base64url(iv)}.${base64url(new Uint8Array(sealed))}`;
}

async function openState(secret: string, sealed: string): Promise<InstallState | null> {
  try {
    const [iv, body] = sealed.split('.');
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv ?? '') }, await keyOf(secret), bytes(body ?? ''));
    return JSON.parse(new TextDecoder().decode(plain)) as InstallState;
  } catch {
    return null;
  }
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveKey']);
  const of = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8('ros install state') };
  return crypto.subtle.deriveKey(of, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
const utf8 = (text: string) => new TextEncoder().encode(text);
const base64url = (raw: Uint8Array) =>
  btoa(String.fromCharCode(...raw))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

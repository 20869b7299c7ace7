import { must } from '../../shared/kit/must.ts';
import { hkdfSha256, openAesGcm, sealAesGcm } from '../http/crypto.ts';
import { type Bytes, base64url, fromBase64, randomBytes, utf8 } from './bytes.ts';
import type { Masters } from './keys/masters.ts';

/**
 * The `state` of an install: who began it, sealed with a master key, bound to the browser by a cookie and good for ten minutes.
 * It also carries the PKCE verifier, so nothing has to be stored before the host said yes.
 */
export interface InstallState {
  host: 'hubspot' | 'salesforce' | 'zoom' | 'graph' | 'graph-consent';
  /** Who connects a meeting platform to a CRM that we know already. */
  owner?: Owner;
  /** The directory whose admin proved who they are, on the way to its consent. */
  directoryId?: string;
  /** The host's own address, where it has several: an origin. */
  login?: string;
  verifier: string;
  /** Equal to the cookie's value in the browser that began. */
  browser: string;
  expiresAtMs: number;
}

/** An admin of a CRM's, proven by its signature when they pressed. */
export interface Owner {
  tenantId: string;
  /** The CRM connection that the meetings belong to. */
  connectionId: string;
  userId: string;
  /** The platform's own announcement asks everybody for their consent. */
  recordingIsConsent: boolean;
}

const LIFE_MS = 10 * 60_000;

export async function beginInstall(masters: Masters, to: Pick<InstallState, 'host' | 'login' | 'owner' | 'directoryId'>, nowMs: number) {
  const verifier = random();
  const browser = random();
  const state = await sealState(masters, { ...to, verifier, browser, expiresAtMs: nowMs + LIFE_MS });
  const digest = await crypto.subtle.digest('SHA-256', utf8(verifier));
  return { state, browser, challenge: base64url(new Uint8Array(digest)) };
}

/** The state we gave out, if it is ours, fresh, for this host and from this browser. Whether it was used already is for the caller. */
export async function endInstall(
  masters: Masters,
  sealed: string,
  host: InstallState['host'],
  browser: string,
  nowMs: number,
): Promise<InstallState | null> {
  const state = await openState(masters, sealed);
  if (!state || state.host !== host || state.browser !== browser || state.expiresAtMs < nowMs) return null;
  return state;
}

/** `<master>.<iv>.<sealed>`: one that was given out just before the master changed still opens. */
async function sealState(masters: Masters, state: InstallState): Promise<string> {
  const iv = randomBytes(12);
  const key = must(await keyOf(masters, masters.current), 'the current master key');
  const sealed = must(await sealAesGcm(key, iv, utf8(JSON.stringify(state)), utf8(masters.current)), 'the sealed state');
  return [masters.current, base64url(iv), base64url(sealed)].join('.');
}

async function openState(masters: Masters, text: string): Promise<InstallState | null> {
  const [kid = '', iv = '', body = '', ...more] = text.split('.');
  const key = await keyOf(masters, kid);
  const [nonce, sealed] = [fromBase64(iv), fromBase64(body)];
  if (!key || !nonce || !sealed || more.length > 0) return null;
  const plain = await openAesGcm(key, nonce, sealed, utf8(kid));
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as InstallState);
}

async function keyOf({ keys }: Masters, kid: string): Promise<Bytes | null> {
  const master = keys.get(kid);
  return master ? hkdfSha256(master, utf8(''), utf8('ros install state'), 32) : null;
}

export const random = (): string => base64url(randomBytes(32));

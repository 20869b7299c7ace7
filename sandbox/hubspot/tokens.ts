import { randomBytes } from 'node:crypto';
import type { Portal } from './portals.ts';
import type { Grant } from './state.ts';

/** Access tokens live half an hour; codes two minutes. */
export const ACCESS_MS = 1_800_000;

export interface Issued {
  accessToken: string;
  refreshToken: string;
}

/** A pair for a user who agreed, as if the whole dance had been danced. Access tokens are 300 characters or more and may grow. */
export function issue(portal: Portal, userId: number, scopes: readonly string[], now: number, refresh = word(portal, 30)): Issued {
  const { access, refresh: lasting } = portal.state;
  const accessToken = word(portal, 240);
  for (const [token, grant] of Object.entries(access)) if (grant.expiresAt < now - ACCESS_MS) delete access[token];
  access[accessToken] = { userId, scopes: [...scopes], expiresAt: now + ACCESS_MS };
  lasting[refresh] = { userId, scopes: [...scopes], expiresAt: 0 };
  portal.changed();
  return { accessToken, refreshToken: refresh };
}

/** The app is gone from the portal, by whoever's hand: no token and no code of it opens anything. */
export function uninstall(portal: Portal): void {
  portal.state.access = {};
  portal.state.refresh = {};
  portal.state.codes = {};
  portal.changed();
}

/** What a bearer token may do, or why not. */
export function bearer(portal: Portal, given: string, now: number): Grant | 'missing' | 'expired' {
  const grant = portal.state.access[given];
  if (!grant) return 'missing';
  return grant.expiresAt > now ? grant : 'expired';
}

/** A secret that names its portal, so that it opens no other. */
export const word = (portal: Portal, bytes: number) => `${portal.id}-${randomBytes(bytes).toString('base64url')}`;

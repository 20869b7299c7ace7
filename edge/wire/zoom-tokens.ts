import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import { loseConnection } from '../tenants/connect/store.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { currentToken, type KeptTokens, openTokens, renewToken, type Tokens } from '../tenants/tokens.ts';

type Owned = tenants.Owned;

export async function saveZoomTokens({ db, keyring }: Parts, { tenantId, connectionId }: Owned, tokens: Tokens): Promise<'saved' | 'gone'> {
  const place = placeOf({ tenantId, id: connectionId, provider: 'zoom', externalId: '' });
  const expiresAt = new Date(tokens.expiresAtMs);
  return keyring.keep(place, JSON.stringify(tokens), (sealed) => saveSecret(db, tenantId, connectionId, { sealed, expiresAt }));
}

/** Another token from Zoom than the one it `refused`. Only the connection's writer calls this: a refresh token works once. */
export async function renewZoom(parts: Parts, tenantId: string, connectionId: string, refused?: string): Promise<Result<string>> {
  const { db, now, zoom } = parts;
  if (!zoom.connect) return failed({ kind: 'expired', said: 'No Zoom app is set up here.' });
  const lose = async (sealed: string, said: string) => {
    const seen = await tenants.connectionOf(db, tenantId, connectionId);
    if (seen) await loseConnection(db, { ...seen, secretSealed: sealed }, said);
  };
  const owned = { tenantId, connectionId };
  return renewToken(
    {
      now,
      read: () => readTokens(parts, owned),
      save: (tokens) => saveZoomTokens(parts, owned, tokens),
      refresh: zoom.connect.refresh,
      lose,
    },
    refused,
  );
}

/** A token of our own app for this account that works for some minutes, another one than Zoom `refused`. */
export const zoomToken = (parts: Parts, { tenantId, connectionId }: Owned, refused?: string): Promise<Result<string>> =>
  currentToken(
    {
      now: parts.now,
      read: () => readTokens(parts, { tenantId, connectionId }),
      renew: (not) => writerStub(parts.bindings, tenantId, connectionId).renew(tenantId, connectionId, not),
    },
    refused,
  );

/** Ends our access to an account as its connection was. A token that cannot be revoked ends within the hour, and nobody knows the next one. */
export async function revokeZoom({ zoom, keyring }: Parts, was: tenants.ConnectionRow): Promise<Result<true>> {
  // A customer's own app is theirs to take back.
  if (typeof was.settings['connectedAt'] !== 'string') return ok(true);
  const kept = await openTokens(was.secretSealed, (sealed) => keyring.open(placeOf(was), sealed));
  if (!kept.ok || !zoom.connect) return ok(true);
  const revoked = await zoom.connect.revoke(kept.value.tokens.accessToken);
  if (!revoked.ok) log({ at: 'http', what: 'zoom-not-revoked', level: 'warn', tenant: was.tenantId, kind: revoked.fault.kind });
  return revoked;
}

async function readTokens({ db, keyring }: Parts, { tenantId, connectionId }: Owned): Promise<Result<KeptTokens>> {
  const connection = await tenants.connectionOf(db, tenantId, connectionId);
  if (!connection) return failed({ kind: 'gone', said: 'This connection no longer exists.' });
  return openTokens(connection.secretSealed, (sealed) => keyring.open(placeOf(connection), sealed));
}

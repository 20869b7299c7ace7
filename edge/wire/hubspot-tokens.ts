import { failed, type Result } from '../../shared/kit/result.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import { loseConnection } from '../tenants/connect/store.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { currentToken, type KeptTokens, openTokens, renewToken, type Tokens } from '../tenants/tokens.ts';

type Owned = tenants.Owned;

export async function saveHubspotTokens(
  { db, keyring }: Parts,
  { tenantId, connectionId }: Owned,
  tokens: Tokens,
): Promise<'saved' | 'gone'> {
  const place = placeOf({ tenantId, id: connectionId, provider: 'hubspot', externalId: '' });
  const expiresAt = new Date(tokens.expiresAtMs);
  return keyring.keep(place, JSON.stringify(tokens), (sealed) => saveSecret(db, tenantId, connectionId, { sealed, expiresAt }));
}

/** Another token from HubSpot than the one it `refused`. Only the connection's writer calls this: it lets one ask at a time. */
export async function renewHubspot(parts: Parts, tenantId: string, connectionId: string, refused?: string): Promise<Result<string>> {
  const { db, now, hubspot } = parts;
  if (!hubspot) return failed({ kind: 'expired', said: 'No HubSpot app is set up here.' });
  const lose = async (sealed: string, said: string) => {
    const seen = await tenants.connectionOf(db, tenantId, connectionId);
    if (seen) await loseConnection(db, { ...seen, secretSealed: sealed }, said);
  };
  return renewToken(
    {
      now,
      read: () => readTokens(parts, { tenantId, connectionId }),
      save: (tokens) => saveHubspotTokens(parts, { tenantId, connectionId }, tokens),
      refresh: hubspot.refresh,
      lose,
    },
    refused,
  );
}

/** An access token that works for some minutes. */
export const hubspotToken = (parts: Parts, { tenantId, connectionId }: Owned): Promise<Result<string>> =>
  currentToken({
    now: parts.now,
    read: () => readTokens(parts, { tenantId, connectionId }),
    renew: (refused) => writerStub(parts.bindings, tenantId, connectionId).renew(tenantId, connectionId, refused),
  });

async function readTokens({ db, keyring }: Parts, { tenantId, connectionId }: Owned): Promise<Result<KeptTokens>> {
  const connection = await tenants.connectionOf(db, tenantId, connectionId);
  if (!connection) return failed({ kind: 'gone', said: 'This connection no longer exists.' });
  return openTokens(connection.secretSealed, (sealed) => keyring.open(placeOf(connection), sealed));
}

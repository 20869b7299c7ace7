import { failed, type Result } from '../../shared/kit/result.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import { loseConnection } from '../tenants/connect/store.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import { keptSession, renewSession } from '../tenants/salesforce-session.ts';
import * as tenants from '../tenants/store.ts';

/** The access token of another session than the one that Salesforce `refused`. Only the connection's writer calls this: it lets one ask at a time. */
export async function renewSalesforce(parts: Parts, tenantId: string, connectionId: string, refused?: string): Promise<Result<string>> {
  const { db, keyring, salesforce } = parts;
  if (!salesforce) return failed({ kind: 'expired', said: 'No Salesforce app is set up here.' });
  return renewSession(
    {
      row: () => tenants.connectionOf(db, tenantId, connectionId),
      unseal: (row, sealed) => keyring.open(placeOf(row), sealed),
      save: (row, plain) => keyring.keep(placeOf(row), plain, (sealed) => saveSecret(db, tenantId, connectionId, { sealed })),
      open: salesforce.openSession,
      end: salesforce.endSession,
      lose: (row, said) => loseConnection(db, row, said),
    },
    refused,
  );
}

/** Ends the session of a connection as it was when it ended. One that cannot be ended now ends by itself, and nobody knows it any more. */
export async function endSalesforce({ salesforce, keyring }: Parts, was: tenants.ConnectionRow): Promise<void> {
  const session = salesforce && (await keptSession(was, (row, sealed) => keyring.open(placeOf(row), sealed)));
  if (!session) return;
  const ended = await salesforce.endSession(session);
  if (!ended.ok) log({ at: 'http', what: 'session-not-ended', level: 'warn', tenant: was.tenantId, kind: ended.fault.kind });
}

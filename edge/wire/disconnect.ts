import { failed, ok, passes, type Result } from '../../shared/kit/result.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { dropConnection, uninstallConnection } from '../tenants/connect/store.ts';
import * as tenants from '../tenants/store.ts';
import { hubspotToken } from './hubspot-tokens.ts';
import { endSalesforce } from './salesforce-session.ts';

/**
 * We end the connection: our app leaves the portal, our secrets go, what waits to be written stays. A HubSpot that is away changes nothing;
 * in Salesforce one session stands open, everybody's, which is ended once nobody can open another one.
 */
export async function disconnect(parts: Parts, { tenantId, connectionId, user }: Who): Promise<Result<true>> {
  const seen = await tenants.connectionOf(parts.db, tenantId, connectionId);
  if (!seen) return failed({ kind: 'gone', said: 'This connection no longer exists.' });
  if (seen.provider === 'hubspot' && parts.hubspot) {
    const token = await hubspotToken(parts, { tenantId, connectionId });
    const left = token.ok ? await parts.hubspot.uninstall(token.value) : token;
    // Whatever is not going to pass means that it is out already, or that we cannot take it out: it still ends here.
    if (!left.ok && passes(left.fault))
      return failed({ ...left.fault, said: 'HubSpot does not answer right now. Nothing was changed; try again.' });
  }
  const held = await dropConnection(parts.db, seen, user.id);
  if (held && seen.provider === 'salesforce') await endSalesforce(parts, { ...seen, ...held });
  if (!held && (await tenants.connectionOf(parts.db, tenantId, connectionId))?.state === 'connected')
    return failed({ kind: 'busy', said: 'It was connected again meanwhile. Try again to disconnect it.' });
  return ok(true);
}

/** The host says that an admin took our app out at `atMs`. Word of an install that was replaced since changes nothing; twice is fine. */
export async function uninstalledByHost(parts: Pick<Parts, 'db'>, tenantId: string, connectionId: string, atMs: number): Promise<boolean> {
  const seen = await tenants.connectionOf(parts.db, tenantId, connectionId);
  const connectedAt = seen?.settings['connectedAt'];
  if (!seen || (typeof connectedAt === 'string' && Date.parse(connectedAt) > atMs)) return false;
  return uninstallConnection(parts.db, seen, 'Relationship OS was uninstalled in HubSpot. Nothing is lost: connect it again to go on.');
}

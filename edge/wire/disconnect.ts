import { failed, ok, passes, type Result } from '../../shared/kit/result.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { dropConnection } from '../tenants/connect/store.ts';
import * as tenants from '../tenants/store.ts';
import { hubspotToken } from './hubspot-tokens.ts';

/** We end the connection: our app leaves the portal, our secrets go, what waits to be written stays. A host that is away changes nothing. */
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
  await dropConnection(parts.db, seen, user.id);
  return ok(true);
}

/** The host says that an admin took our app out at `atMs`. Word of an install that was replaced since changes nothing; twice is fine. */
export async function uninstalledByHost(parts: Parts, tenantId: string, connectionId: string, atMs: number): Promise<void> {
  const seen = await tenants.connectionOf(parts.db, tenantId, connectionId);
  const connectedAt = seen?.settings['connectedAt'];
  if (!seen || (typeof connectedAt === 'string' && Date.parse(connectedAt) > atMs)) return;
  await dropConnection(parts.db, seen, 'host');
}

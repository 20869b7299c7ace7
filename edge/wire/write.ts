import type { WriteRate } from '../../shared/act/bucket.ts';
import type { Provider } from '../../shared/contracts/tenant.ts';
import type { WriterServices } from '../act/crm-writer.ts';
import { LEASE_ROWS, type Outbox } from '../act/drain.ts';
import * as outbox from '../act/outbox/store.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { renewHubspot } from './hubspot-tokens.ts';
import { renewSalesforce } from './salesforce-session.ts';
import { renewZoom } from './zoom-tokens.ts';

const LEASE_MS = 60_000;

/** HubSpot lets an app ask 110 times in any 10 s: 85 of them are for writing and for planning, the rest for the cards and for reads that are asked again. Salesforce counts by the day. */
const hubspotRate: WriteRate = { perSecond: 7, burst: 15, asks: 'kind' };
const salesforceRate: WriteRate = { perSecond: 10, burst: 20, asks: 'bundle' };

/** What the writer of a connection works with. */
export function wireWriter(parts: Parts): Omit<WriterServices, 'follow' | 'postpone'> {
  const { db, now } = parts;
  const outboxOf = (tenantId: string, connectionId: string): Outbox => ({
    lease: (took) => outbox.leaseDue(db, tenantId, { connectionId, took, now: new Date(now()), leaseMs: LEASE_MS, limit: LEASE_ROWS }),
    written: async (took) => void (await outbox.markWritten(db, tenantId, took, new Date(now()))),
    later: async (id, atMs, trouble) => void (await outbox.retryLater(db, tenantId, id, new Date(atMs), trouble)),
    putBack: async (id, atMs) => void (await outbox.putBack(db, tenantId, id, new Date(atMs))),
    park: async (id, trouble, why, asks) => void (await outbox.park(db, tenantId, id, trouble, why, asks)),
    suggest: async (id, trouble) => void (await outbox.suggest(db, tenantId, id, trouble)),
    supersede: async (id, trouble) => void (await outbox.supersede(db, tenantId, id, trouble)),
  });

  return {
    now,
    open: async (tenantId, connectionId) => {
      const [crm, rate] = await Promise.all([parts.crmOf(tenantId, connectionId), rateOf(parts, tenantId, connectionId)]);
      return { crm, rate, outbox: outboxOf(tenantId, connectionId) };
    },
    rateOf: (tenantId, connectionId) => rateOf(parts, tenantId, connectionId),
    renewToken: async (tenantId, connectionId, refused) => {
      const connection = await tenants.connectionOf(db, tenantId, connectionId);
      const by: Partial<Record<Provider, typeof renewHubspot>> = { salesforce: renewSalesforce, zoom: renewZoom };
      const renew = (connection && by[connection.provider]) ?? renewHubspot;
      return renew(parts, tenantId, connectionId, refused);
    },
    // The sweep kicks again what waits for a connection that came back.
    nextDueAtMs: (tenantId, connectionId) => outbox.nextDueAt(db, tenantId, connectionId),
  };
}

/** Wakes the one sender of a connection. */
export const kickOf =
  ({ bindings }: Pick<Parts, 'bindings'>) =>
  (tenantId: string, connectionId: string): Promise<void> =>
    writerStub(bindings, tenantId, connectionId).kick(tenantId, connectionId);

/** How fast a connection's CRM may be asked. */
export async function rateOf({ lately }: Pick<Parts, 'lately'>, tenantId: string, connectionId: string): Promise<WriteRate> {
  return (await lately.connectionOf(tenantId, connectionId))?.provider === 'salesforce' ? salesforceRate : hubspotRate;
}

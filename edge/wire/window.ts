import type { RecordRef } from '../../shared/contracts/record.ts';
import * as calls from '../capture/store.ts';
import { windowRoutes } from '../guide/window-routes.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { maySeeCall } from './guide.ts';
import { issueWindowTicket } from './window-ticket.ts';

/** From the press on the card to the open page; a card can only show a link. */
const TICKET_MS = 5 * 60_000;

export function wireWindow(parts: Parts, sight: Sight) {
  const { db, settings, bindings } = parts;
  return windowRoutes({
    publicUrl: settings.PUBLIC_URL,
    maySee: (who, callId) => maySeeCall(parts, sight, who, callId),
    isRunning: async (tenantId, callId) => (await callStub(bindings, tenantId, callId).look(-1)).state !== 'ended',
    issueTicket: async ({ tenantId, user }, callId) => {
      const call = await calls.callOf(db, tenantId, callId);
      const connection = call && (await tenants.connectionOf(db, tenantId, call.connectionId));
      const back = call?.record && connection ? pageOf(connection, call.record, settings.HUBSPOT_AUTHORIZE) : undefined;
      const opens = { id: user.id, email: user.email, ...(back ? { back } : {}) };
      return issueWindowTicket(parts, { tenantId, subject: callId }, opens, TICKET_MS);
    },
  });
}

const hubspotTypes = { contact: '0-1', company: '0-2', deal: '0-3', lead: '0-136' } as const;

/** Where the CRM itself shows the record. HubSpot's own pages are where it asks people to agree. */
function pageOf(connection: tenants.ConnectionRow, { object, id }: RecordRef, authorizeUrl: string): string | undefined {
  const { provider, externalId, instanceUrl } = connection;
  if (provider === 'salesforce' && instanceUrl) return new URL(`/${id}`, instanceUrl).href;
  if (provider === 'hubspot') return new URL(`/contacts/${externalId}/record/${hubspotTypes[object]}/${id}`, authorizeUrl).href;
  return undefined;
}

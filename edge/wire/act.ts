import type { WriteRate } from '../../shared/act/bucket.ts';
import { changeItem } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { failed } from '../../shared/kit/result.ts';
import type { WriterServices } from '../act/crm-writer.ts';
import { LEASE_ROWS, type Outbox } from '../act/drain.ts';
import { plan } from '../act/plan.ts';
import { actRoutes } from '../act/routes.ts';
import * as outbox from '../act/store.ts';
import { briefOf } from '../capture/brief.ts';
import * as calls from '../capture/store.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { renewToken } from '../tenants/tokens.ts';
import * as insights from '../understand/store.ts';
import { maySeeCall } from './guide.ts';
import { overPlan } from './plan-minutes.ts';
import { repLineOf } from './telephony.ts';

const LEASE_MS = 60_000;
const CALLS_SHOWN = 20;

/** HubSpot lets an app ask 110 times in 10 s and a write asks up to three times; the rest is for the cards. Salesforce counts by the day. */
const hubspotRate: WriteRate = { perSecond: 3, burst: 3 };
const salesforceRate: WriteRate = { perSecond: 5, burst: 5 };

export function wireAct(parts: Parts, sight: Sight) {
  const { db, bindings, now } = parts;
  const kick = (tenantId: string, connectionId: string) => writerStub(bindings, tenantId, connectionId).kick(tenantId, connectionId);

  const outboxOf = (tenantId: string, connectionId: string): Outbox => ({
    lease: () => outbox.leaseDue(db, tenantId, connectionId, new Date(now()), LEASE_MS, LEASE_ROWS),
    written: async (id, crmId) => void (await outbox.markWritten(db, tenantId, id, crmId, new Date(now()))),
    later: async (id, atMs, trouble) => void (await outbox.retryLater(db, tenantId, id, new Date(atMs), trouble)),
    putBack: async (id, atMs) => void (await outbox.putBack(db, tenantId, id, new Date(atMs))),
    park: async (id, trouble) => void (await outbox.park(db, tenantId, id, trouble)),
    supersede: async (id, trouble) => void (await outbox.supersede(db, tenantId, id, trouble)),
  });

  const writer: WriterServices = {
    now,
    open: async (tenantId, connectionId) => {
      const [crm, connection] = await Promise.all([parts.crmOf(tenantId, connectionId), tenants.connectionOf(db, tenantId, connectionId)]);
      const rate = connection?.provider === 'salesforce' ? salesforceRate : hubspotRate;
      return { crm, rate, outbox: outboxOf(tenantId, connectionId) };
    },
    renewToken: async (tenantId, connectionId) => {
      if (!parts.hubspot) return failed({ kind: 'expired', said: 'No HubSpot app is set up here.' });
      return renewToken(
        {
          key: { id: parts.settings.SEAL_KEY_ID, secret: parts.settings.SEAL_KEY },
          now,
          sealedOf: async () => (await tenants.connectionOf(db, tenantId, connectionId))?.secretSealed ?? null,
          save: async (_tenant, _connection, sealed, expiresAt) =>
            void (await tenants.saveSecret(db, tenantId, connectionId, sealed, expiresAt)),
          refresh: parts.hubspot.refresh,
          needsReconnect: async () => void (await tenants.setConnectionState(db, tenantId, connectionId, 'needs-reconnect', 'writer')),
        },
        tenantId,
        connectionId,
      );
    },
    nextDueAtMs: async (tenantId, connectionId) => {
      // The sweep kicks again what waits for a connection that came back.
      if ((await tenants.connectionOf(db, tenantId, connectionId))?.state !== 'connected') return null;
      return (await outbox.nextDueAt(db, tenantId, connectionId))?.getTime() ?? null;
    },
  };

  return {
    writer,
    plan: (ids: { tenantId: string; callId: string }) =>
      plan(
        {
          callOf: async (tenantId, callId) => {
            const call = await calls.callOf(db, tenantId, callId);
            if (!call) return null;
            // Nobody in the CRM has this number: the words stay in the memory, nothing is written.
            if (!call.record) return { connectionId: call.connectionId, call: null };
            const line = await repLineOf(parts, tenantId, call.repId);
            const contact: RecordRef | undefined = call.contactId === null ? undefined : { object: 'contact', id: call.contactId };
            return {
              connectionId: call.connectionId,
              call: {
                id: call.id,
                record: call.record,
                repName: call.repName,
                customerName: call.customerName,
                direction: call.direction,
                startedAt: call.startedAt.toISOString(),
                durationMs: call.durationMs ?? 0,
                timeZone: call.timeZone,
                ...(contact ? { contact } : {}),
                ...(call.customerEmail === null ? {} : { customerEmail: call.customerEmail }),
                ...(line ? { ownerId: line.ownerId } : {}),
                ...(call.fromNumber === null ? {} : { fromNumber: call.fromNumber }),
                ...(call.toNumber === null ? {} : { toNumber: call.toNumber }),
              },
            };
          },
          insightOf: (tenantId, callId) => insights.insightOf(db, tenantId, callId),
          recordOf: async (tenantId, connectionId, ref) => {
            const crm = await parts.crmOf(tenantId, connectionId);
            return crm.ok ? crm.value.record(ref) : crm;
          },
          hash: sha256Hex,
          save: async (tenantId, callId, rows) =>
            void (await outbox.planChanges(
              db,
              tenantId,
              rows.map((row) => ({ ...row, callId })),
            )),
          kick,
        },
        ids,
      ),
    routes: actRoutes({
      maySeeRecord: (who, ref) => sight.record(who, ref),
      maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
      callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
      waitingOf: async (tenantId, ref) =>
        (await outbox.waitingOfRecord(db, tenantId, ref)).map((row) => ({ callId: row.callId, item: changeItem.parse(row) })),
      changeOf: async (tenantId, id) => {
        const row = await outbox.changeOf(db, tenantId, id);
        return row && { callId: row.callId, connectionId: row.connectionId, item: changeItem.parse(row) };
      },
      overPlan: (tenantId) => overPlan(parts, tenantId),
      now,
      decide: async (tenantId, id, decision) => {
        const { moved, row } = await outbox.decide(db, tenantId, id, { ...decision, at: new Date(decision.at) });
        return { moved, item: row && changeItem.parse(row) };
      },
      kick,
    }),
  };
}

/** The record's newest calls that this viewer may see. */
export async function seenCalls(parts: Parts, sight: Sight, who: Who, ref: RecordRef) {
  const rows = await calls.callsOfRecord(parts.db, who.tenantId, ref, CALLS_SHOWN);
  return (await sight.calls(who, rows)).map(briefOf);
}

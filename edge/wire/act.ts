import type { WriteRate } from '../../shared/act/bucket.ts';
import { usedTone } from '../../shared/act/email/tone.ts';
import { dealFields } from '../../shared/act/fields.ts';
import { shadowMs } from '../../shared/act/shadow.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import { applyPlan, repropose } from '../act/again/store.ts';
import type { ApproveDeps } from '../act/approve.ts';
import type { WriterServices } from '../act/crm-writer.ts';
import { doorRoutes } from '../act/door-routes.ts';
import { LEASE_ROWS, type Outbox } from '../act/drain.ts';
import { tonesOf } from '../act/email/store.ts';
import * as known from '../act/known/store.ts';
import * as ledger from '../act/ledger/store.ts';
import * as outbox from '../act/outbox/store.ts';
import { type PlannedRow, plan, type ReplacedRow } from '../act/plan.ts';
import { actRoutes } from '../act/routes.ts';
import { seeRoutes } from '../act/see-routes.ts';
import * as changes from '../act/store.ts';
import * as undos from '../act/undo/store.ts';
import type { KnownChange } from '../act/undo.ts';
import { briefOf } from '../capture/brief.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { crmReads } from './crm-reads.ts';
import type { Followed } from './followed.ts';
import { maySeeCall } from './guide.ts';
import { renewHubspot } from './hubspot-tokens.ts';
import { look } from './look.ts';
import { settleWho } from './people.ts';
import { overPlan } from './plan-minutes.ts';
import { repLineOf } from './telephony.ts';

const LEASE_MS = 60_000;
const CALLS_SHOWN = 20;
const PENDING_SHOWN = 100;
const RATES_KEPT = 1_000;
/** A call whose CRM must be connected again is looked at seldom: whoever connects it wakes it. */
const HELD_MS = { min: 5 * 60_000, max: 3_600_000 };

/** HubSpot lets an app ask 110 times in any 10 s: 85 of them are for writing and for planning, the rest for the cards and for reads that are asked again. Salesforce counts by the day. */
const hubspotRate: WriteRate = { perSecond: 7, burst: 15, asks: 'kind' };
const salesforceRate: WriteRate = { perSecond: 10, burst: 20, asks: 'bundle' };

export function wireAct(parts: Parts, sight: Sight) {
  const { db, lately, bindings, now } = parts;
  const kick = (tenantId: string, connectionId: string) => writerStub(bindings, tenantId, connectionId).kick(tenantId, connectionId);

  const outboxOf = (tenantId: string, connectionId: string): Outbox => ({
    lease: (took) => outbox.leaseDue(db, tenantId, { connectionId, took, now: new Date(now()), leaseMs: LEASE_MS, limit: LEASE_ROWS }),
    written: async (took) => void (await outbox.markWritten(db, tenantId, took, new Date(now()))),
    later: async (id, atMs, trouble) => void (await outbox.retryLater(db, tenantId, id, new Date(atMs), trouble)),
    putBack: async (id, atMs) => void (await outbox.putBack(db, tenantId, id, new Date(atMs))),
    park: async (id, trouble, why, asks) => void (await outbox.park(db, tenantId, id, trouble, why, asks)),
    suggest: async (id, trouble) => void (await outbox.suggest(db, tenantId, id, trouble)),
    supersede: async (id, trouble) => void (await outbox.supersede(db, tenantId, id, trouble)),
  });

  /** A connection never becomes another host's. */
  const rates = new Map<string, WriteRate>();
  const rateOf = async (tenantId: string, connectionId: string) => {
    const known = rates.get(connectionId);
    if (known) return known;
    const connection = await tenants.connectionOf(db, tenantId, connectionId);
    const rate = connection?.provider === 'salesforce' ? salesforceRate : hubspotRate;
    if (rates.size >= RATES_KEPT) rates.clear();
    if (connection) rates.set(connectionId, rate);
    return rate;
  };

  const writer: Omit<WriterServices, 'follow' | 'postpone'> = {
    now,
    open: async (tenantId, connectionId) => {
      const [crm, rate] = await Promise.all([parts.crmOf(tenantId, connectionId), rateOf(tenantId, connectionId)]);
      return { crm, rate, outbox: outboxOf(tenantId, connectionId) };
    },
    rateOf,
    renewToken: (tenantId, connectionId, refused) => renewHubspot(parts, tenantId, connectionId, refused),
    // The sweep kicks again what waits for a connection that came back.
    nextDueAtMs: (tenantId, connectionId) => outbox.nextDueAt(db, tenantId, connectionId),
  };

  const reads = crmReads(parts);
  const changeOf = async (tenantId: string, id: string): Promise<KnownChange | null> => {
    const row = await changes.changeOf(db, tenantId, id);
    return row && knownOf(row);
  };
  const nameOn = async (tenantId: string, id: string, userId: string) => {
    const row = await changes.changeOf(db, tenantId, id);
    return row && reads.nameOf({ tenantId, connectionId: row.connectionId }, userId);
  };
  const decide: ApproveDeps['decide'] = async (tenantId, id, decision) => {
    const byName = await nameOn(tenantId, id, decision.by);
    const { moved, row } = await changes.decide(db, tenantId, id, { ...decision, byName, at: new Date(decision.at) });
    return { moved, item: row && changes.itemOf(row) };
  };
  const save = (tenantId: string, callId: string | null, added: readonly PlannedRow[], replaced: readonly ReplacedRow[]) =>
    applyPlan(
      db,
      tenantId,
      added.map((row) => ({ ...row, callId })),
      replaced,
      new Date(now()),
    );
  const overridesOf = (tenantId: string) => known.overridesOf(db, tenantId);
  const maySeeRecord = (who: Who, ref: RecordRef) => sight.record(who, ref);
  const visibleCalls = async (who: Who, callIds: readonly string[]) => {
    const found = await Promise.all(callIds.map((callId) => calls.callOf(db, who.tenantId, callId)));
    const seen = await sight.calls(
      who,
      found.filter((call) => call !== null),
    );
    return new Set(seen.map(({ id }) => id));
  };

  const deciding = actRoutes({
    ...reads,
    maySeeRecord,
    maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
    callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
    waitingOf: async (tenantId, ref) => (await changes.waitingOfRecord(db, tenantId, ref)).map(knownOf),
    changeOf,
    overPlan: (tenantId) => overPlan(parts, tenantId),
    now,
    decide,
    repropose: async (tenantId, id, it) => {
      const row = await repropose(db, tenantId, id, it);
      return row && changes.itemOf(row);
    },
    settleWho: async (on, id, it) => {
      const row = await changes.changeOf(db, on.tenantId, id);
      if (!row?.callId || !(await settleWho(parts, on, row.callId, { ...it, byName: await reads.nameOf(on, it.by) }))) return null;
      return (await changeOf(on.tenantId, id))?.item ?? null;
    },
    withdraw: async (tenantId, id, press) =>
      undos.withdraw(db, tenantId, id, { ...press, byName: await nameOn(tenantId, id, press.by), at: new Date(press.at) }),
    addUndo: async (tenantId, id, undo, press) => {
      const row = await changes.changeOf(db, tenantId, id);
      const byName = row && (await reads.nameOf({ tenantId, connectionId: row.connectionId }, press.by));
      const made = row && (await undos.addUndo(db, tenantId, row, undo, { ...press, byName, at: new Date(press.at) }));
      return made && changes.itemOf(made);
    },
    undoOf: async (tenantId, id) => {
      const [row] = await ledger.undosOf(db, tenantId, [id]);
      return row ? changes.itemOf(row) : null;
    },
    hash: sha256Hex,
    kick,
  });

  const seeing = seeRoutes({
    maySeeRecord,
    callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
    visibleCalls,
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    changeOf,
    decide,
    kick,
    now,
    writtenOf: async (tenantId, ref, limit, offset) => (await ledger.writtenOfRecord(db, tenantId, ref, limit, offset)).map(knownOf),
    undosOf: async (tenantId, ids) => (await ledger.undosOf(db, tenantId, ids)).map(changes.itemOf),
    stateOf: async ({ tenantId, connectionId }) => (await tenants.connectionOf(db, tenantId, connectionId))?.state ?? 'disconnected',
    pulseOf: ({ tenantId, connectionId }) => ledger.pulseOf(db, tenantId, connectionId),
    parkedOf: async ({ tenantId, connectionId }, limit) =>
      (await ledger.parkedOfConnection(db, tenantId, connectionId, limit)).map((row) => ({
        item: changes.itemOf(row),
        since: row.decidedAt ?? row.createdAt,
      })),
    budgetOf: async (tenantId, connectionId) => {
      const [left, rate] = await Promise.all([writerStub(bindings, tenantId, connectionId).budget(), rateOf(tenantId, connectionId)]);
      if (!left) return null;
      const rests = left.restsUntilMs > now() ? { restsUntil: new Date(left.restsUntilMs).toISOString() } : {};
      const api = parts.apiUsageOf(connectionId);
      return { perSecond: rate.perSecond, tokens: left.tokens, ...rests, ...(api ? { api } : {}) };
    },
    shadowsOf: (tenantId) => known.shadowCounts(db, tenantId, new Date(now() - shadowMs)),
    overridesOf,
    setOverrides: (tenantId, wanted, by) => known.setOverrides(db, tenantId, wanted, by),
  });

  const asking = doorRoutes({
    ...reads,
    maySeeRecord,
    pendingOf: async (who, ref) => {
      const rows = await ledger.pendingOfRecord(db, who.tenantId, ref, PENDING_SHOWN);
      const visible = await visibleCalls(who, [...new Set(rows.flatMap(({ callId }) => callId ?? []))]);
      return rows.filter(({ callId }) => callId === null || visible.has(callId)).map(changes.itemOf);
    },
    saveRows: (tenantId, rows) => save(tenantId, null, rows, []),
    changesByKey: async (tenantId, opKeys) => (await ledger.changesByKey(db, tenantId, opKeys)).map(changes.itemOf),
    refresh: (on, host, ref) => reads.refresh(on, ref, ref.object === 'deal' ? Object.values(dealFields[host]) : []),
    ownerOf: async (tenantId, userId) => (await repLineOf(parts, tenantId, userId))?.ownerId,
    overridesOf,
    hash: sha256Hex,
    kick,
  });

  return {
    writer,
    /** The call waits for its CRM to be connected again, and no try counts; false when it is connected already. */
    hold: async ({ tenantId, callId }: { tenantId: string; callId: string }) => {
      const call = await calls.callOf(db, tenantId, callId);
      if (call?.status !== 'transcribed') return true;
      const ageMs = now() - (call.endedAt ?? call.startedAt).getTime();
      const nextAt = new Date(now() + Math.min(HELD_MS.max, Math.max(HELD_MS.min, ageMs / 4)));
      return calls.holdCall(db, tenantId, callId, nextAt);
    },
    plan: (ids: { tenantId: string; callId: string }, followed: Promise<Followed>) =>
      plan(
        {
          ...reads,
          follow: async (on, from, into, also) => {
            await reads.follow(on, from, into, also);
            const known = await followed;
            // What is remembered of the call belongs to what its record has become.
            if (known.call) known.call = { ...known.call, record: into };
          },
          look: async (on, ask) => look(parts, on, ask, (await followed).call),
          callOf: async (tenantId) => {
            const { call } = await followed;
            if (!call) return null;
            const connection = await lately.connectionOf(tenantId, call.connectionId);
            const { connectionId } = call;
            const host: Host = connection?.provider === 'salesforce' ? 'salesforce' : 'hubspot';
            // Nobody in the CRM has this number: the words stay in the memory, nothing is written.
            if (!call.record) return { connectionId, host, call: null };
            const [line, tones] = await Promise.all([repLineOf(parts, tenantId, call.repId), tonesOf(db, tenantId, call.repId)]);
            const contact: RecordRef | undefined = call.contactId === null ? undefined : { object: 'contact', id: call.contactId };
            return {
              connectionId,
              host,
              call: {
                id: call.id,
                record: call.record,
                repName: call.repName,
                customerName: call.customerName,
                direction: call.direction,
                startedAt: call.startedAt.toISOString(),
                durationMs: call.durationMs ?? 0,
                timeZone: call.timeZone,
                // How the proposed email sounds.
                ...{ tone: usedTone(tones) },
                ...(contact ? { contact } : {}),
                ...(call.customerEmail === null ? {} : { customerEmail: call.customerEmail }),
                ...(line ? { ownerId: line.ownerId } : {}),
                ...(call.fromNumber === null ? {} : { fromNumber: call.fromNumber }),
                ...(call.toNumber === null ? {} : { toNumber: call.toNumber }),
              },
            };
          },
          insightOf: async () => (await followed).insight,
          meet: async (tenantId, callId, { object, id }) => {
            if (object !== 'contact') return;
            await calls.setContact(db, tenantId, callId, id);
            const known = await followed;
            if (known.call) known.call = { ...known.call, contactId: id };
          },
          overridesOf,
          earlierOf: async (tenantId, callId) =>
            (await changes.changesOfCall(db, tenantId, callId)).filter(({ undoes }) => undoes === undefined),
          hash: sha256Hex,
          save,
          kick,
        },
        ids,
      ),
    routes: (app: RosApp) => {
      for (const routes of [deciding, seeing, asking]) routes(app);
    },
  };
}

const knownOf = (row: changes.ChangeRow): KnownChange => ({
  callId: row.callId,
  connectionId: row.connectionId,
  requestId: row.requestId,
  wrote: row.wrote,
  item: changes.itemOf(row),
});

/** The record's newest calls that this viewer may see. */
export async function seenCalls(parts: Parts, sight: Sight, who: Who, ref: RecordRef) {
  const rows = await calls.callsOfRecord(parts.db, who.tenantId, ref, CALLS_SHOWN);
  return (await sight.calls(who, rows)).map(briefOf);
}

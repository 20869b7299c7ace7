import { usedTone } from '../../shared/act/email/tone.ts';
import { askingFirst } from '../../shared/act/policies.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import { applyPlan } from '../act/again/store.ts';
import { tonesOf } from '../act/email/store.ts';
import * as known from '../act/known/store.ts';
import { type PlanDeps, plan } from '../act/plan.ts';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import { holdCall } from '../capture/waiting/store.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { crmReads } from './crm-reads.ts';
import type { Followed } from './followed.ts';
import { look } from './look.ts';
import { repLineOf } from './telephony.ts';
import { kickOf } from './write.ts';

/** A call whose CRM must be connected again is looked at seldom: whoever connects it wakes it. */
const HELD_MS = { min: 5 * 60_000, max: 3_600_000 };

interface Ids {
  tenantId: string;
  callId: string;
}

/** What an understood call changes, or that it has to wait. */
export function wirePlan(parts: Parts) {
  const { db, now } = parts;
  const reads = crmReads(parts);
  return {
    plan: (ids: Ids, followed: Promise<Followed>) =>
      plan(
        {
          ...reads,
          follow: async (on, from, into, also) => {
            await reads.follow(on, from, into, also);
            const it = await followed;
            // What is remembered of the call belongs to what its record has become.
            if (it.call) it.call = { ...it.call, record: into };
          },
          look: async (on, ask) => look(parts, on, ask, (await followed).call),
          callOf: async (tenantId) => plannedCall(parts, tenantId, (await followed).call),
          insightOf: async () => (await followed).insight,
          meet: async (tenantId, callId, { object, id }) => {
            if (object !== 'contact') return;
            await calls.setContact(db, tenantId, callId, id);
            const it = await followed;
            if (it.call) it.call = { ...it.call, contactId: id };
          },
          overridesOf: async (tenantId) => {
            const [it, overrides] = await Promise.all([followed, known.overridesOf(db, tenantId)]);
            return it.call?.isPrivate ? askingFirst(overrides) : overrides;
          },
          earlierOf: async (tenantId, callId) =>
            (await changes.changesOfCall(db, tenantId, callId)).filter(({ undoes }) => undoes === undefined),
          hash: sha256Hex,
          save: (tenantId, callId, added, replaced) =>
            applyPlan(
              db,
              tenantId,
              added.map((row) => ({ ...row, callId })),
              replaced,
              new Date(now()),
            ),
          kick: kickOf(parts),
        },
        ids,
      ),
    /** The call waits for its CRM to be connected again, and no try counts; false when it is connected already. */
    hold: async ({ tenantId, callId }: Ids) => {
      const call = await calls.callOf(db, tenantId, callId);
      if (call?.status !== 'transcribed') return true;
      const ageMs = now() - (call.endedAt ?? call.startedAt).getTime();
      const nextAt = new Date(now() + Math.min(HELD_MS.max, Math.max(HELD_MS.min, ageMs / 4)));
      return holdCall(db, tenantId, callId, nextAt);
    },
  };
}

async function plannedCall(parts: Parts, tenantId: string, call: Followed['call']): ReturnType<PlanDeps['callOf']> {
  if (!call) return null;
  const { connectionId } = call;
  const connection = await parts.lately.connectionOf(tenantId, connectionId);
  const host: Host = connection?.provider === 'salesforce' ? 'salesforce' : 'hubspot';
  // Nobody in the CRM has this number: the words stay in the memory, nothing is written.
  if (!call.record) return { connectionId, host, call: null };
  const [line, tones] = await Promise.all([repLineOf(parts, tenantId, call.repId), tonesOf(parts.db, tenantId, call.repId)]);
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
      tone: usedTone(tones),
      ...(contact ? { contact } : {}),
      ...(call.customerEmail === null ? {} : { customerEmail: call.customerEmail }),
      ...(line ? { ownerId: line.ownerId } : {}),
      ...(call.fromNumber === null ? {} : { fromNumber: call.fromNumber }),
      ...(call.toNumber === null ? {} : { toNumber: call.toNumber }),
    },
  };
}

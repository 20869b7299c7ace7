import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Sharing } from '../../shared/contracts/tenant.ts';
import { maySee } from '../../shared/kit/may-see.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import type { Crm, Reach } from '../ports/crm.ts';
import type { Who } from './who.ts';

const KEEP_MS = 60_000;
const KEPT_MAX = 2_000;

export interface Sight {
  /** May this user see this record, as the CRM and the tenant's sharing say? `gone` when the CRM has no such record. */
  record(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** May this user see this call: the record, the tenant's sharing, and a private call's own rep. */
  call(
    who: Who,
    call: { record: RecordRef | null; repId: string | null; repEmail: string | null; isPrivate: boolean },
  ): Promise<Result<boolean>>;
}

export interface SightDeps {
  crmOf(tenantId: string, connectionId: string): Promise<Result<Crm>>;
  sharingOf(tenantId: string): Promise<Sharing>;
  now(): number;
}

/** The one question every read asks. The CRM's answer is kept for a minute, so a burst of cards is one look. */
export function openSight(deps: SightDeps): Sight {
  const kept = new Map<string, { reach: Reach; untilMs: number }>();

  async function reach(who: Who, ref: RecordRef): Promise<Result<Reach>> {
    const key = `${who.connectionId}|${who.user.id}|${ref.object}|${ref.id}`;
    const known = kept.get(key);
    if (known && known.untilMs > deps.now()) return ok(known.reach);
    const crm = await deps.crmOf(who.tenantId, who.connectionId);
    if (!crm.ok) return crm;
    const asked = await crm.value.reach(who.user, ref);
    if (!asked.ok) return asked;
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, { reach: asked.value, untilMs: deps.now() + KEEP_MS });
    return asked;
  }

  return {
    async record(who, ref) {
      const [seen, sharing] = await Promise.all([reach(who, ref), deps.sharingOf(who.tenantId)]);
      if (!seen.ok) return seen;
      return ok(maySee({ userId: who.user.id, ownsCall: false }, { isPrivate: false }, seen.value, sharing));
    },
    async call(who, call) {
      const ownsCall =
        call.repId === who.user.id || (call.repEmail !== null && call.repEmail !== '' && call.repEmail.toLowerCase() === who.user.email);
      if (!call.record) return ok(ownsCall);
      const [seen, sharing] = await Promise.all([reach(who, call.record), deps.sharingOf(who.tenantId)]);
      // The record is gone, the call is not: nobody is shown it, and it does not read as a call that never was.
      if (!seen.ok) return seen.fault.kind === 'gone' ? ok(false) : seen;
      return ok(maySee({ userId: who.user.id, ownsCall }, { isPrivate: call.isPrivate }, seen.value, sharing));
    },
  };
}

import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Sharing } from '../../shared/contracts/tenant.ts';
import { maySee } from '../../shared/kit/may-see.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import type { Crm, Reach } from '../ports/crm.ts';
import type { Who } from './who.ts';

const KEEP_MS = 60_000;
const KEPT_MAX = 2_000;

/** What of a call decides who may see it. */
interface SeenCall {
  record: RecordRef | null;
  repId: string | null;
  repEmail: string | null;
  isPrivate: boolean;
}

export interface Sight {
  /** May this user see this record, as the CRM and the tenant's sharing say? `gone` when the CRM has no such record. */
  record(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** May this user see this call: the record, the tenant's sharing, and a private call's own rep. */
  call(who: Who, call: SeenCall): Promise<Result<boolean>>;
  /** Those of the calls that this user may see, in their order. One look for each record, however many calls it has; what cannot be asked is hidden. */
  calls<T extends SeenCall>(who: Who, calls: readonly T[]): Promise<T[]>;
}

export interface SightDeps {
  crmOf(tenantId: string, connectionId: string): Promise<Result<Pick<Crm, 'reach'>>>;
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
      if (!call.record) return ok(owns(who, call));
      const [seen, sharing] = await Promise.all([reach(who, call.record), deps.sharingOf(who.tenantId)]);
      // The record is gone, the call is not: nobody is shown it, and it does not read as a call that never was.
      if (!seen.ok) return seen.fault.kind === 'gone' ? ok(false) : seen;
      return ok(maySee({ userId: who.user.id, ownsCall: owns(who, call) }, call, seen.value, sharing));
    },
    async calls(who, calls) {
      if (calls.length === 0) return [];
      const records = new Map(calls.flatMap(({ record }) => (record ? [[keyOf(record), record] as const] : [])));
      const [sharing, ...asked] = await Promise.all([
        deps.sharingOf(who.tenantId),
        ...[...records].map(async ([key, record]) => [key, await reach(who, record)] as const),
      ]);
      const reaches = new Map(asked);
      return calls.filter((call) => {
        if (!call.record) return owns(who, call);
        const seen = reaches.get(keyOf(call.record));
        return seen?.ok === true && maySee({ userId: who.user.id, ownsCall: owns(who, call) }, call, seen.value, sharing);
      });
    },
  };
}

const keyOf = (ref: RecordRef): string => `${ref.object}/${ref.id}`;

const owns = (who: Who, { repId, repEmail }: SeenCall): boolean =>
  repId === who.user.id || (repEmail !== null && repEmail !== '' && repEmail.toLowerCase() === who.user.email);

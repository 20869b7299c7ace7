import type { SavedPlaybook } from '../../shared/contracts/playbook.ts';
import { type CompiledPlays, compilePlays } from '../../shared/guide/compile-plays.ts';
import { closeness, fieldsAsked, momentsFor } from '../../shared/guide/moments/choose-playbooks.ts';
import type { KnownRecord } from '../../shared/guide/moments/state.ts';
import { pack } from '../../shared/guide/pack.ts';
import * as calls from '../capture/store.ts';
import * as books from '../guide/playbooks/store.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { knownRecord } from './known-record.ts';

interface CallId {
  tenantId: string;
  callId: string;
}

const KEPT_MAX = 200;

/** What guides a call. Playbooks are read once a version and compiled once for each set of them, not once a call. */
export function openPlaybooks(parts: Parts) {
  const { db } = parts;
  const read = new Map<string, SavedPlaybook[]>();
  const compiled = new Map<string, CompiledPlays>();

  async function theirs({ tenantId, callId }: CallId) {
    const [call, versions] = await Promise.all([calls.callOf(db, tenantId, callId), books.playbookVersionsOf(db, tenantId)]);
    const key = `${tenantId} ${versions}`;
    const all = versions === '' ? [] : await kept(read, key, () => books.playbooksOf(db, tenantId));
    const rep = { userId: call?.repId ?? '', email: call?.repEmail ?? '' };
    return { call, playbooks: all.filter(({ enabled, assigned }) => enabled && closeness(assigned, rep) > 0), rep };
  }

  return {
    async playbook(id: CallId): Promise<{ plays: CompiledPlays; keyterms: readonly string[] }> {
      const [tenant, { playbooks, rep }] = await Promise.all([tenants.tenantOf(db, id.tenantId), theirs(id)]);
      const names = tenant?.competitors ?? [];
      // How closely each names the rep decides what of it counts.
      const key = JSON.stringify([names, playbooks.map((one) => `${one.id}@${one.version} ${closeness(one.assigned, rep)}`)]);
      const plays = await kept(compiled, key, async () => compilePlays(pack, names, momentsFor(playbooks, rep)));
      return { plays, keyterms: names };
    },

    /** The CRM is asked only where a moment wants to know. */
    async recordOf(id: CallId): Promise<KnownRecord | null> {
      const { call, playbooks, rep } = await theirs(id);
      if (!call) return null;
      const moments = momentsFor(playbooks, rep);
      const fields = fieldsAsked(moments);
      if (fields.length === 0 && !moments.some(({ stages }) => stages.length > 0))
        return { stage: null, fields: {}, timeZone: call.timeZone };
      return knownRecord(parts, call, fields);
    },
  };
}

/** As it was made before. A set that is full begins anew: what is used is soon there again. */
async function kept<T>(known: Map<string, T>, key: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = await make();
  if (known.size >= KEPT_MAX) known.clear();
  known.set(key, made);
  return made;
}

import { failed, ok } from '../../../shared/kit/result.ts';
import type { CrmCheck, WrittenActivity } from '../../ports/crm-news.ts';
import { type HubspotAccess, hubspotClient } from './client.ts';
import { hubspotReads } from './read.ts';

/** HubSpot sends again what we missed, so only our own records are looked after. */
export function hubspotCheck(access: HubspotAccess): CrmCheck {
  return {
    async missing(activities) {
      const reads = hubspotReads(hubspotClient(access));
      const gone: string[] = [];
      for (const [kind, type] of types) {
        const ids = activities.filter((one) => one.kind === kind).map(({ crmId }) => crmId);
        const there = await reads.many(type, ids, ['hs_object_id']);
        if (!there.ok) return failed(there.fault);
        const found = new Set(there.value.map(({ id }) => id));
        gone.push(...ids.filter((id) => !found.has(id)));
      }
      return ok(gone);
    },
  };
}

const types: [WrittenActivity['kind'], 'calls' | 'notes' | 'tasks'][] = [
  ['log-call', 'calls'],
  ['add-note', 'notes'],
  ['add-task', 'tasks'],
];

import { ok, type Result } from '../../../shared/kit/result.ts';
import type { HubspotClient } from './client.ts';
import type { HubspotFault } from './fault.ts';
import { associationBatch, type HubspotObject, object, objectBatch } from './shapes.ts';

type Type = 'deals' | 'contacts' | 'companies' | 'calls' | 'notes' | 'tasks' | 'meetings';

/** HubSpot takes 100 inputs a batch; a record with more ties than that shows its first hundred. */
const BATCH_MAX = 100;

export interface HubspotReads {
  /** One record, or `gone`. */
  one(type: Type, id: string, properties: readonly string[]): Promise<Result<HubspotObject, HubspotFault>>;
  /** Those of these that still are there. */
  many(type: Type, ids: readonly string[], properties: readonly string[]): Promise<Result<HubspotObject[], HubspotFault>>;
  /** Record id → ids of `to` it is associated with. No ties is no entry. */
  ties(from: Type, ids: readonly string[], to: Type): Promise<Result<Map<string, string[]>, HubspotFault>>;
}

export function hubspotReads(client: HubspotClient): HubspotReads {
  return {
    one: (type, id, properties) =>
      client.send('GET', `/crm/objects/2026-09/${type}/${encodeURIComponent(id)}?properties=${properties.join(',')}`, object),

    async many(type, ids, properties) {
      const inputs = ids.slice(0, BATCH_MAX).map((id) => ({ id }));
      if (inputs.length === 0) return ok([]);
      const read = await client.send('POST', `/crm/objects/2026-09/${type}/batch/read`, objectBatch, {
        inputs,
        properties,
        propertiesWithHistory: [],
      });
      return read.ok ? ok(read.value.results) : read;
    },

    async ties(from, ids, to) {
      const inputs = ids.slice(0, BATCH_MAX).map((id) => ({ id }));
      if (inputs.length === 0) return ok(new Map());
      const read = await client.send('POST', `/crm/associations/2026-09/${from}/${to}/batch/read`, associationBatch, { inputs });
      return read.ok ? ok(new Map(read.value.results.map((one) => [one.from.id, one.to.map(({ toObjectId }) => toObjectId)]))) : read;
    },
  };
}

/** The records of one type that a record is associated with. */
export async function associated(
  reads: HubspotReads,
  from: Type,
  id: string,
  to: Type,
  properties: readonly string[],
): Promise<Result<HubspotObject[], HubspotFault>> {
  const ties = await reads.ties(from, [id], to);
  return ties.ok ? reads.many(to, ties.value.get(id) ?? [], properties) : ties;
}

/** Contact id → its deals that are neither won nor lost. */
export async function openDeals(reads: HubspotReads, contactIds: readonly string[]): Promise<Result<Map<string, string[]>, HubspotFault>> {
  const ties = await reads.ties('contacts', contactIds, 'deals');
  if (!ties.ok) return ties;
  const deals = await reads.many('deals', [...new Set([...ties.value.values()].flat())], ['hs_is_closed']);
  if (!deals.ok) return deals;
  const open = new Set(deals.value.filter(({ properties }) => properties.hs_is_closed !== 'true').map(({ id }) => id));
  return ok(new Map([...ties.value].map(([contactId, ids]) => [contactId, ids.filter((id) => open.has(id))])));
}

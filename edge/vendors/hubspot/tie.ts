import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { HubspotClient } from './client.ts';
import { batchFaultOf, type HubspotFault } from './fault.ts';
import { type ActivityType, typeOf } from './map.ts';
import { associateBatch } from './shapes.ts';

type RecordType = 'contacts' | 'companies' | 'deals';

/** HUBSPOT_DEFINED association types from an activity to a record. */
const typeIds: Record<ActivityType, Record<RecordType, number>> = {
  calls: { contacts: 194, companies: 182, deals: 206 },
  notes: { contacts: 202, companies: 190, deals: 214 },
  tasks: { contacts: 204, companies: 192, deals: 216 },
};

/** A batch takes 100 inputs. */
const TIES_MAX = 100;

/** The records that an activity shows on, each once. Leads are left out. */
export function targetsOf(record: RecordRef, also: readonly RecordRef[]): RecordRef[] {
  const known = [record, ...also].filter(({ object }) => typeOf(object) !== undefined);
  return [...new Map(known.map((ref) => [`${ref.object}/${ref.id}`, ref])).values()].slice(0, TIES_MAX);
}

/** The ties as they go along with a create: no try can leave an untied activity behind. */
export const inlineTies = (type: ActivityType, targets: readonly RecordRef[]) =>
  targets.flatMap(({ object, id }) => {
    const to = typeOf(object);
    return to ? [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeIds[type][to] }] }] : [];
  });

/** Ties activities that stand, one request a kind of record. Further records may have gone meanwhile; `record` itself may not. */
export async function tie(
  client: HubspotClient,
  type: ActivityType,
  activities: readonly { id: string; also: readonly RecordRef[] }[],
  record: RecordRef,
): Promise<Result<true, HubspotFault>> {
  const pairs = new Map<string, { from: { id: string }; to: { id: string } }[]>();
  for (const { id, also } of activities) {
    for (const target of targetsOf(record, also)) {
      const to = typeOf(target.object) ?? '';
      pairs.set(to, [...(pairs.get(to) ?? []), { from: { id }, to: { id: target.id } }]);
    }
  }
  const asked = [...pairs].map(async ([to, inputs]) => {
    const path = `/crm/associations/2026-09/${type}/${to}/batch/associate/default`;
    const tied = await client.send('POST', path, associateBatch, { inputs: inputs.slice(0, TIES_MAX) });
    if (!tied.ok || to !== typeOf(record.object)) return tied;
    const reached = tied.value.results.some((pair) => pair.to.id === record.id || pair.from.id === record.id);
    if (reached) return tied;
    const errors = tied.value.errors ?? [];
    // A part that failed says nothing about the record; one that is not there, or now has another id, does.
    const [other] = errors.some(({ category }) => category === 'OBJECT_NOT_FOUND') ? [] : errors;
    return failed(other ? batchFaultOf(other) : { kind: 'gone' as const, status: 404, said: 'HubSpot has no such record.' });
  });
  for (const tied of await Promise.all(asked)) if (!tied.ok) return tied;
  return ok(true);
}

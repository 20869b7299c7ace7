import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { FieldNow, Whereabouts } from '../../ports/crm.ts';
import { authorOf, byOf, standing } from './author.ts';
import type { Desk } from './desk.ts';
import { type HubspotFault, isWorthWaiting } from './fault.ts';
import { typeOf } from './map.ts';
import { type HubspotObject, object } from './shapes.ts';

/** What stands in these fields, and who put it there. */
export async function readFields(desk: Desk, { object: kind, id }: RecordRef, names: readonly string[]): Promise<Result<FieldNow[]>> {
  const type = typeOf(kind);
  if (!type) return failed({ kind: 'gone', said: 'HubSpot leads are not read.' });
  if (names.length === 0) return ok([]);
  const list = names.map(encodeURIComponent).join(',');
  const path = `/crm/objects/2026-09/${type}/${encodeURIComponent(id)}?properties=${list}&propertiesWithHistory=${list}`;
  const read = await desk.client.send('GET', path, object);
  return read.ok ? fieldsOf(desk, type, read.value, names) : read;
}

/** The same for a record that was read with the history of these fields. */
export async function fieldsOf(
  desk: Desk,
  type: string,
  read: HubspotObject,
  names: readonly string[],
): Promise<Result<FieldNow[], HubspotFault>> {
  // HubSpot leaves out what is not defined, and shows what is defined and empty as null.
  const known = [...new Set(names)].filter((name) => read.properties[name] !== undefined);
  if (known.length === 0) return ok([]);
  const labels = await desk.definitions.labels(type);
  if (!labels.ok && isWorthWaiting(labels.fault)) return labels;
  return ok(
    await Promise.all(
      known.map(async (field): Promise<FieldNow> => {
        const past = standing(read, field, desk.appId);
        const author = await authorOf(desk, past);
        return {
          field,
          label: (labels.ok && labels.value.get(field)) || field,
          value: read.properties[field] || null,
          by: byOf(past, desk.appId),
          ...(author.who === undefined ? {} : { who: author.who }),
          ...(author.at === undefined ? {} : { at: author.at }),
        };
      }),
    ),
  );
}

/** Merged ids lead to the record that both have become, and it answers with its own id. */
export async function whereIs({ reads }: Desk, ref: RecordRef): Promise<Result<Whereabouts>> {
  const type = typeOf(ref.object);
  if (!type) return ok({ is: 'deleted' });
  const read = await reads.one(type, ref.id, ['hs_merged_object_ids']);
  if (!read.ok) return read.fault.kind === 'gone' ? ok({ is: 'deleted' }) : read;
  return ok(read.value.id === ref.id ? { is: 'here' } : { is: 'merged', into: { object: ref.object, id: read.value.id } });
}

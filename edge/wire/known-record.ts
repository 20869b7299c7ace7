import type { RecordRef } from '../../shared/contracts/record.ts';
import type { KnownRecord } from '../../shared/guide/moments/state.ts';
import { ok } from '../../shared/kit/result.ts';
import type { Parts } from '../parts.ts';

/** A call's record as moments ask for it: its stage, and these fields by their exact names. Null where the CRM does not say. */
export async function knownRecord(
  parts: Pick<Parts, 'crmOf'>,
  call: { tenantId: string; connectionId: string; record: RecordRef | null; timeZone: string },
  fields: readonly string[],
): Promise<KnownRecord | null> {
  const { tenantId, connectionId, record, timeZone } = call;
  if (!record) return null;
  const crm = await parts.crmOf(tenantId, connectionId);
  if (!crm.ok) return null;
  const [now, values] = await Promise.all([crm.value.record(record), fields.length === 0 ? ok([]) : crm.value.fields(record, fields)]);
  if (!now.ok || !values.ok) return null;
  return { stage: now.value.stageId ?? null, fields: Object.fromEntries(values.value.map(({ field, value }) => [field, value])), timeZone };
}

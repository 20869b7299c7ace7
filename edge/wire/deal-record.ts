import { dealFields } from '../../shared/act/fields.ts';
import type { RecordRef, Stage } from '../../shared/contracts/record.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import type { Parts } from '../parts.ts';

interface Connected {
  tenantId: string;
  connectionId: string;
  host: keyof typeof dealFields;
}
interface DealRecord {
  stages: readonly Stage[];
  stageId?: string;
  closeOn?: string;
  inStageSinceMs?: number;
}

/** A deal as its risks ask for it: what the CRM does not tell for certain is absent. */
export async function dealRecord(parts: Parts, { tenantId, connectionId, host }: Connected, of: RecordRef): Promise<Result<DealRecord>> {
  const crm = await parts.crmOf(tenantId, connectionId);
  if (!crm.ok) return crm;
  const { closeDate, stage } = dealFields[host];
  const [record, fields] = await Promise.all([
    crm.value.record(of),
    of.object === 'deal' ? crm.value.fields(of, [closeDate, stage]) : ok([]),
  ]);
  if (!record.ok) return record;
  const { stageId, stages } = record.value;
  // A close date that could not be read now is not known; the rest still is.
  const nowOf = (name: string) => (fields.ok ? fields.value.find(({ field }) => field === name) : undefined);
  const closeOn = /^\d{4}-\d\d-\d\d/.exec(nowOf(closeDate)?.value ?? '')?.[0];
  // Salesforce may answer with the record's last save, which says nothing of the stage.
  const movedAtMs = host === 'hubspot' ? Date.parse(nowOf(stage)?.at ?? '') : Number.NaN;
  return ok({
    stages,
    ...(stageId === undefined ? {} : { stageId }),
    ...(closeOn === undefined ? {} : { closeOn }),
    ...(Number.isFinite(movedAtMs) ? { inStageSinceMs: movedAtMs } : {}),
  });
}

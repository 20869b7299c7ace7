import type { Standing } from '../../shared/act/human-wins.ts';
import type { FieldValue } from '../../shared/act/plan-fields.ts';
import { sayChanged } from '../../shared/act/say-changed.ts';
import { sameValue } from '../../shared/act/settle-field.ts';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Connected } from './plan.ts';

export interface FreshDeps {
  recordOf(on: Connected, ref: RecordRef): Promise<Result<CrmRecord>>;
  standing(on: Connected, ref: RecordRef, fields: readonly string[]): Promise<Result<(FieldValue & Standing)[]>>;
}

/**
 * A proposal over what stands in the CRM at this moment. `said` is null while that is what it was made over; otherwise it says who
 * changed it. A CRM that cannot be asked changes nothing: the writer compares again.
 */
export async function freshen(
  deps: FreshDeps,
  on: Connected,
  { record }: Pick<ChangeItem, 'record'>,
  body: ChangeBody,
  crm: string,
): Promise<{ body: ChangeBody; said: string | null }> {
  const same = { body, said: null };
  if (body.kind === 'move-stage') {
    const read = await deps.recordOf(on, record);
    const now = read.ok ? read.value.stages.find(({ id }) => id === read.value.stageId) : undefined;
    if (!now || now.id === body.from || now.id === body.to) return same;
    return { body: { ...body, from: now.id, fromLabel: now.label }, said: `The deal is in ${now.label} now.` };
  }
  if (body.kind !== 'set-field' || body.mode === 'append') return same;
  const read = await deps.standing(on, record, [body.field]);
  const now = read.ok ? read.value.find(({ field }) => field === body.field) : undefined;
  const value = now?.value ?? '';
  if (!now || sameValue(value, body.from ?? '') || sameValue(value, body.to)) return same;
  return {
    body: { ...body, mode: value.trim() === '' ? 'fill-blank' : 'overwrite', from: now.value },
    said: sayChanged(now.label, crm, now),
  };
}

import * as z from 'zod/mini';
import type { Stage } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { strange, type Talk } from './client.ts';
import { stagesOf } from './map.ts';

const stageValue = z.object({
  value: z.string(),
  label: z.string(),
  attributes: z.optional(z.nullable(z.object({ closed: z.boolean(), defaultProbability: z.number() }))),
});
const masterRecordType = '012000000000000AAA';

/** The stages of a record type's own sales process; some minutes old at most. Null is an org without record types. */
export async function stagesFor({ client, signal }: Talk, recordTypeId: string | null | undefined): Promise<Result<Stage[]>> {
  const type = encodeURIComponent(recordTypeId ?? masterRecordType);
  const values = await client.definition(`/ui-api/object-info/Opportunity/picklist-values/${type}/StageName`, signal);
  if (!values.ok) return values;
  const read = z.object({ values: z.array(stageValue) }).safeParse(values.value);
  return read.success ? ok(stagesOf(read.data.values)) : failed(strange);
}

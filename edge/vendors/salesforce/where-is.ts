import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { Whereabouts } from '../../ports/crm.ts';
import type { Talk } from './client.ts';
import { isId, objectName } from './map.ts';
import { quote } from './soql.ts';

const text = z.optional(z.nullable(z.string()));
const row = z.object({
  IsDeleted: z.boolean(),
  MasterRecordId: text,
  IsConverted: z.optional(z.boolean()),
  ConvertedOpportunityId: text,
  ConvertedContactId: text,
  ConvertedAccountId: text,
});

const columns = {
  deal: 'IsDeleted',
  contact: 'IsDeleted, MasterRecordId',
  company: 'IsDeleted, MasterRecordId',
  lead: 'IsDeleted, MasterRecordId, IsConverted, ConvertedOpportunityId, ConvertedContactId, ConvertedAccountId',
};

/** The recycle bin keeps what was merged and into which record; a converted lead stays and names its heirs. Opportunities cannot be merged. */
export async function whereIs({ client, signal }: Talk, ref: RecordRef): Promise<Result<Whereabouts>> {
  if (!isId(ref.id)) return ok({ is: 'deleted' });
  const soql = `SELECT ${columns[ref.object]} FROM ${objectName[ref.object]} WHERE Id = ${quote(ref.id)}`;
  const rows = await client.query(soql, row, signal, 'queryAll');
  // An id of another object is refused.
  if (!rows.ok) return rows.fault.kind === 'gone' ? ok({ is: 'deleted' }) : rows;
  const [one] = rows.value;
  if (one?.MasterRecordId) return ok({ is: 'merged', into: { object: ref.object, id: one.MasterRecordId } });
  if (!one || one.IsDeleted) return ok({ is: 'deleted' });
  if (!one.IsConverted) return ok({ is: 'here' });
  const deal: RecordRef[] = one.ConvertedOpportunityId ? [{ object: 'deal', id: one.ConvertedOpportunityId }] : [];
  const contact: RecordRef[] = one.ConvertedContactId ? [{ object: 'contact', id: one.ConvertedContactId }] : [];
  const company: RecordRef[] = one.ConvertedAccountId ? [{ object: 'company', id: one.ConvertedAccountId }] : [];
  const [into, ...also] = [...deal, ...contact, ...company];
  if (!into) return ok({ is: 'deleted' });
  return ok({ is: 'converted', into, ...(also.length > 0 ? { also } : {}) });
}

import * as z from 'zod/mini';
import type { RecordRef, Stage } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmRecord } from '../../ports/crm.ts';
import { strange, type Talk } from './client.ts';
import { isId, objectName, stagesOf } from './map.ts';
import { quote } from './soql.ts';

const text = z.optional(z.nullable(z.string()));
const plainRecord = z.object({ Name: z.string(), OwnerId: text, Email: text });
const inner = <T extends z.core.$ZodType>(value: T) => z.object({ value });
const uiDeal = z.object({
  recordTypeId: z.nullable(z.string()),
  lastModifiedDate: z.string(),
  fields: z.object({ Name: inner(z.string()), OwnerId: inner(z.string()), StageName: inner(z.string()) }),
});
const stageValue = z.object({
  value: z.string(),
  label: z.string(),
  attributes: z.optional(z.nullable(z.object({ closed: z.boolean(), defaultProbability: z.number() }))),
});
const roleRow = z.object({ ContactId: z.string(), Contact: z.nullable(z.object({ Name: z.string(), Email: text })) });
const personRow = z.object({ Id: z.string(), Name: z.string(), Email: text });

const gone = { kind: 'gone', said: 'This is not the id of a Salesforce record.' } as const;
const masterRecordType = '012000000000000AAA';

/** A record as the integration user sees it now. */
export async function readRecord(talk: Talk, ref: RecordRef): Promise<Result<CrmRecord>> {
  if (!isId(ref.id)) return failed(gone);
  if (ref.object === 'deal') return dealRecord(talk, ref);
  const people = ref.object === 'company' ? contactsOf(talk, ref.id) : Promise.resolve(ok([]));
  const fields = ref.object === 'company' ? 'Name,OwnerId' : 'Name,OwnerId,Email';
  const [reply, found] = await Promise.all([
    talk.client.call(`/sobjects/${objectName[ref.object]}/${ref.id}?fields=${fields}`, { signal: talk.signal }),
    people,
  ]);
  if (!reply.ok) return reply;
  if (!found.ok) return found;
  const row = plainRecord.safeParse(reply.value);
  if (!row.success) return failed(strange);
  const { Name: name, OwnerId, Email } = row.data;
  const self = ref.object === 'company' ? [] : [personOf(ref.object, { Id: ref.id, Name: name, Email })];
  return ok({ ref, name, ...(OwnerId ? { ownerId: OwnerId } : {}), stages: [], people: [...self, ...found.value] });
}

export interface Deal {
  name: string;
  ownerId: string;
  stageId: string;
  /** ISO 8601. */
  modifiedAt: string;
  stages: Stage[];
}

/** An opportunity with the stages of its own record type, in the org's order. */
export async function readDeal({ client, signal }: Talk, id: string): Promise<Result<Deal>> {
  if (!isId(id)) return failed(gone);
  const reply = await client.call(`/ui-api/records/${id}?fields=Opportunity.Name,Opportunity.OwnerId,Opportunity.StageName`, { signal });
  if (!reply.ok) return reply;
  const deal = uiDeal.safeParse(reply.value);
  if (!deal.success) return failed(strange);
  const type = deal.data.recordTypeId ?? masterRecordType;
  const values = await client.call(`/ui-api/object-info/Opportunity/picklist-values/${encodeURIComponent(type)}/StageName`, { signal });
  if (!values.ok) return values;
  const read = z.object({ values: z.array(stageValue) }).safeParse(values.value);
  if (!read.success) return failed(strange);
  const { Name, OwnerId, StageName } = deal.data.fields;
  return ok({
    name: Name.value,
    ownerId: OwnerId.value,
    stageId: StageName.value,
    modifiedAt: deal.data.lastModifiedDate,
    stages: stagesOf(read.data.values),
  });
}

async function dealRecord(talk: Talk, ref: RecordRef): Promise<Result<CrmRecord>> {
  const [deal, roles] = await Promise.all([
    readDeal(talk, ref.id),
    talk.client.query(
      `SELECT ContactId, Contact.Name, Contact.Email FROM OpportunityContactRole WHERE OpportunityId = ${quote(ref.id)} ORDER BY IsPrimary DESC LIMIT 50`,
      roleRow,
      talk.signal,
    ),
  ]);
  if (!deal.ok) return deal;
  if (!roles.ok) return roles;
  const { name, ownerId, stageId, stages } = deal.value;
  const people = roles.value.flatMap(({ ContactId, Contact }) => (Contact ? [personOf('contact', { Id: ContactId, ...Contact })] : []));
  return ok({ ref, name, ownerId, stageId, stages, people });
}

async function contactsOf({ client, signal }: Talk, accountId: string): Promise<Result<CrmRecord['people']>> {
  const soql = `SELECT Id, Name, Email FROM Contact WHERE AccountId = ${quote(accountId)} ORDER BY LastModifiedDate DESC LIMIT 50`;
  const rows = await client.query(soql, personRow, signal);
  return rows.ok ? ok(rows.value.map((row) => personOf('contact', row))) : rows;
}

const personOf = (object: 'contact' | 'lead', { Id, Name, Email }: z.output<typeof personRow>): CrmRecord['people'][number] => ({
  ref: { object, id: Id },
  name: Name,
  ...(Email ? { email: Email } : {}),
});

import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Before, BeforeAsk, CrmPerson, FieldNow } from '../../ports/crm.ts';
import { authorsFrom, historyOf, lastColumns, lastRow, pastRow } from './author.ts';
import { asText, type DescribedField, describe } from './describe.ts';
import type { Desk } from './desk.ts';
import type { SalesforceFault } from './faults.ts';
import { addressIn } from './find-people.ts';
import { callRow, callsAround, sameCallOf } from './logged-call.ts';
import { isId, objectName, sameId } from './map.ts';
import { query, readTogether, type Together } from './read-together.ts';
import { quote } from './soql.ts';
import { stagesFor } from './stages.ts';

const text = z.optional(z.nullable(z.string()));
const recordRow = z.object({
  Name: z.string(),
  OwnerId: text,
  Email: text,
  StageName: text,
  RecordTypeId: text,
  IsConverted: z.optional(z.boolean()),
});
const roleRow = z.object({ ContactId: z.string(), Contact: z.nullable(z.object({ Name: z.string(), Email: text })) });
const personRow = z.object({ Id: z.string(), Name: z.string(), Email: text });
const fieldsRow = z.extend(z.looseObject({}), lastRow.shape);

const STAGE = 'StageName';

/**
 * A record with its people and fields, another product's record of the call and who has the customer's address: one request, beside what
 * an admin defines, which is remembered, and the leads, which are asked for only when no contact has the address.
 */
export async function before(desk: Desk, ask: BeforeAsk): Promise<Result<Before, SalesforceFault>> {
  const ref = ask.record;
  if (!isId(ref.id)) return failed({ kind: 'gone', said: 'This is not the id of a Salesforce record.' });
  const isDeal = ref.object === 'deal';
  const defined = isDeal || ask.fields.length > 0 ? await describe(desk, objectName[ref.object]) : ok({ fields: [] });
  if (!defined.ok) return defined;
  const fields = defined.value.fields.filter(({ name }) => ask.fields.includes(name));
  const names = fields.map(({ name }) => name);
  // Only an org with record types has the field.
  const hasTypes = isDeal && defined.value.fields.some(({ name }) => name === 'RecordTypeId');
  const calls = ask.call && callsAround({ ...ask.call, record: ref });
  const email = addressIn(ask.email ?? '');

  const read = await readTogether(desk, {
    record: recordPath(ref, hasTypes),
    people: peopleOn(ref),
    ...(names.length === 0 ? {} : { fields: query(select([...names, ...lastColumns], ref)) }),
    ...(names.length === 0 || !isDeal ? {} : { past: query(historyOf(ref, names)) }),
    ...(calls === undefined ? {} : { calls: query(calls) }),
    ...(email === undefined ? {} : { contacts: query(withAddress('Contact', email)) }),
  });
  const row = read.one('record', recordRow);
  if (!row.ok) return row;
  // It can still be read, and nothing can be written to it any more.
  if (row.value.IsConverted) return failed({ kind: 'gone', said: 'The lead has been converted in Salesforce.' });
  const tied = tiedPeople(ref, row.value, read);
  if (!tied.ok) return tied;
  const now = fieldsNow(desk, fields, read);
  if (!now.ok) return now;
  const logged = read.rows('calls', callRow);
  if (!logged.ok) return logged;
  const people = email === undefined ? ok([]) : await peopleWith(desk, email, tied.value, read);
  if (!people.ok) return people;
  const stages = isDeal ? await stagesFor(desk, row.value.RecordTypeId) : ok([]);
  if (!stages.ok) return stages;

  const { Name: name, OwnerId, StageName } = row.value;
  const others = logged.value.filter(({ Id }) => !ask.ours.some((id) => sameId(id, Id)));
  return ok({
    record: {
      ref,
      name,
      ...(OwnerId ? { ownerId: OwnerId } : {}),
      ...(isDeal && StageName ? { stageId: StageName } : {}),
      stages: stages.value,
      people: tied.value,
    },
    fields: now.value,
    loggedCall: ask.call ? sameCallOf(ask.call, others) : null,
    people: people.value,
  });
}

function recordPath({ object, id }: RecordRef, hasTypes: boolean): string {
  const own = {
    deal: [STAGE, ...(hasTypes ? ['RecordTypeId'] : [])],
    company: [],
    contact: ['Email'],
    lead: ['Email', 'IsConverted'],
  };
  return `/sobjects/${objectName[object]}/${id}?fields=${['Name', 'OwnerId', ...own[object]].join(',')}`;
}

function peopleOn({ object, id }: RecordRef): string | undefined {
  if (object === 'deal')
    return query(
      `SELECT ContactId, Contact.Name, Contact.Email FROM OpportunityContactRole WHERE OpportunityId = ${quote(id)} ORDER BY IsPrimary DESC LIMIT 50`,
    );
  if (object === 'company')
    return query(`SELECT Id, Name, Email FROM Contact WHERE AccountId = ${quote(id)} ORDER BY LastModifiedDate DESC LIMIT 50`);
  return undefined;
}

/** The people of a deal, of a company, or the person that the record is. */
function tiedPeople(ref: RecordRef, { Name, Email }: z.output<typeof recordRow>, read: Together): Result<CrmPerson[], SalesforceFault> {
  if (ref.object === 'contact' || ref.object === 'lead') return ok([personOf(ref.object, { Id: ref.id, Name, Email })]);
  if (ref.object === 'company') {
    const rows = read.rows('people', personRow);
    return rows.ok ? ok(rows.value.map((row) => personOf('contact', row))) : rows;
  }
  const roles = read.rows('people', roleRow);
  if (!roles.ok) return roles;
  return ok(roles.value.flatMap(({ ContactId: Id, Contact }) => (Contact ? [personOf('contact', { Id, ...Contact })] : [])));
}

function fieldsNow(desk: Desk, fields: readonly DescribedField[], read: Together): Result<FieldNow[], SalesforceFault> {
  const rows = read.rows('fields', fieldsRow);
  const past = read.rows('past', pastRow);
  if (!rows.ok) return rows;
  if (!past.ok) return past;
  const [row] = rows.value;
  if (!row) return ok([]);
  const authors = authorsFrom(
    desk,
    fields.map(({ name }) => name),
    past.value,
    row,
  );
  return ok(
    fields.map(({ name, label }) => ({ field: name, label, value: asText(row[name]), ...(authors.get(name) ?? { by: 'unknown' }) })),
  );
}

/** Who has the address: those on the record, then other contacts, and leads where there are none. */
async function peopleWith(
  { client, signal }: Desk,
  email: string,
  tied: readonly CrmPerson[],
  read: Together,
): Promise<Result<CrmPerson[], SalesforceFault>> {
  const contacts = read.rows('contacts', personRow);
  if (!contacts.ok) return contacts;
  const own = tied.filter((one) => one.email?.toLowerCase() === email);
  const others = contacts.value.filter(({ Id }) => !own.some(({ ref }) => sameId(ref.id, Id)));
  const people = [...own, ...others.map((row) => personOf('contact', row))];
  if (people.length > 0) return ok(people);
  const leads = await client.query(withAddress('Lead', email), personRow, signal);
  return leads.ok ? ok(leads.value.map((row) => personOf('lead', row))) : leads;
}

const withAddress = (object: 'Contact' | 'Lead', email: string) =>
  `SELECT Id, Name, Email FROM ${object} WHERE Email = ${quote(email)}${object === 'Lead' ? ' AND IsConverted = false' : ''} ORDER BY LastModifiedDate DESC LIMIT 200`;

const select = (columns: readonly string[], ref: RecordRef) =>
  `SELECT ${[...new Set(columns)].join(', ')} FROM ${objectName[ref.object]} WHERE Id = ${quote(ref.id)}`;

const personOf = (object: 'contact' | 'lead', { Id, Name, Email }: z.output<typeof personRow>): CrmPerson => ({
  ref: { object, id: Id },
  name: Name,
  ...(Email ? { email: Email } : {}),
});

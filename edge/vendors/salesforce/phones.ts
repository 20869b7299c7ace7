import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmPhones, TypedPhone } from '../../ports/crm-phones.ts';
import { salesforceClient, type TokenSource } from './client.ts';
import { isId } from './map.ts';
import { quote } from './soql.ts';

const METHOD_MS = 9_500;
const PEOPLE_MAX = 50;

const text = z.optional(z.nullable(z.string()));
const person = z.object({ Id: z.string(), Name: z.string(), Phone: text, MobilePhone: text });
const role = z.object({ ContactId: z.string(), Contact: z.nullable(z.omit(person, { Id: true })) });
const account = z.object({ Id: z.string(), Name: z.string(), Phone: text });
const columns = 'Id, Name, Phone, MobilePhone';

/** The numbers of a record's people and, on an account, its own. */
export const salesforcePhones = ({ token }: { token: TokenSource }): CrmPhones => ({
  async phonesOf(ref) {
    if (!isId(ref.id)) return failed({ kind: 'gone', said: 'This is not the id of a Salesforce record.' });
    const client = salesforceClient({ token });
    const end = AbortSignal.timeout(METHOD_MS);
    const id = quote(ref.id);
    if (ref.object === 'deal') {
      const soql = `SELECT ContactId, Contact.Name, Contact.Phone, Contact.MobilePhone FROM OpportunityContactRole WHERE OpportunityId = ${id} ORDER BY IsPrimary DESC LIMIT ${PEOPLE_MAX}`;
      const roles = await client.query(soql, role, end);
      if (!roles.ok) return roles;
      return ok(roles.value.flatMap(({ ContactId, Contact }) => (Contact ? phonesIn({ object: 'contact', id: ContactId }, Contact) : [])));
    }
    if (ref.object === 'company') {
      const [own, people] = await Promise.all([
        client.query(`SELECT Id, Name, Phone FROM Account WHERE Id = ${id}`, account, end),
        client.query(
          `SELECT ${columns} FROM Contact WHERE AccountId = ${id} ORDER BY LastModifiedDate DESC LIMIT ${PEOPLE_MAX}`,
          person,
          end,
        ),
      ]);
      if (!own.ok) return own;
      if (!people.ok) return people;
      const company = own.value.flatMap(({ Name, Phone }) => entry(ref, Name, Phone, 'Company'));
      return ok([...people.value.flatMap((one) => phonesIn({ object: 'contact', id: one.Id }, one)), ...company]);
    }
    const object = ref.object === 'lead' ? 'Lead' : 'Contact';
    const found = await client.query(`SELECT ${columns} FROM ${object} WHERE Id = ${id}`, person, end);
    if (!found.ok) return found;
    const [one] = found.value;
    return one ? ok(phonesIn(ref, one)) : gone;
  },
});

const gone: Result<never> = failed({ kind: 'gone', said: 'Salesforce has no such record.' });
const entry = (of: RecordRef, name: string, typed: string | null | undefined, label: string): TypedPhone[] =>
  typed ? [{ of, name, typed, label }] : [];
const phonesIn = (of: RecordRef, { Name, Phone, MobilePhone }: Omit<z.output<typeof person>, 'Id'>): TypedPhone[] => [
  ...entry(of, Name, MobilePhone, 'Mobile'),
  ...entry(of, Name, Phone, 'Phone'),
];

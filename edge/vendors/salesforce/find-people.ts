import * as z from 'zod/mini';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmPerson } from '../../ports/crm.ts';
import type { Talk } from './client.ts';
import { likeliestDeal, sameNumber } from './map.ts';
import { digitsLike, quote, quoteAll } from './soql.ts';

const text = z.optional(z.nullable(z.string()));
const person = z.object({ Id: z.string(), Name: z.string(), Email: text, Phone: text, MobilePhone: text, LastModifiedDate: z.string() });
const contact = z.extend(person, { AccountId: z.nullable(z.string()) });
const role = z.object({ ContactId: z.string(), OpportunityId: z.string(), IsPrimary: z.boolean() });
const openDeal = z.object({ Id: z.string(), AccountId: z.nullable(z.string()) });

const rowsMax = 200;
const columns = 'Id, Name, Email, Phone, MobilePhone, LastModifiedDate';
const newest = `ORDER BY LastModifiedDate DESC LIMIT ${rowsMax}`;

/** Salesforce keeps numbers as typed: it is asked for the last digits in order, and the answer is compared digit by digit. */
export async function findByPhone({ client, signal }: Talk, number: string): Promise<Result<CrmPerson[]>> {
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return ok([]);
  const like = digitsLike(number.slice(-7));
  const where = `(Phone LIKE ${like} OR MobilePhone LIKE ${like})`;
  const [contacts, leads] = await Promise.all([
    client.query(`SELECT ${columns}, AccountId FROM Contact WHERE ${where} ${newest}`, contact, signal),
    client.query(`SELECT ${columns} FROM Lead WHERE ${where} AND IsConverted = false ${newest}`, person, signal),
  ]);
  if (!contacts.ok) return contacts;
  if (!leads.ok) return leads;
  const isTheirs = (one: z.output<typeof person>) => sameNumber(one.Phone, number) || sameNumber(one.MobilePhone, number);
  return ranked({ client, signal }, contacts.value.filter(isTheirs), leads.value.filter(isTheirs));
}

/** The address without case and blanks, as Salesforce compares it; undefined when it is none. */
export function addressIn(typed: string): string | undefined {
  const email = typed.trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(email) ? email : undefined;
}

export async function findByEmail({ client, signal }: Talk, email: string): Promise<Result<CrmPerson[]>> {
  const wanted = addressIn(email);
  if (wanted === undefined) return ok([]);
  const where = `Email = ${quote(wanted)}`;
  const [contacts, leads] = await Promise.all([
    client.query(`SELECT ${columns}, AccountId FROM Contact WHERE ${where} ${newest}`, contact, signal),
    client.query(`SELECT ${columns} FROM Lead WHERE ${where} AND IsConverted = false ${newest}`, person, signal),
  ]);
  if (!contacts.ok) return contacts;
  if (!leads.ok) return leads;
  return ranked({ client, signal }, contacts.value, leads.value);
}

/** With an open deal first, then the last touched. */
async function ranked(
  talk: Talk,
  contacts: readonly z.output<typeof contact>[],
  leads: readonly z.output<typeof person>[],
): Promise<Result<CrmPerson[]>> {
  const deals = await dealsOf(talk, contacts);
  if (!deals.ok) return deals;
  const people = [
    ...contacts.map((one) => ({ at: one.LastModifiedDate, person: personOf('contact', one, deals.value.get(one.Id)) })),
    ...leads.map((one) => ({ at: one.LastModifiedDate, person: personOf('lead', one) })),
  ];
  people.sort((a, b) => Number(b.person.deal !== undefined) - Number(a.person.deal !== undefined) || b.at.localeCompare(a.at));
  return ok(people.map((one) => one.person));
}

/** Contact → its likeliest open opportunity. */
async function dealsOf({ client, signal }: Talk, contacts: readonly z.output<typeof contact>[]): Promise<Result<Map<string, string>>> {
  if (contacts.length === 0) return ok(new Map());
  const accounts = [...new Set(contacts.map(({ AccountId }) => AccountId).filter((id) => id !== null))];
  const [roles, deals] = await Promise.all([
    client.query(
      `SELECT ContactId, OpportunityId, IsPrimary FROM OpportunityContactRole WHERE ContactId IN ${quoteAll(contacts.map(({ Id }) => Id))} AND Opportunity.IsClosed = false`,
      role,
      signal,
    ),
    accounts.length === 0
      ? ok([])
      : client.query(
          `SELECT Id, AccountId FROM Opportunity WHERE AccountId IN ${quoteAll(accounts)} AND IsClosed = false LIMIT ${rowsMax}`,
          openDeal,
          signal,
        ),
  ]);
  if (!roles.ok) return roles;
  if (!deals.ok) return deals;
  const found = new Map<string, string>();
  for (const one of contacts) {
    const deal = likeliestDeal(one, roles.value, deals.value);
    if (deal !== undefined) found.set(one.Id, deal);
  }
  return ok(found);
}

const personOf = (object: 'contact' | 'lead', { Id, Name, Email }: z.output<typeof person>, deal?: string): CrmPerson => ({
  ref: { object, id: Id },
  name: Name,
  ...(Email ? { email: Email } : {}),
  ...(deal === undefined ? {} : { deal: { object: 'deal', id: deal } }),
});

import type { RecordRef } from '../contracts/record.ts';

export interface Person {
  ref: RecordRef;
  name: string;
  email?: string;
  deal?: RecordRef;
}

/** What belongs to the tenant itself: never a customer. */
export interface Ours {
  emails: readonly string[];
  /** E.164. */
  numbers: readonly string[];
}

export type Picked<P extends Person> = { is: 'nobody' } | { is: 'one'; person: P } | { is: 'several'; people: P[] };

/** The addresses by which a person may be looked up, the surest first: exact email, then E.164 number. The tenant's own are left out. */
export function lookups(said: { email?: string | null; number?: string | null }, ours: Ours): { by: 'email' | 'phone'; value: string }[] {
  const email = said.email?.trim().toLowerCase() ?? '';
  const number = said.number?.trim() ?? '';
  return [
    ...(isAddress.test(email) && !isInternal(email, ours) ? [{ by: 'email' as const, value: email }] : []),
    ...(isE164.test(number) && !ours.numbers.includes(number) ? [{ by: 'phone' as const, value: number }] : []),
  ];
}

/** Who it is: the one a person chose before, the only one, or a question. Nobody is ever made up. */
export function pickPerson<P extends Person>(found: readonly P[], chosenId: string | null, ours: Ours): Picked<P> {
  const outside = found.filter(({ email }) => email === undefined || !isInternal(email.toLowerCase(), ours));
  const people = [...new Map(outside.map((person) => [person.ref.id, person])).values()];
  const [first] = people;
  if (!first) return { is: 'nobody' };
  const chosen = people.find(({ ref }) => ref.id === chosenId);
  if (chosen) return { is: 'one', person: chosen };
  return people.length === 1 ? { is: 'one', person: first } : { is: 'several', people };
}

/** The given name that all of them share; null when they share none. */
export function sharedName(people: readonly { name: string }[]): string | null {
  const [first, ...others] = people.map(({ name }) => name.trim().split(/\s+/)[0] ?? '');
  return first && others.every((name) => name === first) ? first : null;
}

/** Everybody of a company shares its domain; at a mail provider nobody shares anything. */
function isInternal(email: string, ours: Ours): boolean {
  const domain = domainOf(email);
  return ours.emails.some((own) => own.toLowerCase() === email || (domainOf(own) === domain && !freeMail.has(domain)));
}

const isE164 = /^\+[1-9]\d{6,14}$/;
const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const domainOf = (email: string): string => email.toLowerCase().split('@').at(-1) ?? '';
const freeMail = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'protonmail.com',
]);

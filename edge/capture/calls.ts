import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { Crm } from '../ports/crm.ts';

/** A telephone line of a tenant: which rep answers it, as the admin told us. */
export interface RepLine {
  /** The tenant's number customers call, E.164. */
  number: string;
  /** Where the rep is reached. */
  dial: string;
  userId: string;
  ownerId: string;
  email: string;
  name: string;
}

/** Whom a number belongs to in the CRM. Nobody found is an empty answer, not an error: the call still goes through. */
export interface Caller {
  record: RecordRef | null;
  contact: RecordRef | null;
  name: string;
  email: string | null;
}

/** Looks the other side up. A CRM that is away never holds up a ringing phone: the call is matched later. */
export async function whoCalls(crm: Result<Crm>, number: string): Promise<Caller> {
  const nobody: Caller = { record: null, contact: null, name: number, email: null };
  if (!crm.ok) return nobody;
  const found = await crm.value.findByPhone(number);
  const person = found.ok ? found.value[0] : undefined;
  if (!person) return nobody;
  return { record: person.deal ?? person.ref, contact: person.ref, name: person.name, email: person.email ?? null };
}

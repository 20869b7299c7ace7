import { ok, type Result } from '../../../shared/kit/result.ts';
import type { Desk } from './desk.ts';
import type { HubspotFault } from './fault.ts';
import { personProperties } from './map.ts';
import { type HubspotObject, objectBatch } from './shapes.ts';

/** The address without case and blanks; undefined when it is none. */
export function addressIn(typed: string): string | undefined {
  const email = typed.trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(email) ? email : undefined;
}

/** Contacts by primary or further address, which is what HubSpot's own id property for contacts matches. */
export async function findByEmail({ client }: Desk, email: string): Promise<Result<HubspotObject[], HubspotFault>> {
  const read = await client.send('POST', '/crm/objects/2026-09/contacts/batch/read', objectBatch, {
    idProperty: 'email',
    inputs: [{ id: email }],
    properties: [...personProperties, 'hs_additional_emails'],
    propertiesWithHistory: [],
  });
  return read.ok ? ok(read.value.results.filter((one) => hasAddress(one, email))) : read;
}

export const hasAddress = ({ properties: { email: first, hs_additional_emails: more } }: HubspotObject, email: string): boolean =>
  [first ?? '', ...(more ?? '').split(';')].some((one) => one.trim().toLowerCase() === email);

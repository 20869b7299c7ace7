import { lookups, type Ours, pickPerson, sharedName } from '../../shared/act/pick-person.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import { chosenFor } from '../act/known/store.ts';
import type { Connected } from '../act/plan.ts';
import type { Caller } from '../capture/calls.ts';
import type { LineAccount } from '../capture/line-routes.ts';
import * as calls from '../capture/store.ts';
import { settlePerson } from '../db/settle-person.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { CrmPerson } from '../ports/crm.ts';
import { crmReads } from './crm-reads.ts';
import { latelyLineAccountOf } from './telephony.ts';

export const hashOf = (tenantId: string, address: string) => sha256Hex(`${tenantId}\n${address}`);
const oursOf = (lines: LineAccount['lines']): Ours => ({
  emails: lines.map(({ email }) => email),
  numbers: lines.flatMap(({ number, dial }) => [number, dial]),
});

/** Whose number rings. With several people behind it the likeliest record is shown, and who it was is asked after the call. */
export async function whoRings(
  parts: Parts,
  account: Pick<LineAccount, 'tenantId' | 'crmConnectionId' | 'lines'>,
  number: string,
): Promise<Caller> {
  const nobody: Caller = { record: null, contact: null, name: number, email: null, emails: [] };
  const ours = oursOf(account.lines);
  const on = { tenantId: account.tenantId, connectionId: account.crmConnectionId };
  const [lookup] = lookups({ number }, ours);
  if (!lookup) return nobody;
  const [found, chosen] = await Promise.all([
    crmReads(parts).findPeople(on, lookup),
    hashOf(on.tenantId, number).then((hash) => chosenFor(parts.db, on.tenantId, on.connectionId, hash)),
  ]);
  // A CRM that is away never holds up a ringing phone.
  const emails = found.ok ? found.value.flatMap(({ email }) => email ?? []) : null;
  const picked = found.ok ? pickPerson(found.value, chosen, ours) : ({ is: 'nobody' } as const);
  if (picked.is === 'one') {
    const { ref, deal, name, email } = picked.person;
    return { record: deal ?? ref, contact: ref, name, email: email ?? null, emails: email === undefined ? [] : [email] };
  }
  const [likeliest] = picked.is === 'several' ? picked.people : [];
  if (picked.is === 'nobody' || !likeliest) return { ...nobody, emails };
  return { record: likeliest.deal ?? likeliest.ref, contact: null, name: sharedName(picked.people) ?? number, email: null, emails };
}

interface Found {
  people: CrmPerson[];
  addressHashes: string[];
}

interface Addresses {
  lookups: ReturnType<typeof lookups>;
  ours: Ours;
}

/** Where the customer of a call may be found, best first; null when nobody has to be looked for. */
export async function addressesOf(parts: Parts, on: Connected, call: calls.CallRow | null): Promise<Addresses | null> {
  if (!call || call.contactId !== null) return null;
  const number = call.direction === 'inbound' ? call.fromNumber : call.toNumber;
  if (number === null && call.customerEmail === null) return null;
  const ours = oursOf((await latelyLineAccountOf(parts, on.tenantId))?.lines ?? []);
  const asked = lookups({ email: call.customerEmail, number }, { ...ours, emails: [...ours.emails, call.repEmail] });
  return asked.length === 0 ? null : { lookups: asked, ours };
}

/** Who has one of these addresses; `byEmail` when the CRM was asked for that one already. */
export async function whoWasOn(
  parts: Parts,
  on: Connected,
  addresses: Addresses | null,
  byEmail?: readonly CrmPerson[],
): Promise<Result<Found>> {
  for (const lookup of addresses?.lookups ?? []) {
    const found = lookup.by === 'email' && byEmail ? ok([...byEmail]) : await crmReads(parts).findPeople(on, lookup);
    if (!found.ok) return found;
    const hash = await hashOf(on.tenantId, lookup.value);
    // Nobody has to be chosen among one.
    const chosen = found.value.length > 1 ? await chosenFor(parts.db, on.tenantId, on.connectionId, hash) : null;
    const picked = pickPerson(found.value, chosen, addresses?.ours ?? oursOf([]));
    if (picked.is === 'one') return ok({ people: [picked.person], addressHashes: [hash] });
    if (picked.is === 'several') return ok({ people: picked.people, addressHashes: [hash] });
  }
  return ok({ people: [], addressHashes: [] });
}

/** False when nobody with this id may have been on the call. */
export async function settleWho(
  parts: Parts,
  on: Connected,
  callId: string,
  { personId, by, byName, at, requestId }: { personId: string; by: string; byName: string | null; at: string; requestId: string },
): Promise<boolean> {
  const found = await whoWasOn(parts, on, await addressesOf(parts, on, await calls.callOf(parts.db, on.tenantId, callId)));
  const person = found.ok ? found.value.people.find(({ ref }) => ref.id === personId) : undefined;
  if (!found.ok || !person) return false;
  await settlePerson(parts.db, on.tenantId, {
    callId,
    connectionId: on.connectionId,
    record: person.deal ?? person.ref,
    contact: { ref: person.ref, name: person.name, email: person.email ?? null },
    addressHashes: found.value.addressHashes,
    by,
    byName,
    at: new Date(at),
    requestId,
  });
  return true;
}

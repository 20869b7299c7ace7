import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Before, BeforeAsk, CrmPerson } from '../../ports/crm.ts';
import type { Desk } from './desk.ts';
import { type HubspotFault, isWorthWaiting } from './fault.ts';
import { addressIn, findByEmail, hasAddress } from './find-by-email.ts';
import { callProperties, newestCalls, sameCallOf, tellsOthers } from './logged-call.ts';
import { nameOf, personOf, personProperties, recordProperties, typeOf } from './map.ts';
import { fieldsOf } from './read-fields.ts';
import { type HubspotObject, type HubspotWithTies, objectWithTies } from './shapes.ts';

type Type = 'deals' | 'contacts' | 'companies';
type Asked<T> = Promise<Result<T, HubspotFault>>;

const withEmails = [...personProperties, 'hs_additional_emails'];

/**
 * A record with its people and fields, another product's record of the call and who has the customer's address. First the record, and
 * beside it the call's contact, with the ids of what is tied to them; then what these ids stand for, as far as it is not known.
 */
export async function before(desk: Desk, ask: BeforeAsk): Asked<Before> {
  const type = typeOf(ask.record.object);
  if (!type) return failed({ kind: 'gone', status: 404, said: 'HubSpot leads are not read.' });
  const looksForCall = ask.call !== undefined && tellsOthers(desk);
  const caller = looksForCall ? callerIn(ask) : undefined;
  const [read, contact] = await Promise.all([
    readTied(desk, type, ask.record.id, recordProperties[type], ask.fields, looksForCall),
    caller === undefined ? undefined : readTied(desk, 'contacts', caller, [], [], true),
  ]);
  if (!read.ok) return read;
  // A contact that is gone has no calls.
  if (contact && !contact.ok && isWorthWaiting(contact.fault)) return contact;
  const known = [...(type === 'contacts' ? [read.value] : []), ...(contact?.ok ? [contact.value] : [])];

  const [people, calls, stages, fields] = await Promise.all([
    peopleOf(desk, type, read.value, known),
    looksForCall
      ? callsOf(desk, [{ type, of: read.value }, ...(contact?.ok ? [{ type: 'contacts' as const, of: contact.value }] : [])], ask.ours)
      : ok([]),
    type === 'deals' ? desk.definitions.stages(read.value.properties.pipeline ?? 'default') : ok([]),
    fieldsOf(desk, type, read.value, ask.fields),
  ]);
  if (!people.ok) return people;
  if (!calls.ok) return calls;
  if (!stages.ok) return stages;
  if (!fields.ok) return fields;
  const found = await peopleWith(desk, ask.email, people.value);
  if (!found.ok) return found;

  const { hubspot_owner_id: ownerId, dealstage } = read.value.properties;
  const ref: RecordRef = { object: ask.record.object, id: read.value.id };
  return ok({
    record: {
      ref,
      name: nameOf(read.value),
      ...(ownerId ? { ownerId } : {}),
      ...(type === 'deals' && dealstage ? { stageId: dealstage } : {}),
      stages: stages.value,
      people: people.value.map(personOf),
    },
    fields: fields.value,
    loggedCall: ask.call ? sameCallOf(desk, ask.call, calls.value) : null,
    people: found.value,
  });
}

/** The contact of the call, unless that is the record. */
function callerIn({ record, call }: BeforeAsk): string | undefined {
  const contact = call?.contact;
  return contact?.object === 'contact' && contact.id !== record.id ? contact.id : undefined;
}

function readTied(
  { client }: Desk,
  type: Type,
  id: string,
  properties: readonly string[],
  fields: readonly string[],
  withCalls: boolean,
): Asked<HubspotWithTies> {
  const ties = [...(type === 'contacts' ? [] : ['contacts']), ...(withCalls ? ['calls'] : [])];
  const own = type === 'contacts' ? withEmails : properties;
  const names = (list: readonly string[]) => [...new Set(list)].map(encodeURIComponent).join(',');
  const asked = [
    `properties=${names([...own, ...properties, ...fields])}`,
    ...(fields.length > 0 ? [`propertiesWithHistory=${names(fields)}`] : []),
    ...(ties.length > 0 ? [`associations=${ties.join(',')}`] : []),
  ];
  return client.send('GET', `/crm/objects/2026-09/${type}/${encodeURIComponent(id)}?${asked.join('&')}`, objectWithTies);
}

/** The contacts of a record, in HubSpot's order; a contact is its own. */
async function peopleOf({ reads }: Desk, type: Type, record: HubspotWithTies, known: readonly HubspotObject[]): Asked<HubspotObject[]> {
  if (type === 'contacts') return ok([record]);
  const ids = tiedTo(record, 'contacts');
  const missing = ids.filter((id) => !known.some((one) => one.id === id));
  const read = await reads.many('contacts', missing, withEmails);
  if (!read.ok) return read;
  const all = new Map([...known, ...read.value].map((one) => [one.id, one]));
  return ok(ids.flatMap((id) => all.get(id) ?? []));
}

async function callsOf(
  { reads }: Desk,
  on: readonly { type: Type; of: HubspotWithTies }[],
  ours: readonly string[],
): Asked<HubspotObject[]> {
  const ids = new Set(on.flatMap(({ of }) => tiedTo(of, 'calls')));
  for (const { type, of } of on) {
    if (of.associations?.calls?.paging === undefined) continue;
    const more = await reads.ties(type, [of.id], 'calls');
    if (!more.ok) return more;
    for (const id of more.value.get(of.id) ?? []) ids.add(id);
  }
  for (const id of ours) ids.delete(id);
  const read = await reads.many('calls', newestCalls(ids), callProperties);
  // Where we may not see calls there are none for us.
  return read.ok || isWorthWaiting(read.fault) ? read : ok([]);
}

/** Who has the address; contacts do not share one, so nobody else is looked for when somebody on the record has it. */
async function peopleWith(desk: Desk, typed: string | undefined, tied: readonly HubspotObject[]): Asked<CrmPerson[]> {
  const email = addressIn(typed ?? '');
  if (email === undefined) return ok([]);
  const own = tied.filter((one) => hasAddress(one, email));
  if (own.length > 0) return ok(own.map(personOf));
  const read = await findByEmail(desk, email);
  if (read.ok) return ok(read.value.map(personOf));
  return isWorthWaiting(read.fault) ? read : ok([]);
}

/** A tie with several labels comes once for each. */
const tiedTo = ({ associations }: HubspotWithTies, to: 'contacts' | 'calls'): string[] => [
  ...new Set(associations?.[to]?.results.map(({ id }) => id)),
];

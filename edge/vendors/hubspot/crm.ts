import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Crm, CrmPerson, CrmRecord, Reach } from '../../ports/crm.ts';
import { before } from './before.ts';
import { type HubspotAccess, hubspotClient } from './client.ts';
import { definitions, type Portals } from './definitions.ts';
import type { Desk } from './desk.ts';
import { plain } from './fault.ts';
import { addressIn, findByEmail } from './find-by-email.ts';
import { loggedCall } from './logged-call.ts';
import { personOf, personProperties, typeOf } from './map.ts';
import { hasNumber, isE164, phoneSearch } from './phone.ts';
import { hubspotReads, openDeals } from './read.ts';
import { readFields, whereIs } from './read-fields.ts';
import { found, type HubspotObject, type HubspotOwner, ownerList } from './shapes.ts';
import { write } from './write.ts';

/** A write that was let in is done by then, as a rule. */
const LOOK_AFTER_MS = 2_000;

type HubspotCrmAccess = HubspotAccess & {
  effectOnce?: boolean;
  appId?: string;
  account?: string;
  known?: Portals;
  /** 2 s unless given. */
  lookAfterMs?: number;
};

/**
 * HubSpot as a Crm, on the dated API `/2026-09/`. `api` is `https://api.hubapi.com` or a twin's origin.
 * `effectOnce: false` (from `prepareHubspot`) means the portal could not take our unique property. `appId` tells our values from others'.
 * `account` (the portal's id) lets pipelines, labels and names be remembered for some minutes, in one place for all unless `known` is given.
 */
export function hubspotCrm(access: HubspotCrmAccess): Crm {
  // A client a method, so that each ends in time.
  const open = (): Desk => {
    const client = hubspotClient(access);
    return {
      client,
      reads: hubspotReads(client),
      definitions: definitions(client, access.account, access.known),
      effectOnce: access.effectOnce ?? true,
      appId: access.appId,
      lookAfterMs: access.lookAfterMs ?? LOOK_AFTER_MS,
    };
  };
  return {
    effectOnce: access.effectOnce ?? true,

    async findByPhone(number) {
      if (!isE164(number)) return ok([]);
      const desk = open();
      const search = await desk.client.send('POST', '/crm/objects/2026-09/contacts/search', found, phoneSearch(number, personProperties));
      if (!search.ok) return search;
      const people = search.value.results.filter((contact) => hasNumber(contact, number));
      return withDeals(desk, people);
    },

    record: (ref) => record(open(), ref),

    async reach(user, ref) {
      const nothing: Reach = { owner: false, team: false, any: false };
      const { client, reads } = open();
      const listed = await client.send('GET', `/crm/owners/2026-09?email=${encodeURIComponent(user.email)}&limit=10`, ownerList);
      if (!listed.ok) return listed;
      const known = listed.value.results.find((one) => String(one.userId) === user.id && one.archived !== true);
      const type = typeOf(ref.object);
      if (!known || !type) return ok(nothing);
      const read = await reads.one(type, ref.id, ['hubspot_owner_id', 'hubspot_team_id']);
      if (!read.ok) return read;
      const { hubspot_owner_id: ownerId, hubspot_team_id: teamId } = read.value.properties;
      const owner = ownerId === known.id;
      return ok({ owner, team: owner || inTeam(known, teamId), any: true });
    },

    write: (changes, ref) => write(open(), changes, ref),
    findByEmail: (email) => peopleByEmail(open(), email),
    loggedCall: async (ask) => bare(await loggedCall(open(), ask)),
    fields: async (ref, names) => bare(await readFields(open(), ref, names)),
    before: async (ask) => bare(await before(open(), ask)),
    whereIs: async (ref) => bare(await whereIs(open(), ref)),

    async nameOf(userId) {
      if (!/^\d{1,20}$/.test(userId)) return ok(null);
      const read = await open().definitions.nameOf(userId);
      if (!read.ok) return read.fault.kind === 'gone' ? ok(null) : failed(plain(read.fault));
      return ok(read.value ?? null);
    },
  };
}

/** By primary or further address. */
async function peopleByEmail(desk: Desk, typed: string): Promise<Result<CrmPerson[]>> {
  const email = addressIn(typed);
  if (email === undefined) return ok([]);
  const read = await findByEmail(desk, email);
  return read.ok ? withDeals(desk, read.value) : read;
}

/** The people with their open deals, best first. They come with the last touched first. */
async function withDeals({ reads }: Desk, people: HubspotObject[]): Promise<Result<CrmPerson[]>> {
  if (people.length === 0) return ok([]);
  const deals = await openDeals(
    reads,
    people.map(({ id }) => id),
  );
  if (!deals.ok) return deals;
  const openOf = (id: string) => deals.value.get(id) ?? [];
  // A stable sort keeps the order among those with an open deal and those without.
  people.sort((a, b) => Number(openOf(b.id).length > 0) - Number(openOf(a.id).length > 0));
  return ok(
    people.map((contact): CrmPerson => {
      const [deal, ...more] = openOf(contact.id);
      // With two open deals nobody can say which one the call is about.
      return { ...personOf(contact), ...(deal && more.length === 0 ? { deal: { object: 'deal', id: deal } } : {}) };
    }),
  );
}

async function record(desk: Desk, ref: RecordRef): Promise<Result<CrmRecord>> {
  const read = await before(desk, { record: ref, fields: [], ours: [] });
  return read.ok ? ok(read.value.record) : read;
}

const inTeam = (user: HubspotOwner, teamId: string | null | undefined) =>
  Boolean(teamId) && (user.teams ?? []).some(({ id }) => id === teamId);

const bare = <T>(result: Result<T>): Result<T> => (result.ok ? result : failed(plain(result.fault)));

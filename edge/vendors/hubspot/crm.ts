import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Crm, CrmPerson, CrmRecord, Reach } from '../../ports/crm.ts';
import { type HubspotAccess, type HubspotClient, hubspotClient } from './client.ts';
import { nameOf, personProperties, recordProperties, stagesOf, typeOf } from './map.ts';
import { hasNumber, isE164, phoneSearch } from './phone.ts';
import { associated, type HubspotReads, hubspotReads, openDeals } from './read.ts';
import { found, type HubspotObject, type HubspotOwner, ownerList, pipeline } from './shapes.ts';
import { moveStage, writeActivity } from './write.ts';

/**
 * HubSpot as a Crm, on the dated API `/2026-09/`. `api` is `https://api.hubapi.com` or a twin's origin.
 * `effectOnce: false` (from `prepareHubspot`) means the portal could not take our unique property.
 */
export function hubspotCrm(access: HubspotAccess & { effectOnce?: boolean }): Crm {
  // A client a method, so that each ends in time.
  const open = () => {
    const client = hubspotClient(access);
    return { client, reads: hubspotReads(client) };
  };
  return {
    async findByPhone(number) {
      if (!isE164(number)) return ok([]);
      const { client, reads } = open();
      const search = await client.send('POST', '/crm/objects/2026-09/contacts/search', found, phoneSearch(number, personProperties));
      if (!search.ok) return search;
      const people = search.value.results.filter((contact) => hasNumber(contact, number));
      if (people.length === 0) return ok([]);
      const deals = await openDeals(
        reads,
        people.map(({ id }) => id),
      );
      if (!deals.ok) return deals;
      const openOf = (id: string) => deals.value.get(id) ?? [];
      // Search put the last touched first; a stable sort keeps that among those with an open deal and those without.
      people.sort((a, b) => Number(openOf(b.id).length > 0) - Number(openOf(a.id).length > 0));
      return ok(people.map((contact) => personOf(contact, openOf(contact.id))));
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

    async write(change, on, key) {
      const { client, reads } = open();
      if (change.kind === 'move-stage') return moveStage(client, reads, change, on.record);
      return writeActivity(client, reads, change, on, key, access.effectOnce ?? true);
    },
  };
}

async function record({ client, reads }: { client: HubspotClient; reads: HubspotReads }, ref: RecordRef): Promise<Result<CrmRecord>> {
  const type = typeOf(ref.object);
  if (!type) return failed({ kind: 'gone', said: 'HubSpot leads are not read.' });
  const [read, people] = await Promise.all([
    reads.one(type, ref.id, recordProperties[type]),
    type === 'contacts' ? ok([]) : associated(reads, type, ref.id, 'contacts', personProperties),
  ]);
  if (!read.ok) return read;
  if (!people.ok) return people;
  const { hubspot_owner_id: ownerId, dealstage, pipeline: pipelineId } = read.value.properties;
  const stages =
    type === 'deals'
      ? await client.send('GET', `/crm/pipelines/2026-09/deals/${encodeURIComponent(pipelineId ?? 'default')}`, pipeline)
      : undefined;
  if (stages && !stages.ok) return stages;
  const persons = type === 'contacts' ? [read.value] : people.value;
  return ok({
    ref,
    name: nameOf(read.value),
    ...(ownerId ? { ownerId } : {}),
    ...(type === 'deals' && dealstage ? { stageId: dealstage } : {}),
    stages: stages ? stagesOf(stages.value) : [],
    people: persons.map((one) => ({
      ref: { object: 'contact', id: one.id },
      name: nameOf(one),
      ...(one.properties.email ? { email: one.properties.email } : {}),
    })),
  });
}

/** With two open deals nobody can say which one the call is about. */
const personOf = (contact: HubspotObject, open: readonly string[]): CrmPerson => ({
  ref: { object: 'contact', id: contact.id },
  name: nameOf(contact),
  ...(contact.properties.email ? { email: contact.properties.email } : {}),
  ...(open.length === 1 && open[0] ? { deal: { object: 'deal', id: open[0] } } : {}),
});

const inTeam = (user: HubspotOwner, teamId: string | null | undefined) =>
  Boolean(teamId) && (user.teams ?? []).some(({ id }) => id === teamId);

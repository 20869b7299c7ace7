import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmCalendar, CrmMeeting } from '../../ports/crm-calendar.ts';
import { type HubspotAccess, hubspotClient } from './client.ts';
import type { HubspotFault } from './fault.ts';
import { hubspotReads } from './read.ts';
import { found, ownerList } from './shapes.ts';

const MEETINGS_MAX = 50;
const OWNERS_MAX = 500;
const CALLED_OFF = ['CANCELED', 'COMPLETED', 'NO_SHOW'];

/** Meetings on the portal's records. A record that a meeting was tied to is found by association, its host among the portal's owners. */
export const hubspotCalendar = (access: HubspotAccess): CrmCalendar => ({
  async between(from, to) {
    const client = hubspotClient(access);
    const search = await client.send('POST', '/crm/objects/2026-09/meetings/search', found, {
      filterGroups: [
        { filters: [{ propertyName: 'hs_meeting_start_time', operator: 'BETWEEN', value: millis(from), highValue: millis(to) }] },
      ],
      properties: ['hs_meeting_start_time', 'hs_meeting_outcome', 'hubspot_owner_id'],
      sorts: ['hs_meeting_start_time'],
      limit: MEETINGS_MAX,
      after: '0',
      query: '',
    });
    if (!search.ok) return plain(search);
    const planned = search.value.results.filter(({ properties }) => !CALLED_OFF.includes(properties.hs_meeting_outcome ?? ''));
    if (planned.length === 0) return ok([]);
    const reads = hubspotReads(client);
    const ids = planned.map(({ id }) => id);
    const [deals, contacts, owners] = await Promise.all([
      reads.ties('meetings', ids, 'deals'),
      reads.ties('meetings', ids, 'contacts'),
      client.send('GET', `/crm/owners/2026-09?limit=${OWNERS_MAX}`, ownerList),
    ]);
    if (!deals.ok) return plain(deals);
    if (!contacts.ok) return plain(contacts);
    if (!owners.ok) return plain(owners);
    return ok(
      planned.flatMap(({ id, properties }): CrmMeeting[] => {
        const startsMs = Date.parse(properties.hs_meeting_start_time ?? '');
        if (Number.isNaN(startsMs)) return [];
        const host = owners.value.results.find((owner) => owner.id === properties.hubspot_owner_id);
        return [
          {
            id,
            startsAt: new Date(startsMs).toISOString(),
            about: [
              ...(deals.value.get(id) ?? []).map((dealId) => ({ object: 'deal' as const, id: dealId })),
              ...(contacts.value.get(id) ?? []).map((contactId) => ({ object: 'contact' as const, id: contactId })),
            ],
            host: host?.userId === undefined ? null : { id: String(host.userId), email: host.email ?? '' },
          },
        ];
      }),
    );
  },
});

/** Searching compares times in milliseconds. */
const millis = (iso: string): string => String(Date.parse(iso));
const plain = ({ fault }: { ok: false; fault: HubspotFault }): Result<never> => failed({ kind: fault.kind, said: fault.said });

import { cast } from '../cast.ts';
import type { Hubspot } from '../hubspot/protocol.ts';
import type { TimelineItem, TimelineView } from './hubspot/timeline.ts';

const kinds = { calls: 'call', notes: 'note', tasks: 'task' } as const;

/** The deal as HubSpot's own record page would show it, read from the twin. */
export function hubspotTimeline(state: Hubspot['state'], timeline: Hubspot['timeline']): TimelineView {
  const { dealId, contactId, companyId } = cast.hubspot;
  const deal = state.rows.deals[dealId]?.properties ?? {};
  const contact = state.rows.contacts[contactId]?.properties ?? {};
  const company = state.rows.companies[companyId]?.properties ?? {};
  const pipeline = state.pipelines.find(({ id }) => id === (deal['pipeline'] ?? 'default'));
  const nameOf = (ownerId: string | undefined) => {
    const owner = state.owners.find(({ id }) => id === ownerId);
    return owner ? `${owner.firstName} ${owner.lastName}` : '';
  };
  const items = timeline('deals', dealId).map((entry): TimelineItem => {
    const owner = nameOf(entry.ownerId);
    return {
      id: entry.id,
      kind: kinds[entry.type],
      title: entry.title,
      body: entry.body,
      at: entry.at,
      ...(entry.type === 'tasks' ? { due: entry.at } : {}),
      ...(owner ? { owner } : {}),
    };
  });
  return {
    deal: {
      id: dealId,
      name: deal['dealname'] ?? '',
      amount: Number(deal['amount'] ?? 0),
      stageId: deal['dealstage'] ?? '',
      stages: (pipeline?.stages ?? []).map(({ id, label, metadata }) => ({
        id,
        label,
        ...(metadata.isClosed === 'true' ? { closed: true } : {}),
      })),
      owner: nameOf(deal['hubspot_owner_id']),
      ...(deal['closedate'] ? { closeDate: deal['closedate'] } : {}),
    },
    company: { id: companyId, name: company['name'] ?? '', ...(company['domain'] ? { domain: company['domain'] } : {}) },
    contacts: [
      {
        id: contactId,
        name: `${contact['firstname'] ?? ''} ${contact['lastname'] ?? ''}`.trim(),
        ...(contact['jobtitle'] ? { title: contact['jobtitle'] } : {}),
        ...(contact['email'] ? { email: contact['email'] } : {}),
        ...(contact['phone'] ? { phone: contact['phone'] } : {}),
      },
    ],
    items,
  };
}

import { cast } from './cast.ts';
import type { Hubspot } from './hubspot/protocol.ts';
import type { SalesforceTwin } from './salesforce/protocol.ts';

/** What stands in a CRM after a call, by id; empty until it is there, associated and complete. */
export interface Written {
  call: string;
  note: string;
  task: string;
  stage: string;
}

/** Reads the deal's own timeline: an activity counts when the contact shows it too, a task when it has an owner and a due date. */
export function readBackHubspot(twin: Pick<Hubspot, 'timeline' | 'state'>): Written {
  const { dealId, contactId, rep } = cast.hubspot;
  const onContact = new Set(twin.timeline('contacts', contactId).map((entry) => entry.id));
  const both = twin.timeline('deals', dealId).filter((entry) => onContact.has(entry.id));
  const idOf = (type: 'calls' | 'notes' | 'tasks') => both.find((entry) => entry.type === type)?.id ?? '';
  const task = both.find((entry) => entry.type === 'tasks' && entry.ownerId === rep.ownerId && entry.at !== '');
  return {
    call: idOf('calls'),
    note: idOf('notes'),
    task: task?.id ?? '',
    stage: twin.state.rows.deals[dealId]?.properties['dealstage'] ?? '',
  };
}

/** Reads the opportunity's activity timeline in the same way. */
export function readBackSalesforce(twin: Pick<SalesforceTwin, 'timeline' | 'row'>): Written {
  const { opportunityId, contactId } = cast.salesforce;
  const onContact = new Set(twin.timeline(contactId).map((entry) => entry.id));
  const both = twin.timeline(opportunityId).filter((entry) => onContact.has(entry.id));
  const call = both.find((entry) => entry.kind === 'Call');
  const note = both.find((entry) => entry.kind !== 'Call' && !entry.open);
  const task = both.find((entry) => entry.open && entry.due !== '' && entry.owner === cast.rep.name);
  return {
    call: call?.id ?? '',
    note: note?.id ?? '',
    task: task?.id ?? '',
    stage: String(twin.row('Opportunity', opportunityId)?.['StageName'] ?? ''),
  };
}

import { cast } from '../cast.ts';
import type { SalesforceTwin } from '../salesforce/protocol.ts';
import type { TimelineItem, TimelineView } from './lightning/timeline-view.ts';

/** The opportunity as Lightning's own record page would show it, read from the twin. */
export function lightningTimeline(twin: SalesforceTwin): TimelineView {
  const { opportunityId, accountId, contactId } = cast.salesforce;
  const text = (row: Record<string, unknown> | undefined, field: string) => String(row?.[field] ?? '');
  const deal = twin.row('Opportunity', opportunityId);
  const account = twin.row('Account', accountId);
  const contact = twin.row('Contact', contactId);
  const owner = twin.row('User', text(deal, 'OwnerId'));
  const stages = twin
    .rows('OpportunityStage')
    .sort((a, b) => Number(a['SortOrder']) - Number(b['SortOrder']))
    .map((stage) => text(stage, 'MasterLabel'));
  const kindOf = (kind: string, open: boolean): TimelineItem['kind'] => (kind === 'Call' ? 'call' : open ? 'task' : 'note');
  return {
    record: {
      name: text(deal, 'Name'),
      account: text(account, 'Name'),
      amount: Number(deal?.['Amount'] ?? 0),
      closeDate: text(deal, 'CloseDate'),
      stage: text(deal, 'StageName'),
      owner: `${text(owner, 'FirstName')} ${text(owner, 'LastName')}`.trim(),
      nextStep: text(deal, 'NextStep'),
    },
    stages,
    contacts: [
      {
        name: text(contact, 'Name') || `${text(contact, 'FirstName')} ${text(contact, 'LastName')}`,
        title: text(contact, 'Title'),
        email: text(contact, 'Email'),
        phone: text(contact, 'Phone'),
      },
    ],
    items: twin.timeline(opportunityId).map((entry) => ({
      id: entry.id,
      kind: kindOf(entry.kind, entry.open),
      subject: entry.subject,
      body: entry.body,
      at: entry.due || entry.createdAt,
      who: entry.owner,
      done: !entry.open,
    })),
  };
}

import { cast } from '../cast.ts';
import type { Sandbox } from '../start.ts';
import type { Account } from './world.ts';

/** What a person would find in the CRM of one account. */
export interface Found {
  activities: { id: string; kind: 'call' | 'note' | 'task'; text: string; dealIds: string[] }[];
  deals: Map<string, FoundDeal>;
}
export interface FoundDeal {
  stage: string;
  amount: string;
  /** Values of the stage in the order in which they were set. */
  stages: { value: string; byUs: boolean }[];
}

export const readCrm = (sandbox: Sandbox, account: Account): Found =>
  account.host === 'hubspot' ? ofHubspot(sandbox, account) : ofSalesforce(sandbox, account);

function ofHubspot({ hubspot }: Sandbox, { externalId, deals }: Account): Found {
  const portal = hubspot.portal(Number(externalId));
  const { rows } = portal.state;
  const dealsOf = new Map<string, string[]>();
  for (const dealId of deals)
    for (const { type, id } of portal.timeline('deals', dealId))
      dealsOf.set(`${type}/${id}`, [...(dealsOf.get(`${type}/${id}`) ?? []), dealId]);
  const activities = (['calls', 'notes', 'tasks'] as const).flatMap((type) =>
    Object.values(rows[type])
      .filter((row) => !row.archived)
      .map((row) => ({
        id: row.id,
        kind: ({ calls: 'call', notes: 'note', tasks: 'task' } as const)[type],
        text: Object.values(row.properties).join(' '),
        dealIds: dealsOf.get(`${type}/${row.id}`) ?? [],
      })),
  );
  const found = new Map<string, FoundDeal>();
  for (const dealId of deals) {
    const row = rows.deals[dealId];
    if (!row) continue;
    const past = row.history?.['dealstage'] ?? [];
    found.set(dealId, {
      stage: row.properties['dealstage'] ?? '',
      amount: row.properties['amount'] ?? '',
      stages: past.slice(1).map(({ value, by }) => ({ value, byUs: by.type === 'INTEGRATION' })),
    });
  }
  return { activities, deals: found };
}

function ofSalesforce({ salesforce }: Sandbox, { externalId, deals }: Account): Found {
  const org = salesforce.org(externalId);
  const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
  const activities = org.rows('Task').map((row) => ({
    id: text(row['Id']),
    kind: row['TaskSubtype'] === 'Call' ? ('call' as const) : row['Status'] === 'Completed' ? ('note' as const) : ('task' as const),
    text: `${text(row['Subject'])} ${text(row['Description'])}`,
    dealIds: deals.filter((dealId) => text(row['WhatId']).slice(0, 15) === dealId.slice(0, 15)),
  }));
  const found = new Map<string, FoundDeal>();
  const histories = org.rows('OpportunityFieldHistory').filter((row) => row['Field'] === 'StageName');
  for (const dealId of deals) {
    const row = org.row('Opportunity', dealId);
    if (!row) continue;
    const stages = histories
      .filter((one) => text(one['OpportunityId']).slice(0, 15) === dealId.slice(0, 15))
      .map((one) => ({
        value: text(one['NewValue']),
        byUs: text(one['CreatedById']).slice(0, 15) === cast.salesforce.integrationUser.id.slice(0, 15),
      }));
    found.set(dealId, { stage: text(row['StageName']), amount: text(row['Amount']), stages });
  }
  return { activities, deals: found };
}

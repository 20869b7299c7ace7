import { hubspotCard, requestId, salesforceCard, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import type { Sandbox } from '../start.ts';
import type { Account } from '../torture/world.ts';

/** Both customers of a sandbox, each with its one deal and a dialler that hands calls over. */
export async function openAccounts(sandbox: Sandbox): Promise<Account[]> {
  const both = [
    { host: 'hubspot', externalId: String(cast.hubspot.portalId), card: hubspotCard(sandbox), deals: [cast.hubspot.dealId] },
    {
      host: 'salesforce',
      externalId: cast.salesforce.orgId,
      card: salesforceCard(sandbox, cast.salesforce.integrationUser.id),
      deals: [cast.salesforce.opportunityId],
    },
  ] as const;
  const accounts: Account[] = [];
  for (const [n, account] of both.entries()) {
    const source = unwrap<Account['source']>(await account.card.post('/v1/settings/call-source', { requestId: requestId() }));
    accounts.push({ ...account, n, deals: [...account.deals], source });
  }
  return accounts;
}

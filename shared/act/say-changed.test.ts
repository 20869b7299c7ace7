import { expect, test } from 'vitest';
import { sayChanged } from './say-changed.ts';

test.each([
  [
    'Amount',
    'HubSpot',
    { who: 'Dana Whitfield', at: '2026-11-03T10:00:00Z' },
    'Dana Whitfield changed the amount in HubSpot on 3 November.',
  ],
  ['MRR', 'HubSpot', { at: '2026-11-03T10:00:00Z' }, 'Somebody changed the MRR in HubSpot on 3 November.'],
  ['Next step', 'Salesforce', { at: '2026-11-03T23:00:00.000-0500' }, 'Somebody changed the next step in Salesforce on 4 November.'],
  ['Next Step (QA)', 'Salesforce', { at: '2026-11-03T10:00:00Z' }, 'Somebody changed the next step (QA) in Salesforce on 3 November.'],
  ['Close Date', 'Salesforce', { who: 'Ada Moreau' }, 'Ada Moreau changed the close date in Salesforce.'],
  ['iPad model', 'Salesforce', { at: 'soon' }, 'Somebody changed the iPad model in Salesforce.'],
] as const)('says who changed what, where and when: %s', (what, crm, author, said) => {
  expect(sayChanged(what, crm, author)).toBe(said);
});

import type { Excuse } from './conformance/report.ts';

/** Where a vendor's published description is wrong and its documentation is right. Printed with every run; each names its proof. */
export const excused: readonly Excuse[] = [
  {
    vendor: 'deepgram',
    operation: 'POST /v1/listen',
    said: 'content type audio/wav is not in the specification, which takes application/json',
    because:
      'The specification describes the address of a recording alone; the recording itself as the body is documented at developers.deepgram.com/docs/pre-recorded-audio ("Local file"), and is what Deepgram’s own SDK sends.',
  },
  {
    vendor: 'deepgram',
    operation: 'POST /v1/listen',
    said: 'query model must match exactly one schema in oneOf',
    because:
      'Its model is "one of these names" or "any text", exactly one of the two, which by the letter forbids every model that it names. nova-3 is named.',
  },
  {
    vendor: 'hubspot',
    operation: 'GET /crm/limits/2026-09/associations/labels',
    said: 'the specification has no such path',
    because:
      'The descriptions at hand leave the limits API out; HubSpot documents it under "CRM limits tracking" (association label limits). A portal that does not know it is taken for one without labels.',
  },
  {
    vendor: 'salesforce',
    operation: 'GET /services/data/v67.0/query',
    said: 'Lead has no field MobilePhone',
    because:
      'The org that jsforce’s types were made from did not show it; Salesforce lists Lead.MobilePhone (phone, 40) in its Salesforce Field Reference Guide, "Lead".',
  },
];

/** What the app asks for; the app's own manifest says the same, and a test holds the two together. */
export const scopes = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.companies.read',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.deals.read',
  'crm.objects.owners.read',
] as const;

/** Makes the unique property our writes are keyed by. An admin may refuse it; writes are then looked up before they are repeated. */
export const optionalScopes = ['crm.schemas.contacts.write'] as const;

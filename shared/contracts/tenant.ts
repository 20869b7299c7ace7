import * as z from 'zod/mini';

/** A host shows our cards and holds the CRM. */
export const host = z.enum(['hubspot', 'salesforce']);
export type Host = z.infer<typeof host>;

/** Everything a tenant can be connected to. A new vendor adds one word here. */
export const provider = z.enum(['hubspot', 'salesforce', 'twilio', 'zoom', 'graph', 'webhook']);
export type Provider = z.infer<typeof provider>;

/** Who may see what was said on a record's calls, beyond what the CRM itself refuses. */
export const sharing = z.enum(['owner', 'team', 'everyone']);
export type Sharing = z.infer<typeof sharing>;

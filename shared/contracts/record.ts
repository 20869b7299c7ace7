import * as z from 'zod/mini';

/** A CRM record in words both hosts share: `deal` is an Opportunity, `company` an Account in Salesforce. */
export const recordObject = z.enum(['deal', 'contact', 'company', 'lead']);
export type RecordObject = z.infer<typeof recordObject>;

/** HubSpot ids are digits, Salesforce ids 15 or 18 letters and digits. */
export const recordId = z.string().check(z.regex(/^[A-Za-z0-9]{1,32}$/));

export const recordRef = z.object({ object: recordObject, id: recordId });
export type RecordRef = z.infer<typeof recordRef>;

/** One stage of the deal's own pipeline; `id` is the exact value the CRM stores. */
export const stage = z.object({
  id: z.string(),
  label: z.string(),
  /** 0..1 chance of winning, as the CRM says. */
  probability: z.number(),
  closed: z.boolean(),
});
export type Stage = z.infer<typeof stage>;

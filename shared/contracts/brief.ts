import * as z from 'zod/mini';
import { recordRef } from './record.ts';
import { evidence } from './transcript.ts';

/** Where a line of a brief comes from. Times are ISO 8601. */
export const briefSource = z.discriminatedUnion('from', [
  /** A call that the viewer may see; `at` is when it began. */
  z.object({ from: z.literal('call'), callId: z.string(), at: z.string(), evidence: z.optional(evidence) }),
  /** A field of the record, by the name people know it by; `at` is when we read it. */
  z.object({ from: z.literal('crm'), field: z.string(), at: z.string() }),
  /** Dates and counts of the record's calls, up to then. */
  z.object({ from: z.literal('dates'), at: z.string() }),
  /** Who here spoke with whom, up to then. */
  z.object({ from: z.literal('contacts'), at: z.string() }),
  /** A selling method's own question; nobody has answered it on a call that the viewer may see. */
  z.object({ from: z.literal('method'), method: z.enum(['MEDDPICC', 'BANT', 'SPICED']), element: z.string() }),
]);
export type BriefSource = z.infer<typeof briefSource>;

export const briefLine = z.object({
  kind: z.enum(['stands', 'person', 'path', 'promise', 'risk', 'objection', 'changed', 'question']),
  text: z.string(),
  /** A promise whose day has passed. Whether somebody kept it, no call can say. */
  isOverdue: z.optional(z.literal(true)),
  sources: z.array(briefSource).check(z.minLength(1)),
});
export type BriefLine = z.infer<typeof briefLine>;

/** `GET /v1/record/:object/:id/brief` — what to know before a call, in the order it is of use; thirty seconds to read. */
export const briefView = z.object({
  record: recordRef,
  /** No call on this record was understood yet, as far as the viewer may see. */
  isFirst: z.boolean(),
  lines: z.array(briefLine).check(z.minLength(1), z.maxLength(12)),
  /** ISO 8601 */
  asOf: z.string(),
  /** The next meeting of this record within the hour, as the CRM's calendar has it; ISO 8601. */
  meetingAt: z.optional(z.string()),
  /** What is missing and why, in a sentence. */
  gap: z.optional(z.string()),
});
export type BriefView = z.infer<typeof briefView>;

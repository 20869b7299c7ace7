import * as z from 'zod/mini';
import { recordRef } from './record.ts';
import { evidence } from './transcript.ts';

/** One thing we would do to the CRM (or hand to the rep), before it happens. */
export const logCall = z.object({
  kind: z.literal('log-call'),
  title: z.string(),
  /** Plain text; line breaks are `\n`. Vendors escape it for their own markup. */
  body: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  startedAt: z.string(),
  durationMs: z.number(),
  fromNumber: z.optional(z.string()),
  toNumber: z.optional(z.string()),
  ownerId: z.optional(z.string()),
});
export const addNote = z.object({ kind: z.literal('add-note'), body: z.string(), at: z.string(), ownerId: z.optional(z.string()) });
export const addTask = z.object({
  kind: z.literal('add-task'),
  subject: z.string(),
  body: z.string(),
  /** ISO 8601 with offset. */
  dueAt: z.string(),
  ownerId: z.optional(z.string()),
});
export const moveStage = z.object({
  kind: z.literal('move-stage'),
  /** Exact CRM values; `from` is what stood there when we planned. */
  from: z.string(),
  to: z.string(),
  fromLabel: z.string(),
  toLabel: z.string(),
});
export const draftEmail = z.object({ kind: z.literal('draft-email'), to: z.array(z.string()), subject: z.string(), body: z.string() });

/** What the CRM itself is asked to do. */
export const crmWrite = z.discriminatedUnion('kind', [logCall, addNote, addTask, moveStage]);
export type CrmWrite = z.infer<typeof crmWrite>;

export const changeBody = z.discriminatedUnion('kind', [logCall, addNote, addTask, moveStage, draftEmail]);
export type ChangeBody = z.infer<typeof changeBody>;
export type ChangeKind = ChangeBody['kind'];

/** auto: written at once · suggest: waits for a person · never: shown, not offered. */
export const policy = z.enum(['auto', 'suggest', 'never']);
export type Policy = z.infer<typeof policy>;

/**
 * waiting → (approve) → due → writing → written
 *         → (approve an email) → approved      its bytes are frozen, ready to copy
 *         → declined · parked (shown with its reason, can be replayed) · superseded
 */
export const changeState = z.enum(['waiting', 'due', 'writing', 'written', 'approved', 'declined', 'parked', 'superseded']);
export type ChangeState = z.infer<typeof changeState>;

/** One item of a call's ChangeSet. `version` goes up with every edit; an approval names the version it saw. */
export const changeItem = z.object({
  id: z.string(),
  version: z.int(),
  record: recordRef,
  /** Other records it belongs to, e.g. the contacts who were on the call. */
  also: z.array(recordRef),
  policy,
  state: changeState,
  body: changeBody,
  /** Why we propose it, in a line for people. */
  reason: z.string(),
  evidence: z.array(evidence),
  /** The CRM's id once written. */
  crmId: z.optional(z.string()),
  /** Why it could not be written, in a line for people. */
  trouble: z.optional(z.string()),
});
export type ChangeItem = z.infer<typeof changeItem>;

import * as z from 'zod/mini';
import { recordId, recordRef } from './record.ts';
import { evidence } from './transcript.ts';

/** A field's exact API name in the CRM. */
export const fieldName = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/));
export const fieldValues = z.record(fieldName, z.string().check(z.maxLength(65_536)));

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
  /** The CRM's id of a record that another product made of this call: it is added to, and no second one is made. */
  existing: z.optional(z.string()),
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
  /** What the CRM asks for at that stage, as a person gave it: exact field → exact value. */
  with: z.optional(fieldValues),
});

/** fill-blank: only into an empty field · append: below what stands there · overwrite: in place of `from`. */
export const fieldMode = z.enum(['fill-blank', 'append', 'overwrite']);
export type FieldMode = z.infer<typeof fieldMode>;

/** One field of the record. Values are the CRM's own: exact choices, numbers with a point, dates as YYYY-MM-DD. */
export const setField = z.object({
  kind: z.literal('set-field'),
  field: fieldName,
  label: z.string(),
  mode: fieldMode,
  /** What stood there when we planned; null for empty. */
  from: z.nullable(z.string()),
  to: z.string(),
  /** For people, when `to` is a choice's inner value. */
  toLabel: z.optional(z.string()),
});

/** Takes back an activity that we wrote, if nobody has changed it since. */
export const removeActivity = z.object({
  kind: z.literal('remove-activity'),
  activity: z.enum(['call', 'note', 'task']),
  crmId: recordId,
  /** What it said, for people. */
  title: z.string(),
});
export const draftEmail = z.object({ kind: z.literal('draft-email'), to: z.array(z.string()), subject: z.string(), body: z.string() });

/** What the CRM itself is asked to do. */
export const crmWrite = z.discriminatedUnion('kind', [logCall, addNote, addTask, moveStage, setField, removeActivity]);
export type CrmWrite = z.infer<typeof crmWrite>;

export const changeBody = z.discriminatedUnion('kind', [logCall, addNote, addTask, moveStage, setField, removeActivity, draftEmail]);
export type ChangeBody = z.infer<typeof changeBody>;
export type ChangeKind = ChangeBody['kind'];

/** auto: written at once · suggest: waits for a person · shadow: shown, never written, compared with what a person does · never: shown, not offered. */
export const policy = z.enum(['auto', 'suggest', 'shadow', 'never']);
export type Policy = z.infer<typeof policy>;

/**
 * waiting → (approve) → due → writing → written
 *         → (approve an email) → approved      its bytes are frozen, ready to copy
 *         → declined · parked (shown with its reason, can be replayed) · superseded · written → undone
 * shadow: what would have been written, and never is
 */
export const changeState = z.enum([
  'waiting',
  'due',
  'writing',
  'written',
  'approved',
  'declined',
  'parked',
  'superseded',
  'undone',
  'shadow',
]);
export type ChangeState = z.infer<typeof changeState>;

/** Whether what a person put into the field afterwards is what we would have written. */
export const shadowSaw = z.enum(['matched', 'differed']);
export type ShadowSaw = z.infer<typeof shadowSaw>;

/** A field the CRM wants filled before it takes the change. */
export const ask = z.object({
  field: fieldName,
  label: z.string(),
  type: z.enum(['text', 'number', 'date', 'choice']),
  /** Exact values with their labels; for a choice. */
  options: z.optional(z.array(z.object({ value: z.string(), label: z.string() }))),
});
export type Ask = z.infer<typeof ask>;

/** Why a change is parked: each has its own page in the runbook. */
export const parkedWhy = z.enum(['refused', 'gone', 'lacks', 'tried-out', 'too-old']);
export type ParkedWhy = z.infer<typeof parkedWhy>;

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
  /** 0..1, how sure we are of it. */
  confidence: z.optional(z.number()),
  /** The CRM's id once written. */
  crmId: z.optional(z.string()),
  /** Why it could not be written, in a line for people. */
  trouble: z.optional(z.string()),
  parkedWhy: z.optional(parkedWhy),
  /** What to give with the approval. */
  asks: z.optional(z.array(ask)),
  writtenAt: z.optional(z.string()),
  decidedBy: z.optional(z.string()),
  /** Their name, as the CRM had it then. */
  decidedName: z.optional(z.string()),
  /** In the state `shadow`, once a person has changed the field. */
  shadowSaw: z.optional(shadowSaw),
  /** The change that this one takes back. */
  undoes: z.optional(z.string()),
});
export type ChangeItem = z.infer<typeof changeItem>;

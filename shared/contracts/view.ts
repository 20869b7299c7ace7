import * as z from 'zod/mini';
import { missedWhy } from './capture.ts';
import { changeItem, changeState, fieldMode, fieldName, fieldValues, parkedWhy, policy } from './change.ts';
import { dealGates } from './gates.ts';
import { checklist, consent, feedbackAction, guidanceCard, liveLine, pastCard, quiet } from './guidance.ts';
import { insight } from './insight.ts';
import { recordRef } from './record.ts';
import { evidence, role } from './transcript.ts';
import { callSpend } from './usage.ts';
import { liveHelp } from './whisper.ts';

/** Why a card cannot show its work. Each has a state of its own on the card, with what to do. */
export const refusal = z.enum(['not-connected', 'no-permission', 'plan-limit', 'stale', 'trouble', 'bad-request', 'not-found']);
export type Refusal = z.infer<typeof refusal>;

/**
 * Every answer to a card. Expected failures are 200 with `ok: false`: HubSpot's proxy hides the body of other statuses.
 * `what` happened, `safe` (what was kept) and `todo` are sentences for people.
 */
export const answer = <T extends z.core.$ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), code: refusal, what: z.string(), todo: z.string() }),
  ]);

/** A call in a list or a headline. */
export const callBrief = z.object({
  id: z.string(),
  /** Null while nobody in the CRM has the caller's number. */
  record: z.nullable(recordRef),
  status: z.enum(['live', 'ended', 'transcribed', 'understood', 'failed']),
  source: z.enum(['twilio', 'zoom', 'teams', 'browser', 'salesforce', 'upload', 'webhook']),
  repName: z.string(),
  customerName: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** True when only its rep may see it. */
  isPrivate: z.boolean(),
  /** When `failed`: what happened and what to do, in a sentence. */
  trouble: z.optional(z.string()),
  /** Why it was not heard, where it was not. */
  missed: z.optional(missedWhy),
});
export type CallBrief = z.infer<typeof callBrief>;

/** A meeting of this record begins then, within the hour: the brief comes first. ISO 8601. */
const meetingAt = z.optional(z.string());

/** `GET /v1/record/:object/:id/next` — the sidebar card. One thing at a time. */
export const nextView = z.discriminatedUnion('state', [
  /** A call runs on this record: the card becomes Live. */
  z.object({ state: z.literal('live'), callId: z.string() }),
  /** A call ended and is being understood; look again after `pollMs`. */
  z.object({ state: z.literal('working'), call: callBrief, pollMs: z.int() }),
  /** One thing to do. */
  z.object({
    state: z.literal('next'),
    /** Null for what came through a door of the API and from no call. */
    callId: z.nullable(z.string()),
    /** An imperative with the person's name. */
    title: z.string(),
    why: z.string(),
    evidence: z.optional(evidence),
    change: z.optional(changeItem),
    /** What else waits after this one. */
    after: z.int(),
    meetingAt,
  }),
  /** Nothing waits. `line` teaches what comes next. */
  z.object({ state: z.literal('clear'), line: z.string(), lastCallId: z.optional(z.string()), meetingAt }),
]);
export type NextView = z.infer<typeof nextView>;

/**
 * `GET /v1/calls/:id/live?since=` — what the polling card shows. `same` when nothing moved after `since`. Once for each card it also says
 * `painted=<card's id>&paintedAgoMs=`: how long ago that card came on the screen. An age, because its clock need not be ours.
 */
export const liveView = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('same'),
    seq: z.int(),
    pollMs: z.int(),
    spend: z.optional(callSpend),
    unguided: z.optional(z.string()),
    help: z.optional(liveHelp),
  }),
  z.object({
    state: z.literal('live'),
    seq: z.int(),
    pollMs: z.int(),
    callId: z.string(),
    elapsedMs: z.number(),
    customerName: z.string(),
    consent,
    card: z.nullable(guidanceCard),
    /** Cards that left the screen, the newest first. */
    past: z.optional(z.array(pastCard)),
    quiet: z.optional(quiet),
    lines: z.array(liveLine),
    /** Rep speech over all speech, 0..1; null until somebody spoke. */
    talkShareRep: z.nullable(z.number()),
    checklist: z.optional(checklist),
    gates: z.optional(dealGates),
    spend: z.optional(callSpend),
    /** Why no card comes, in a sentence: the month's guidance is used up. The call is recorded all the same. */
    unguided: z.optional(z.string()),
    /** Who helps; absent while nobody does. */
    help: z.optional(liveHelp),
  }),
  z.object({ state: z.literal('ended'), seq: z.int(), callId: z.string() }),
]);
export type LiveView = z.infer<typeof liveView>;

/** Who here knows the customer, from calls the product itself heard. */
export const personView = z.object({
  name: z.string(),
  record: z.optional(recordRef),
  /** 0..1, decayed to now. */
  trust: z.number(),
  /** "You spoke 3 times, last on Tuesday" */
  why: z.string(),
});
export type PersonView = z.infer<typeof personView>;

/** One remembered thing with its proof. */
export const factView = z.object({ kind: z.string(), text: z.string(), evidence, firstAt: z.string(), lastAt: z.string(), times: z.int() });
export type FactView = z.infer<typeof factView>;

/** Who is who? `rep` goes into `POST /v1/calls/:id/speakers`. */
export const speakersAsk = z.object({
  text: z.string(),
  options: z.array(z.object({ rep: z.string(), label: z.string(), quote: z.string() })),
});
export type SpeakersAsk = z.infer<typeof speakersAsk>;

/** `POST /v1/calls/:id/speakers` — this voice is the rep's. The call is understood anew; also when we were sure and wrong. */
export const speakersBody = z.object({ requestId: z.uuid(), rep: z.string().check(z.minLength(1), z.maxLength(200)) });
export const speakersView = z.object({ callId: z.string(), speakers: z.array(z.object({ speaker: z.string(), role })) });
export type SpeakersView = z.infer<typeof speakersView>;

/** `GET /v1/calls/:id` — the conversation tab. */
export const conversationView = z.object({
  call: callBrief,
  insight: z.nullable(insight),
  changes: z.array(changeItem),
  /** Who spoke when, for the picture of the call. `speaker` where a side has more than one voice. */
  strip: z.array(z.object({ role, startMs: z.number(), endMs: z.number(), speaker: z.optional(z.string()) })),
  /** There when one track holds several voices and we are not sure whose they are: a sentence, and a button for each of the likeliest two. */
  askSpeakers: z.optional(speakersAsk),
  people: z.array(personView),
  facts: z.array(factView),
  /** Moments that a rep flagged during the call, in their order, each with what was said then. Absent: none. */
  flagged: z.optional(z.array(z.object({ id: z.string(), atMs: z.number(), evidence: z.optional(evidence) }))),
  /** How long it took from the end of a word to the card on a screen, of the cards that were painted. Absent: none was. */
  speechToScreen: z.optional(z.object({ cards: z.int(), p50Ms: z.number(), p95Ms: z.number() })),
});
export type ConversationView = z.infer<typeof conversationView>;

/** `GET /v1/record/:object/:id/conversation` — the latest call that was understood, or null before the first. */
export const recordConversation = z.nullable(conversationView);

/** `POST /v1/changes/:id/approve|decline`. `requestId` makes a repeated press one press. */
export const decideBody = z.object({
  requestId: z.uuid(),
  version: z.int(),
  /** Edit-then-approve: only for an email. */
  email: z.optional(z.object({ subject: z.string().check(z.maxLength(300)), body: z.string().check(z.maxLength(20_000)) })),
  /** What the change's `asks` asked for. */
  values: z.optional(fieldValues),
});
export type DecideBody = z.infer<typeof decideBody>;

/**
 * `POST /v1/calls/:id/consent`. A no is final, unless whoever pressed it says that it was taken back: then `granted` with `takesBack`
 * opens the call again. `joined`: somebody came late, and has to be asked.
 */
export const consentBody = z.object({
  requestId: z.uuid(),
  consent: z.enum(['granted', 'refused', 'joined']),
  takesBack: z.optional(z.boolean()),
});
export type ConsentBody = z.infer<typeof consentBody>;

/** `POST /v1/calls/:id/feedback` */
export const feedbackBody = z.object({
  requestId: z.uuid(),
  cardId: z.string().check(z.maxLength(80)),
  action: feedbackAction,
});
export type FeedbackBody = z.infer<typeof feedbackBody>;

/** `POST /v1/calls/:id/quiet` — for this call, and the rep's next ones. */
export const quietBody = z.object({ requestId: z.uuid(), quiet });

/** `POST /v1/calls/:id/step` — a point of the checklist, ticked or opened by hand. A hand's word stands against what is heard. */
export const stepBody = z.object({ requestId: z.uuid(), id: z.string().check(z.minLength(1), z.maxLength(40)), done: z.boolean() });

/** `POST /v1/calls/:id/ticket` — one live socket, for a minute. `wss` address plus the token that goes into the subprotocol. */
export const ticketView = z.object({ url: z.string(), token: z.string(), expiresAt: z.string() });
export type TicketView = z.infer<typeof ticketView>;

/** `POST /v1/calls/:id/window` — the live window beside the call: our own page. The address opens once, within five minutes. */
export const windowView = z.object({ url: z.string(), expiresAt: z.string() });
export type WindowView = z.infer<typeof windowView>;

/** `POST /v1/uploads` asks where a transcript or recording may be handed over: one file, for five minutes. */
export const uploadBody = z.object({ requestId: z.uuid(), record: recordRef, name: z.string().check(z.maxLength(200)) });
export const uploadView = z.object({ url: z.string(), expiresAt: z.string() });
export type UploadView = z.infer<typeof uploadView>;

/** `POST /v1/changes/:id/undo|replay|discard`. `requestId` makes a repeated press one press. */
export const pressBody = z.object({ requestId: z.uuid() });
export type PressBody = z.infer<typeof pressBody>;

/** The answer to an undo: the change as it is now, and what takes it back, when something had to be written. */
export const undoView = z.object({ change: changeItem, undo: z.optional(changeItem) });
export type UndoView = z.infer<typeof undoView>;

/** `GET /v1/record/:object/:id/written?page=` — what we wrote on a record, newest first, twenty a page. */
export const writtenView = z.object({
  items: z.array(
    z.object({
      /** With its evidence, when it was written and, if a person approved it, who. */
      change: changeItem,
      callId: z.nullable(z.string()),
      /** ISO 8601; absent when it cannot be undone any more. */
      undoableUntil: z.optional(z.string()),
      /** How taking it back went, once somebody pressed. */
      undo: z.optional(z.object({ state: changeState, trouble: z.optional(z.string()) })),
    }),
  ),
  page: z.int(),
  more: z.boolean(),
});
export type WrittenView = z.infer<typeof writtenView>;

/** `GET /v1/connection/health` — how the writing to this CRM goes. */
export const healthView = z.object({
  state: z.enum(['connected', 'needs-reconnect', 'disconnected']),
  /** ISO 8601; when the CRM last took or told us something, null before the first time. */
  lastSyncAt: z.nullable(z.string()),
  /** What is to be written and has not been. */
  backlog: z.object({ count: z.int(), oldestAt: z.nullable(z.string()) }),
  /** What a person has to look at. Only for who may replay or discard it; `parkedCount` is for everybody. */
  parked: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      why: z.nullable(parkedWhy),
      trouble: z.string(),
      since: z.string(),
    }),
  ),
  parkedCount: z.int(),
  /** What is left of the CRM's rate: null until something was written. */
  budget: z.nullable(
    z.object({
      perSecond: z.number(),
      tokens: z.number(),
      /** ISO 8601; nothing leaves before. */
      restsUntil: z.optional(z.string()),
      /** The CRM's own daily count, where it has one. */
      api: z.optional(z.object({ used: z.number(), max: z.number() })),
    }),
  ),
});
export type HealthView = z.infer<typeof healthView>;

/** `POST /v1/settings/policies` — a change's kind, or `set-field:<object>.<field>`; `policy` null goes back to the safe default. */
export const policiesBody = z.object({
  requestId: z.uuid(),
  policies: z
    .array(
      z.object({
        subject: z.string().check(z.maxLength(140)),
        policy: z.nullable(policy),
        mode: z.optional(fieldMode),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});
export type PoliciesBody = z.infer<typeof policiesBody>;
/** What the tenant has set otherwise than the safe defaults, after the change. */
export const policiesView = z.object({
  policies: z.array(z.object({ subject: z.string(), policy, mode: z.optional(fieldMode) })),
});
export type PoliciesView = z.infer<typeof policiesView>;

/** `GET /v1/shadow` — for each field under the policy `shadow`: what would have been written, beside what people then put there. */
export const shadowField = z.object({
  object: recordRef.shape.object,
  /** The exact API name. */
  field: z.string(),
  label: z.string(),
  matched: z.int(),
  differed: z.int(),
  /** People left the field as it was, for two weeks. */
  nothing: z.int(),
  /** They still may change it. */
  open: z.int(),
  /** `matched` and `differed`: what `accuracy` is of. */
  n: z.int(),
  /** 0..1; null while `n` is 0. */
  accuracy: z.nullable(z.number()),
});
export type ShadowField = z.infer<typeof shadowField>;
export const shadowView = z.object({ fields: z.array(shadowField) });
export type ShadowView = z.infer<typeof shadowView>;

/** `POST /api/crm/sync-deal` */
export const syncDealBody = z.object({ requestId: z.uuid(), record: recordRef });
export type SyncDealBody = z.infer<typeof syncDealBody>;

/** `POST /api/crm/auto-update` — fields by their exact API name, a stage by its exact value, or both. */
export const autoUpdateBody = z.object({
  requestId: z.uuid(),
  record: recordRef,
  fields: z.optional(z.record(fieldName, z.string().check(z.maxLength(65_536)))),
  stage: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  evidence: z.optional(z.array(evidence).check(z.maxLength(10))),
});
export type AutoUpdateBody = z.infer<typeof autoUpdateBody>;

/** `POST /api/tasks/create` — `requestId` is the task's key: the same one twice is one task. */
export const createTaskBody = z.object({
  requestId: z.uuid(),
  record: recordRef,
  subject: z.string().check(z.minLength(1), z.maxLength(255)),
  /** ISO 8601 with offset. */
  dueAt: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/)),
  body: z.optional(z.string().check(z.maxLength(10_000))),
});
export type CreateTaskBody = z.infer<typeof createTaskBody>;

/** What the doors of the API answer: the changes as they stand. */
export const changesView = z.object({ items: z.array(changeItem) });
export type ChangesView = z.infer<typeof changesView>;

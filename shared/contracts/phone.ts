import * as z from 'zod/mini';
import { recordRef } from './record.ts';

/** E.164. */
const number = z.string().check(z.regex(/^\+[1-9]\d{6,14}$/));
/** As somebody types a number; read by the country of the tenant's own. */
const typedNumber = z.string().check(z.minLength(3), z.maxLength(40));

/**
 * Where a call through the tenant's telephone account stands. out: asked → ringing-rep → ringing-customer → talking → ended | failed;
 * in: ringing-rep → talking → ended | failed.
 */
export const phonePhase = z.enum(['asked', 'ringing-rep', 'ringing-customer', 'talking', 'ended', 'failed']);
export type PhonePhase = z.infer<typeof phonePhase>;

/** One call as its rep's screens show it, before anybody has picked up too. */
export const phoneCall = z.object({
  callId: z.string(),
  direction: z.enum(['out', 'in']),
  phase: phonePhase,
  /** The customer; their number when nobody knows them. */
  name: z.string(),
  /** Their company or deal. */
  about: z.nullable(z.string()),
  number: z.string(),
  /** The company's own, that the customer sees or has called. */
  ourNumber: z.string(),
  record: z.nullable(recordRef),
  /** ISO 8601. */
  startedAt: z.string(),
  /** ISO 8601; null until both are on the line. */
  talkingAt: z.nullable(z.string()),
  /** Once it is over: what came of it, in a sentence. */
  why: z.nullable(z.string()),
});
export type PhoneCallView = z.infer<typeof phoneCall>;

/** `POST /v1/record/:object/:id/call` — rings the rep's own phone, then this number. `requestId` makes a repeated press one call. */
export const dialBody = z.object({ requestId: z.uuid(), number: typedNumber });
export type DialBody = z.infer<typeof dialBody>;

/** `needs-phone`: nobody knows yet where to ring this rep; `line` asks for it. */
export const dialView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('needs-phone'), line: z.string() }),
  z.object({ state: z.literal('call'), call: phoneCall }),
]);
export type DialView = z.infer<typeof dialView>;

/** `GET /v1/calls/ringing?since=` — this rep's call, if one rings or runs or was over a moment ago. */
export const ringingView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('same'), seq: z.int(), pollMs: z.int() }),
  z.object({ state: z.literal('none'), seq: z.int(), pollMs: z.int() }),
  z.object({ state: z.literal('call'), seq: z.int(), pollMs: z.int(), call: phoneCall }),
]);
export type RingingView = z.infer<typeof ringingView>;

/** `GET /v1/record/:object/:id/numbers` — whom one could call here. */
export const numbersView = z.object({
  /** False while the tenant has no telephone account. */
  canCall: z.boolean(),
  /** Where this rep is rung; null until they said so. */
  myPhone: z.nullable(number),
  numbers: z.array(z.object({ name: z.string(), number, label: z.string() })),
});
export type NumbersView = z.infer<typeof numbersView>;

/** `POST /v1/settings/my-phone` — where this rep wants to be rung. */
export const myPhoneBody = z.object({ requestId: z.uuid(), number: typedNumber });
export const myPhoneView = z.object({ number });
export type MyPhoneView = z.infer<typeof myPhoneView>;

/** `POST /v1/calling/code` — signs HubSpot's calling window in as whoever asked: one use, five minutes. */
export const callingCodeView = z.object({ code: z.string(), expiresAt: z.string() });
export type CallingCodeView = z.infer<typeof callingCodeView>;
/** `POST /calling/session` — that window hands the code in. */
export const callingSessionBody = z.object({ code: z.string().check(z.maxLength(40)) });
export const callingSessionView = z.object({ token: z.string(), expiresAt: z.string() });
export type CallingSessionView = z.infer<typeof callingSessionView>;

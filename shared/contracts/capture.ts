import * as z from 'zod/mini';
import { changeItem } from './change.ts';

/**
 * What has to happen before a call may be heard. one-party: the recording was announced · all-told: everybody heard that and stayed ·
 * all-yes: everybody said yes.
 */
export const consentRule = z.enum(['one-party', 'all-told', 'all-yes']);
export type ConsentRule = z.infer<typeof consentRule>;

/** A country or a state by its ISO 3166 code: "DE", "US-NY". */
const place = z.string().check(z.regex(/^[A-Z]{2}(-[A-Z]{2,3})?$/));

/** `GET`, and with a `requestId` `PUT /v1/settings/consent`. */
const consentSettings = {
  /** Where the reps sit. Null until an admin says so; until then everybody has to say yes. */
  office: z.nullable(place),
  /** Reps who sit elsewhere, by the host's user id. */
  offices: z.array(z.object({ userId: z.string().check(z.minLength(1), z.maxLength(40)), place })).check(z.maxLength(1_000)),
  /** A tenant may be stricter than the place of a call, and never less strict. Null: as the place asks. */
  atLeast: z.nullable(consentRule),
};
export const consentSettingsView = z.object(consentSettings);
export type ConsentSettings = z.infer<typeof consentSettingsView>;
export const consentSettingsBody = z.object({ requestId: z.uuid(), ...consentSettings });

/** `GET`, and with a `requestId` `PUT /v1/settings/never-record`: calls that nobody may hear. Each list may be empty. */
const neverRecord = {
  /** "acme.example": addresses there and below it. */
  domains: z.array(z.string().check(z.regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/))).check(z.maxLength(1_000)),
  /** E.164, or the beginning of one with a star: "+4930*". */
  numbers: z.array(z.string().check(z.regex(/^\+\d{1,15}\*?$/))).check(z.maxLength(1_000)),
  /** In the title of a meeting, whole words, whatever their case. */
  words: z.array(z.string().check(z.minLength(2), z.maxLength(60))).check(z.maxLength(200)),
  /** Reps by the host's user id or their address. */
  reps: z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(1_000)),
};
export const neverRecordView = z.object(neverRecord);
export type NeverRecord = z.infer<typeof neverRecordView>;
export const neverRecordBody = z.object({ requestId: z.uuid(), ...neverRecord });

/** `GET`, and with a `requestId` `PUT /v1/settings/words`: names that recognition should know, beside those of the CRM and the competitors. */
const ownWords = {
  /** What the tenant sells, and its own way of speaking. */
  products: z.array(z.string().check(z.minLength(2), z.maxLength(60))).check(z.maxLength(100)),
};
export const ownWordsView = z.object(ownWords);
export type OwnWords = z.infer<typeof ownWordsView>;
export const ownWordsBody = z.object({ requestId: z.uuid(), ...ownWords });

/** `POST /v1/calls/:id/private` — only its rep sees the call from now on; `isPrivate: false`, which is the rep's alone to say, shares it again. */
export const privateBody = z.object({ requestId: z.uuid(), isPrivate: z._default(z.boolean(), true) });
export const privateView = z.object({ callId: z.string(), isPrivate: z.boolean() });
export type PrivateView = z.infer<typeof privateView>;

/** `POST /v1/calls/:id/destroy` — what we had of the call is gone. What stands in the CRM is listed, each with how long it can be undone there. */
export const destroyView = z.object({
  callId: z.string(),
  standing: z.array(z.object({ change: changeItem, undoableUntil: z.optional(z.string()) })),
});
export type DestroyView = z.infer<typeof destroyView>;

/** Why a call that we know of was not heard. */
export const missedWhy = z.enum(['never-record', 'over-plan', 'no-consent', 'refused', 'destroyed', 'erased', 'no-words', 'failed']);
export type MissedWhy = z.infer<typeof missedWhy>;

/** `GET /v1/capture/coverage?from=&to=` — calls caught ÷ calls known, and why each of the others was missed. */
export const coverageView = z.object({
  /** ISO 8601; when the calls began, `to` not included. */
  from: z.string(),
  to: z.string(),
  known: z.int(),
  caught: z.int(),
  /** 0..1; null while no call is known. */
  share: z.nullable(z.number()),
  /** Running or being understood: in none of the figures above. */
  open: z.int(),
  byReason: z.array(z.object({ why: missedWhy, count: z.int() })),
  /** The newest ones, at most 200. */
  misses: z.array(
    z.object({
      callId: z.string(),
      startedAt: z.string(),
      repName: z.string(),
      why: missedWhy,
      /** The reason in a sentence, where there is one. */
      said: z.optional(z.string()),
    }),
  ),
  /** Where we know calls from. A call that never came to our doors is counted only where its name stands here. */
  knownFrom: z.array(z.enum(['doors', 'crm', 'calendar'])),
});
export type CoverageView = z.infer<typeof coverageView>;

/** `GET /v1/capture/sources` — where calls come from, each with where it stands in a sentence. */
export const captureSource = z.object({
  source: z.enum(['telephone', 'browser', 'zoom', 'teams', 'upload']),
  /** ready: needs nothing · open: an admin can connect it with a press · lacks: something has to be set up first. */
  state: z.enum(['connected', 'ready', 'open', 'lacks', 'needs-reconnect']),
  line: z.string(),
  /** Zoom and Teams, once connected: the admin said that the platform's own announcement asks everybody for their consent. */
  recordingIsConsent: z.optional(z.boolean()),
});
export type CaptureSource = z.infer<typeof captureSource>;
export const sourcesView = z.object({ sources: z.array(captureSource) });
export type SourcesView = z.infer<typeof sourcesView>;

/** `POST /v1/connection/zoom|graph` — an address that an admin opens to connect the platform; `DELETE` there ends it. */
export const connectBody = z.object({ requestId: z.uuid(), recordingIsConsent: z._default(z.boolean(), false) });
export const connectView = z.object({ url: z.string(), expiresAt: z.string() });
export type ConnectView = z.infer<typeof connectView>;
export const disconnectView = z.object({ state: z.literal('disconnected') });
export type DisconnectView = z.infer<typeof disconnectView>;

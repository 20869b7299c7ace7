import * as z from 'zod/mini';
import { consent, playKind } from './guidance.ts';
import { recordRef } from './record.ts';

/** A rep is an email address or the CRM's user id. */
const rep = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/**
 * `GET`, and with a `requestId` `PUT /v1/settings/team-help`: may a team's leads see that their reps' calls run, and help? Off until an admin
 * says otherwise. A lead's `name` is what their reps read while the lead looks.
 */
const teamHelp = {
  isOn: z.boolean(),
  teams: z
    .array(
      z.object({
        name,
        leads: z.array(z.object({ rep, name })).check(z.minLength(1), z.maxLength(20)),
        reps: z.array(rep).check(z.maxLength(200)),
      }),
    )
    .check(z.maxLength(50)),
};
export const teamHelpView = z.object(teamHelp);
export type TeamHelp = z.infer<typeof teamHelpView>;
export const teamHelpBody = z.object({ requestId: z.uuid(), ...teamHelp });

/** What on a running call may want a second person, the most pressing first. */
export const alertKind = z.enum(['compliance', 'negative', 'customer-silent', 'monologue', 'price', 'competitor', 'behind']);
export type AlertKind = z.infer<typeof alertKind>;

/** `said` is a sentence of ours: never what anybody said on the call. `sinceMs`: from the start of the call, where it has a beginning. */
export const liveAlert = z.object({ kind: alertKind, said: z.string(), sinceMs: z.optional(z.number()) });
export type LiveAlert = z.infer<typeof liveAlert>;

/** A running call of the asker's team. */
export const helpCall = z.object({
  callId: z.string(),
  repName: z.string(),
  customerName: z.string(),
  record: z.nullable(recordRef),
  /** ISO 8601. */
  startedAt: z.string(),
  consent,
  alerts: z.array(liveAlert),
});
export type HelpCall = z.infer<typeof helpCall>;

/** `GET /v1/live` — the calls that run now and that the asker may help with, the newest first. The reps of all of them are told who looks. */
export const teamLiveView = z.object({
  /** False while the tenant has not switched it on. */
  isOn: z.boolean(),
  pollMs: z.int(),
  calls: z.array(helpCall),
  /** More run than are shown. */
  isMore: z.boolean(),
  /** Why nothing is shown, where that needs a sentence. */
  said: z.optional(z.string()),
});
export type TeamLiveView = z.infer<typeof teamLiveView>;

/** A card as a helper sees it: without the words that brought it. */
const helpCard = z.object({ id: z.string(), kind: playKind, headline: z.string(), say: z.string() });

/** `GET /v1/live/:id` — one of them, with its cards and its checklist; no word of the transcript. */
export const helpedCallView = z.object({
  pollMs: z.int(),
  call: helpCall,
  card: z.nullable(helpCard),
  past: z.array(z.object({ ...helpCard.shape, state: z.string(), atMs: z.number() })),
  points: z.array(z.object({ name: z.string(), stage: z.string(), done: z.boolean() })),
});
export type HelpedCallView = z.infer<typeof helpedCallView>;

/** `POST /v1/calls/:id/whisper` — one line for the rep's screens. The same `requestId` again is the same line. */
export const whisperBody = z.object({ requestId: z.uuid(), text: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) });
/** `atMs`: when the rep was told, from the start of the call. */
export const whisperView = z.object({ callId: z.string(), atMs: z.number() });
export type WhisperView = z.infer<typeof whisperView>;

/** `POST /v1/live/ticket` — our page for those who help. It opens once, within five minutes. */
export const teamPageView = z.object({ url: z.string(), expiresAt: z.string() });
export type TeamPageView = z.infer<typeof teamPageView>;

/** `POST /team/session` — what stands behind the `#` of that address, for a session of a working day. */
export const teamSessionBody = z.object({ ticket: z.string().check(z.minLength(20), z.maxLength(200)) });
export const teamSessionView = z.object({ token: z.string(), expiresAt: z.string() });
export type TeamSessionView = z.infer<typeof teamSessionView>;

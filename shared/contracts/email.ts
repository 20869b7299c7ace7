import * as z from 'zod/mini';
import { insight } from './insight.ts';
import { recordRef } from './record.ts';
import { evidence } from './transcript.ts';

export const emailTone = z.enum(['formal', 'friendly', 'brief']);
export type EmailTone = z.infer<typeof emailTone>;

/** What we have words of our own in. ISO 639-1. */
export const emailLanguage = z.enum(['en', 'de', 'fr', 'es', 'pt', 'it', 'nl']);
export type EmailLanguage = z.infer<typeof emailLanguage>;

/** The last message of the thread that the follow-up answers, with whatever it quotes below. */
export const threadMessage = z.object({
  subject: z.string().check(z.maxLength(500)),
  body: z.string().check(z.maxLength(20_000)),
  /** Who wrote it; told by its signature when nobody says. */
  from: z.optional(z.enum(['customer', 'rep'])),
});
export type ThreadMessage = z.infer<typeof threadMessage>;

/** `POST /api/email/draft` — of one call, or of the record's latest understood call. Changes nothing. */
export const draftAskBody = z.object({
  callId: z.optional(z.uuid()),
  record: z.optional(recordRef),
  /** Otherwise the rep's own setting, the tenant's, or friendly. */
  tone: z.optional(emailTone),
  thread: z.optional(threadMessage),
});
export type DraftAskBody = z.infer<typeof draftAskBody>;

/** One sentence of the mail, as it stands there, and the words that prove it. */
export const emailFact = z.object({ text: z.string(), evidence });
export type EmailFact = z.infer<typeof emailFact>;

export const emailDraftView = z.object({
  callId: z.string(),
  subject: z.string(),
  body: z.string(),
  facts: z.array(emailFact),
  /** Of our own words; what was said is quoted as it was said. */
  language: emailLanguage,
  tone: emailTone,
  /** What was left out or could not be done, in sentences for the rep. */
  limits: z.array(z.string()),
});
export type EmailDraftView = z.infer<typeof emailDraftView>;

/** `POST /v1/settings/email-tone` — null goes back to the default: the tenant's for a rep, friendly for everyone. */
export const emailToneBody = z.object({ requestId: z.uuid(), for: z.enum(['me', 'everyone']), tone: z.nullable(emailTone) });
export type EmailToneBody = z.infer<typeof emailToneBody>;
export const emailToneView = z.object({ mine: z.nullable(emailTone), everyone: z.nullable(emailTone), used: emailTone });
export type EmailToneView = z.infer<typeof emailToneView>;

/** `GET /v1/email/edits` — how much of our drafts people keep, over `days`. No rep is named. */
export const emailEditsView = z.object({
  days: z.int(),
  /** Approved emails. */
  n: z.int(),
  /** Of them, approved without a change. */
  unchanged: z.int(),
  /** 0..1, the share of our words that stood in what was approved; null while `n` is 0. */
  medianKept: z.nullable(z.number()),
});
export type EmailEditsView = z.infer<typeof emailEditsView>;

/** `POST /api/calls/:id/analyze` — the same `requestId` again is the same request, and its answer is the way to wait for it. */
export const analyzeBody = z.object({ requestId: z.uuid() });
export type AnalyzeBody = z.infer<typeof analyzeBody>;
export const analysisView = z.discriminatedUnion('state', [
  /** With status 202; ask again after `pollMs`. */
  z.object({ state: z.literal('working'), pollMs: z.int() }),
  z.object({ state: z.literal('understood'), insight }),
]);
export type AnalysisView = z.infer<typeof analysisView>;

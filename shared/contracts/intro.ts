import * as z from 'zod/mini';
import { recordRef } from './record.ts';

/** Somebody on a path. `key` is `user/…` for one of ours, else `contact/…` or `lead/…`. */
export const introPerson = z.object({ key: z.string().check(z.regex(/^(user|contact|lead)\/[A-Za-z0-9]{1,32}$/)), name: z.string() });
export type IntroPerson = z.infer<typeof introPerson>;

/** One sentence of the note, as it stands there, and where it comes from. */
export const introCite = z.object({ text: z.string(), source: z.string() });
export type IntroCite = z.infer<typeof introCite>;

export const introState = z.enum([
  'draft',
  'requested',
  'accepted',
  'declined',
  'expired',
  'forwarded',
  'replied',
  'meeting',
  'opportunity',
  'won',
  'lost',
  'withdrawn',
]);

/** What a rep can say of an introduction; `approve` has a body of its own. */
export const introVerb = z.enum(['withdraw', 'remind', 'forwarded', 'replied', 'meeting', 'opportunity', 'won', 'lost']);
export type IntroVerb = z.infer<typeof introVerb>;

export const introView = z.object({
  id: z.uuid(),
  version: z.int(),
  state: introState,
  record: recordRef,
  repName: z.string(),
  /** From the rep's side to the target, as the path was when it was asked for. */
  people: z.array(introPerson),
  /** Who is asked, and whom they would introduce to. */
  connector: z.string(),
  target: z.string(),
  /** As approved, byte for byte, once it was. */
  subject: z.string(),
  body: z.string(),
  /** Every sentence of our own words that says a fact. */
  cites: z.array(introCite),
  /** The steps it took, oldest first. */
  trail: z.array(z.object({ what: z.string(), by: z.enum(['rep', 'connector', 'clock']), at: z.string() })),
  /** What can happen to it next. */
  verbs: z.array(z.union([introVerb, z.literal('approve')])),
  /** Nobody answered for some days, and nobody was reminded. */
  isReminderDue: z.boolean(),
  createdAt: z.string(),
});
export type IntroView = z.infer<typeof introView>;

/** `GET /v1/intros` — those one asked for, and those one is asked for, newest first. */
export const introsView = z.object({ mine: z.array(introView), asked: z.array(introView) });
export type IntrosView = z.infer<typeof introsView>;

/** `POST /v1/record/:object/:id/intros` — a draft along a path that was shown: its people's keys, from ours to the target. */
export const introBody = z.object({
  requestId: z.uuid(),
  people: z.array(introPerson.shape.key).check(z.minLength(2), z.maxLength(4)),
  /** What the rep wants to talk about, in their own words. */
  about: z.optional(z.string().check(z.maxLength(200))),
});
export type IntroBody = z.infer<typeof introBody>;

/** `POST /v1/intros/:id/approve` — the note as the rep saw it; these bytes and no others are what is asked with. */
export const approveIntroBody = z.object({
  requestId: z.uuid(),
  version: z.int(),
  subject: z.string().check(z.minLength(1), z.maxLength(200)),
  body: z.string().check(z.minLength(1), z.maxLength(8_000)),
});
export type ApproveIntroBody = z.infer<typeof approveIntroBody>;

/** `POST /v1/intros/:id/:verb` */
export const introVerbBody = z.object({ requestId: z.uuid(), version: z.int() });
export type IntroVerbBody = z.infer<typeof introVerbBody>;

/** `POST /v1/people/:object/:id/known` — "I know them well"; `POST …/opt-out` — nobody is led to or through them any more. */
export const personBody = z.object({ requestId: z.uuid() });
export type PersonBody = z.infer<typeof personBody>;

/** `POST /v1/relate/import` — the CSV that LinkedIn gives a member of their own connections. */
export const connectionsBody = z.object({ requestId: z.uuid(), csv: z.string().check(z.maxLength(900_000)) });
export type ConnectionsBody = z.infer<typeof connectionsBody>;
export const connectionsView = z.object({
  rows: z.int(),
  /** With whom of the tenant's people a row was matched. */
  matched: z.array(z.object({ name: z.string(), by: z.enum(['email', 'name']) })),
  /** Known to nobody here; kept nowhere. */
  unknown: z.int(),
  /** Two of ours share the name. */
  ambiguous: z.int(),
  /** They objected. */
  blocked: z.int(),
  /** Rows that could not be read, by line. */
  unreadable: z.array(z.int()),
});
export type ConnectionsView = z.infer<typeof connectionsView>;

import * as z from 'zod/mini';
import { callAnswer, callQuestion } from './ask-call.ts';
import { dealGates } from './gates.ts';
import { role } from './transcript.ts';
import { callSpend } from './usage.ts';
import { liveHelp, watcher, whisper } from './whisper.ts';

export const playKind = z.enum(['price', 'objection', 'competitor', 'question', 'compliance']);
export type PlayKind = z.infer<typeof playKind>;

/** unknown → announced → granted | refused | expired. No audio is kept or sent to speech recognition unless `granted`. */
export const consent = z.enum(['unknown', 'announced', 'granted', 'refused', 'expired']);
export type Consent = z.infer<typeof consent>;

/** One card on the rep's screen. */
export const guidanceCard = z.object({
  id: z.string(),
  playId: z.string(),
  kind: playKind,
  /** "Price objection" */
  headline: z.string(),
  /** At most 140 characters, speakable. */
  say: z.string(),
  /** A question to follow it, at most 100 characters. */
  ask: z.optional(z.string()),
  /** Why it came: the words, who said them, when (ms from the start of the call), and the rule's name. */
  why: z.object({
    quote: z.string(),
    role,
    startMs: z.number(),
    endMs: z.number(),
    rule: z.string(),
    /** The line whose words are to be marked; absent where nobody's words brought it. */
    turn: z.optional(z.int()),
  }),
  /** 0..1 */
  confidence: z.number(),
  /** What it was worth when it was shown; higher matters more. */
  score: z.optional(z.number()),
  /** How often its subject came up; absent: once. */
  times: z.optional(z.int()),
  /** The rep keeps it: it does not go away by itself. */
  pinned: z.optional(z.boolean()),
});
export type GuidanceCard = z.infer<typeof guidanceCard>;

/**
 * What a rep does with a card. snoozed: not now, in five minutes again · pinned, unpinned: keep it · less: on this call only what matters more
 * of its kind · muted: not on this call · never: on none of my calls · why: the rep looked at why it came · undone: what was done last within
 * fifteen seconds is taken back. What has to be shown for compliance cannot be muted, only put away.
 */
export const feedbackAction = z.enum(['used', 'dismissed', 'snoozed', 'pinned', 'unpinned', 'less', 'muted', 'never', 'why', 'undone']);
export type FeedbackAction = z.infer<typeof feedbackAction>;

/** off: every card · critical: compliance alone · full: none. */
export const quiet = z.enum(['off', 'critical', 'full']);
export type Quiet = z.infer<typeof quiet>;

/** A card that is no longer on the screen, for the folded history. `atMs`: when it was shown, from the start of the call. */
export const pastCard = z.object({
  card: guidanceCard,
  state: z.enum(['replaced', 'collapsed', 'used', 'dismissed', 'snoozed', 'pinned', 'less', 'muted', 'never']),
  atMs: z.number(),
});
export type PastCard = z.infer<typeof pastCard>;

export const liveLine = z.object({
  role,
  turn: z.int(),
  text: z.string(),
  final: z.boolean(),
  /** "Speaker 2", where one microphone hears everybody. */
  speaker: z.optional(z.string()),
  /** True while nobody knows for sure whose voice this is. */
  isGuess: z.optional(z.boolean()),
});

/** Words that a frame stands on, and when they were said (ms from the start of the call). */
const said = z.object({ quote: z.string(), role, startMs: z.number() });

/**
 * A point of the checklist that was ticked, or is open again. `id` is its moment's; `stage` the part of the call it belongs to. `evid`: the words
 * that ticked it; absent with `byHand`, where the rep did, or opened it.
 */
export const liveStep = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string(),
  done: z.boolean(),
  evid: z.optional(said),
  byHand: z.optional(z.boolean()),
});
export type LiveStep = z.infer<typeof liveStep>;
/** A field filled from what was said: "25000 USD", "2026-12-01", "+14155550142". `field` says of what kind. */
export const liveFill = z.object({ id: z.string(), name: z.string(), field: z.string(), value: z.string(), evid: said });
export type LiveFill = z.infer<typeof liveFill>;

/** The whole checklist of a call, open points too, and the fields filled so far. */
export const checklist = z.object({
  points: z.array(liveStep),
  fills: z.array(liveFill),
});
export type Checklist = z.infer<typeof checklist>;

/** A moment that a rep flagged while it was there. `role` and `turn`: the line that was said last, where one was. */
export const liveMark = z.object({
  id: z.string(),
  /** From the start of the call. */
  atMs: z.number(),
  role: z.optional(role),
  turn: z.optional(z.int()),
});
export type LiveMark = z.infer<typeof liveMark>;

/** How well a call is heard: `behind` when words come late, `away` when nobody listens. */
export const hearing = z.enum(['listening', 'behind', 'away']);
export type Hearing = z.infer<typeof hearing>;

/** What a live window alone is told. `resume`: the ticket of its next socket · `back`: the record in the CRM. */
const windowKeys = z.object({ resume: z.string(), back: z.optional(z.string()) });

/** Session → client. `seq` grows by one with every frame that changes what is shown. */
export const guidanceDown = z.discriminatedUnion('type', [
  /** First on joining, and whenever a screen asks to resume from where too much is missing: all that is shown now. */
  z.object({
    type: z.literal('hello'),
    seq: z.int(),
    version: z.int(),
    callId: z.string(),
    consent,
    card: z.nullable(guidanceCard),
    lines: z.optional(z.array(liveLine)),
    elapsedMs: z.optional(z.number()),
    talkShareRep: z.optional(z.nullable(z.number())),
    quiet: z.optional(quiet),
    past: z.optional(z.array(pastCard)),
    checklist: z.optional(checklist),
    gates: z.optional(dealGates),
    customerName: z.optional(z.string()),
    marks: z.optional(z.array(liveMark)),
    hearing: z.optional(hearing),
    spend: z.optional(callSpend),
    unguided: z.optional(z.string()),
    /** The call is over: nothing more follows. */
    ended: z.optional(z.boolean()),
    window: z.optional(windowKeys),
    /** Who helps; absent while nobody does. */
    help: z.optional(liveHelp),
  }),
  z.object({ type: z.literal('consent'), seq: z.int(), consent }),
  z.object({ type: z.literal('line'), seq: z.int(), line: liveLine }),
  z.object({ type: z.literal('card'), seq: z.int(), card: guidanceCard }),
  /** The card leaves the screen. `words`: it was heard wrong, and never counted · `time`: it had its twenty seconds · `rep`: the rep said so. */
  z.object({ type: z.literal('retract'), seq: z.int(), cardId: z.string(), because: z.optional(z.enum(['words', 'time', 'rep'])) }),
  z.object({ type: z.literal('quiet'), seq: z.int(), quiet }),
  /** The history anew, whenever it moved: as in `hello`. */
  z.object({ type: z.literal('past'), seq: z.int(), past: z.array(pastCard) }),
  z.object({ type: z.literal('step'), seq: z.int(), step: liveStep }),
  z.object({ type: z.literal('fill'), seq: z.int(), fill: liveFill }),
  /** Somebody flagged this moment. */
  z.object({ type: z.literal('mark'), seq: z.int(), mark: liveMark }),
  /** How the deal stands now, whole; only when that changed. The line of `next` belongs under the words while no card is shown. */
  z.object({ type: z.literal('gates'), seq: z.int(), gates: dealGates }),
  /** To the screen that asked, and to no other. Not numbered: a screen that was away asks again. */
  z.object({ type: z.literal('answer'), requestId: z.string(), answer: callAnswer }),
  /** Words that a rule waits for were heard, whether or not they bring a card. Not numbered: it marks words that are shown already. */
  z.object({
    type: z.literal('moment'),
    playId: z.string(),
    kind: z.optional(playKind),
    /** -1: time or the record brought it. */
    turn: z.int(),
    evid: said,
  }),
  /** How the talk stands, at most once a second. `monologueMs`: how long the rep has spoken without a word of the others'. */
  z.object({
    type: z.literal('stat'),
    talkShareRep: z.nullable(z.number()),
    monologueMs: z.number(),
    wordsPerMinute: z.nullable(z.number()),
    /** What the call has cost so far. */
    spend: z.optional(callSpend),
    /** Why no card comes, in a sentence. */
    unguided: z.optional(z.string()),
  }),
  /** How well the call is heard: `behind` by `lagMs` when words come late, `away` when nobody listens. Told when it changes. */
  z.object({ type: z.literal('health'), speech: hearing, lagMs: z.number() }),
  /** Somebody of the team types a line to the rep. Not numbered: it is shown once, and goes by itself after a minute. */
  z.object({ type: z.literal('whisper'), ...whisper.shape }),
  /** It leaves the screen: its minute is over, or the rep put it away. */
  z.object({ type: z.literal('whisper-gone'), id: z.string() }),
  /** Who of the team looks right now, all of them. */
  z.object({ type: z.literal('watched'), by: z.array(watcher) }),
  z.object({ type: z.literal('ended'), seq: z.int() }),
]);
export type GuidanceDown = z.infer<typeof guidanceDown>;

/** Client → session. */
export const guidanceUp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resume'), after: z.int() }),
  z.object({ type: z.literal('feedback'), cardId: z.string(), action: feedbackAction }),
  z.object({ type: z.literal('consent'), consent: z.enum(['granted', 'refused']), takesBack: z.optional(z.boolean()) }),
  z.object({ type: z.literal('quiet'), quiet }),
  /** The rep ticks a point of the checklist, or opens it again. */
  z.object({ type: z.literal('step'), id: z.string(), done: z.boolean() }),
  /** When the card was on the screen, by the screen's own clock (epoch milliseconds). */
  z.object({ type: z.literal('pong'), cardId: z.string(), paintedMs: z.number() }),
  /** Flag this moment. The same `id` twice is one flag. */
  z.object({ type: z.literal('mark'), id: z.uuid() }),
  /** A question about this call; an `answer` with the same `requestId` follows. */
  z.object({ type: z.literal('ask'), requestId: z.uuid(), question: callQuestion }),
]);
export type GuidanceUp = z.infer<typeof guidanceUp>;

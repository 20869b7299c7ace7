import * as z from 'zod/mini';
import { playKind } from './guidance.ts';
import { role } from './transcript.ts';

/** Text within bounds, with a sentence for each way in which it can be wrong. */
const text = (what: string, most: number) =>
  z
    .string({ error: `${what} is missing.` })
    .check(
      z.trim(),
      z.minLength(1, { error: `${what} is empty.` }),
      z.maxLength(most, { error: `${what} is longer than ${most} letters.` }),
    );
const count = (what: string, least: number, most: number) => {
  const error = `${what} is a whole number from ${least} to ${most}.`;
  return z.int({ error }).check(z.gte(least, { error }), z.lte(most, { error }));
};
const list = <T extends z.ZodMiniType>(what: string, one: T, least: number, most: number) =>
  z
    .array(one, { error: `${what} is a list.` })
    .check(z.minLength(least, { error: `${what} is empty.` }), z.maxLength(most, { error: `${what} holds more than ${most}.` }));
const oneOf = <const T extends readonly string[]>(what: string, words: T) =>
  z.enum(words, { error: `${what} is one of: ${words.join(', ')}.` });

const said = oneOf('Who says it', ['rep', 'customer', 'anyone']);
const phrase = text('A phrase', 120);
/** Words in a row; endings do not matter unless `relatedForms` is false. `{competitor}` stands for each of the tenant's competitors. */
const spoken = {
  phrases: list('The list of phrases', phrase, 1, 200),
  said,
  relatedForms: z._default(z.boolean({ error: 'Related forms are on or off.' }), true),
};

const field = text('The name of a field', 80);
const value = z.union([text('A value', 200), z.number()], { error: 'A value is a text or a number.' });
/** One thing that has to hold of the call's CRM record. `field` is the CRM's exact name; amounts and ISO dates can be compared. */
export const recordCheck = z.discriminatedUnion(
  'is',
  [
    z.object({ field, is: z.literal('eq'), value }),
    z.object({ field, is: z.literal('in'), values: list('The list of values', value, 1, 50) }),
    z.object({ field, is: z.literal('lt'), value }),
    z.object({ field, is: z.literal('gt'), value }),
    z.object({ field, is: z.literal('empty') }),
  ],
  { error: 'A condition is one of: eq, in, lt, gt, empty.' },
);
export type RecordCheck = z.infer<typeof recordCheck>;

/** What a field can hold that is filled from what was said. */
export const slotKind = oneOf('What is filled in', ['money', 'date', 'phone', 'email', 'seats']);
export type SlotKind = z.infer<typeof slotKind>;

/** What brings a moment. */
export const momentRule = z.discriminatedUnion(
  'is',
  [
    /** Certain words; `not` are words within twelve that mean it was not that. */
    z.object({
      is: z.literal('phrase'),
      ...spoken,
      asQuestion: z._default(z.boolean({ error: 'Said as a question is on or off.' }), false),
      not: z._default(list('The list of words that take it back', phrase, 0, 100), []),
    }),
    /** Certain words that did not come: by a second of the call, or by the time the checklist is in a stage. Exactly one of both. */
    z
      .object({
        is: z.literal('not-said'),
        ...spoken,
        bySeconds: z.optional(count('The time by which it is said', 10, 14_400)),
        byStage: z.optional(text('The stage by which it is said', 60)),
      })
      .check(
        z.refine((rule) => (rule.bySeconds === undefined) !== (rule.byStage === undefined), {
          error: 'Say by when: either a time or a stage of the checklist.',
        }),
      ),
    /** The rep holds the floor for that long; what the customer says while listening does not end it. */
    z.object({ is: z.literal('monologue'), overSeconds: count('A monologue', 30, 1_800) }),
    /** Words a minute, over the rep's last thirty seconds. */
    z.object({ is: z.literal('pace'), overWordsPerMinute: count('The pace', 140, 400) }),
    /** How often the rep cut in within five minutes. */
    z.object({ is: z.literal('interruptions'), over: count('The number of interruptions', 1, 30) }),
    z.object({ is: z.literal('silence'), overSeconds: count('A silence', 4, 600) }),
    /** The rep's share of what was spoken is outside of this band, from the sixth minute on. */
    z.object({ is: z.literal('talk-share'), lowPercent: count('The lower end', 0, 95), highPercent: count('The upper end', 5, 100) }).check(
      z.refine(({ lowPercent, highPercent }) => highPercent - lowPercent >= 5 && highPercent - lowPercent < 100, {
        error: 'The upper end of the talk share is at least 5 above the lower one, and the band is not everything.',
      }),
    ),
    z.object({ is: z.literal('elapsed'), afterSeconds: count('The time of the call', 10, 14_400) }),
    /** All of these hold of the call's record when the call begins. */
    z.object({ is: z.literal('record'), where: list('The list of conditions', recordCheck, 1, 10) }),
    /** A point of the checklist, ticked when its words come. `stage` is the part of the call it belongs to. */
    z.object({ is: z.literal('step'), ...spoken, stage: text('The stage', 60) }),
    /** A field that is filled from what is said; with `near`, only in a turn that holds one of these phrases. */
    z.object({ is: z.literal('slot'), slot: slotKind, said, near: z._default(list('The list of phrases', phrase, 0, 50), []) }),
  ],
  {
    error: 'A rule is one of: phrase, not-said, monologue, pace, interruptions, silence, talk-share, elapsed, record, step, slot.',
  },
);
export type MomentRule = z.infer<typeof momentRule>;

/** One rule of a playbook: when it comes, what it says, and how often. */
export const moment = z.object({
  /** Stable within the tenant's playbooks; part of a card's id. */
  id: z
    .string({ error: 'A moment has an id.' })
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,23}$/, { error: 'An id is up to 24 small letters, digits and dashes.' })),
  name: text('The name', 80),
  kind: playKind,
  headline: text('The headline', 60),
  /** What the rep can say or do in the next breath. May hold `{competitor}`. */
  say: text('The advice', 140),
  rule: momentRule,
  enabled: z._default(z.boolean({ error: 'Enabled is yes or no.' }), false),
  /** Only on calls about a record in one of these stages, as the CRM stores them. */
  stages: z._default(list('The list of stages', text('A stage', 120), 0, 50), []),
  /** Only where all of these hold of the call's record. */
  when: z._default(list('The list of conditions', recordCheck, 0, 10), []),
  cooldownSeconds: z._default(count('The pause between two', 1, 3_600), 60),
  oncePerCall: z._default(z.boolean({ error: 'Once per call is yes or no.' }), true),
  maxPerCall: z._default(count('The most per call', 1, 20), 1),
  /** Among moments of one kind the higher one goes first. */
  priority: z._default(count('The priority', 0, 1_000), 50),
  /** Has to be shown, whatever else is on the screen. */
  compliance: z._default(z.boolean({ error: 'Compliance is yes or no.' }), false),
});
export type Moment = z.infer<typeof moment>;

const rep = text('A rep', 200);
/**
 * Whose calls a playbook is for. Of several, the one that names the rep most closely guides: by name, then by team, then everyone's. What has
 * to be shown for compliance holds for everybody a playbook is for. A rep is an email address or the CRM's user id; a team is a list of them
 * with a name.
 */
export const assignment = z.object({
  everyone: z.boolean({ error: 'For everyone is yes or no.' }),
  teams: z._default(
    list('The list of teams', z.object({ name: text('The name of a team', 80), reps: list('The list of reps', rep, 0, 200) }), 0, 50),
    [],
  ),
  reps: z._default(list('The list of reps', rep, 0, 500), []),
});
export type Assignment = z.infer<typeof assignment>;

/** The packs that come with the house. */
export const packId = oneOf('A pack', ['core', 'sdr-discovery', 'demo', 'negotiation', 'renewal']);
export type PackId = z.infer<typeof packId>;

const book = {
  name: text('The name of the playbook', 80),
  enabled: z.boolean({ error: 'Enabled is yes or no.' }),
  /** Ready packs that are part of it, as they are. */
  packs: list('The list of packs', packId, 0, 10),
  moments: list('The list of moments', moment, 0, 500),
  assigned: assignment,
};
export const playbook = z.object(book);
export type Playbook = z.infer<typeof playbook>;

/** `PUT /v1/playbooks`: a new one without `id`, or the next version of one. `version` is the one it was made from. */
export const playbookBody = z
  .object({ requestId: z.uuid(), id: z.optional(z.uuid()), version: z.optional(z.int().check(z.gte(1))), ...book })
  .check(
    z.refine(({ id, version }) => (id === undefined) === (version === undefined), {
      error: 'Say which version it was made from.',
      path: ['version'],
    }),
  );
export type PlaybookBody = z.infer<typeof playbookBody>;

export const savedPlaybook = z.object({
  id: z.string(),
  version: z.int(),
  ...book,
  savedBy: z.string(),
  savedAt: z.string(),
  /** Right after saving: whose calls another playbook guides as closely, a sentence each. Absent: nobody's. */
  ties: z.optional(z.array(z.string())),
});
export type SavedPlaybook = z.infer<typeof savedPlaybook>;

/** `GET /v1/playbooks`: the newest version of each. `packs` can be taken as they are. A rep gets those for their own calls. */
export const playbooksView = z.object({
  playbooks: z.array(savedPlaybook),
  packs: z.array(z.object({ id: packId, name: z.string(), said: z.string(), moments: z.int() })),
});
export type PlaybooksView = z.infer<typeof playbooksView>;

/** `GET /v1/playbooks/:id/versions`: newest first. */
export const playbookVersionsView = z.object({
  versions: z.array(z.object({ version: z.int(), name: z.string(), moments: z.int(), savedBy: z.string(), savedAt: z.string() })),
});
export type PlaybookVersionsView = z.infer<typeof playbookVersionsView>;

/** `POST /v1/playbooks/import`: CSV with a first line of names, or lines of "name: phrase; phrase => advice". Nothing is saved by it. */
export const importBody = z.object({
  requestId: z.uuid(),
  text: z
    .string({ error: 'Paste the text, or the content of the file.' })
    .check(
      z.minLength(1, { error: 'Paste the text, or the content of the file.' }),
      z.maxLength(500_000, { error: 'That is too much at once: 500,000 letters at most.' }),
    ),
});
/** Every line of the text is in one of both. `line` counts from 1; a cell with line breaks has the number of its first. */
export const importView = z.object({
  moments: z.array(moment),
  refused: z.array(z.object({ line: z.int(), text: z.string(), why: z.string() })),
  said: z.string(),
});
export type ImportView = z.infer<typeof importView>;

/** `POST /v1/playbooks/preview`: what a moment would have done. */
export const previewBody = z.object({ requestId: z.uuid(), moment });
export const previewView = z.object({
  /** "This would have fired 14 times in your last 200 calls." */
  said: z.string(),
  fired: z.int(),
  /** Calls it would have fired on, of those that were looked at. */
  callsWith: z.int(),
  calls: z.int(),
  examples: z.array(
    z.object({ callId: z.string(), startedAt: z.string(), quote: z.string(), speaker: z.string(), role, startMs: z.number() }),
  ),
});
export type PreviewView = z.infer<typeof previewView>;

import type { Utterance } from '../../shared/contracts/transcript.ts';
import { type Features, featuresOf } from '../../shared/understand/heads/features.ts';
import { hash } from '../../shared/understand/heads/grams.ts';
import { callFeatures } from '../../shared/understand/heads/selling.ts';
import { type Asked, type Turn as Heard, hitsOf, turnsOf } from '../../shared/understand/hits.ts';
import type { Said } from '../../shared/understand/said.ts';
import { HABIT } from './fit.ts';
import type { Dialogue, Turn } from './read-corpus.ts';

/** A turn of the corpus with what the heads see of it. */
export interface Example {
  dialogue: string;
  industry: string;
  isTalk: boolean;
  /** As a recogniser without punctuation writes it. */
  isBare: boolean;
  turn: Turn;
  heard: Heard;
  features: Features;
  /** See `habitsOf`. */
  habits: number[];
}

/** Every dialogue twice: as written, and in lower case without punctuation. The bare one knows the rivals' names, as a tenant's list does. */
export const examplesOf = (dialogues: readonly Dialogue[]): Example[] =>
  dialogues.flatMap((dialogue) => [...read(dialogue, false), ...read(dialogue, true)]);

/** The same for the head that hears whether anything is sold: whole dialogues, and stretches of them since calls may be short. */
export const callExamplesOf = (dialogues: readonly Dialogue[]): Example[] =>
  dialogues.flatMap((dialogue) => read(dialogue, false, STRETCH));
const STRETCH = 10;

function read(dialogue: Dialogue, isBare: boolean, stretch?: number): Example[] {
  const rivals = [...new Set(dialogue.turns.flatMap((turn) => turn.rivals))];
  const call: Asked = {
    utterances: dialogue.turns.map((turn, seq) => utterance(turn, seq, isBare)),
    repName: '',
    customerName: '',
    competitors: isBare ? rivals : [],
  };
  const hits = hitsOf(call);
  const callOf = (from: number, to: number): Features => {
    const isHere = (one: Said): boolean => one.utterance.seq >= from && one.utterance.seq < to;
    return callFeatures(hits.said.filter(isHere), hits.pricing.filter(isHere));
  };
  return turnsOf(call, hits).flatMap((heard, nth) => {
    const turn = dialogue.turns[nth];
    if (!turn) return [];
    const { id, industry, intent } = dialogue;
    if (stretch !== undefined && nth % stretch > 0) return [];
    const shared = { dialogue: id, industry, isTalk: intent === 'none', isBare, turn, heard };
    if (stretch === undefined) return [{ ...shared, features: featuresOf(heard), habits: habitsOf(dialogue, turn) }];
    // The first stands for the whole as well.
    const spans = nth === 0 ? [callOf(0, Number.POSITIVE_INFINITY), callOf(0, stretch)] : [callOf(nth, nth + stretch)];
    return spans.map((features) => ({ ...shared, features, habits: [] }));
  });
}

const utterance = (turn: Turn, seq: number, isBare: boolean): Utterance => ({
  seq,
  role: turn.isRep ? 'rep' : 'customer',
  speaker: turn.isRep ? 'rep' : 'customer',
  text: isBare ? bare(turn.text) : turn.text,
  startMs: seq * 1000,
  endMs: seq * 1000 + 900,
  confidence: 1,
});

/** What a recogniser makes of it: small letters, no marks. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^\p{L}\p{N}$€£₹%' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * How a turn was written rather than what it says: in this corpus objections are long, small talk is short, and every writer has a share
 * of them. Real calls know no such rule, so the heads learn it under numbers of its own, which are dropped.
 */
function habitsOf({ id, intent }: Dialogue, { isRep, text }: Turn): number[] {
  const side = isRep ? 'rep' : 'customer';
  const words = Math.min(6, Math.floor(Math.log2(text.split(/\s+/).length)));
  const stops = Math.min(4, text.match(/[.?!]/g)?.length ?? 0);
  const names = [`words ${side} ${words}`, `stops ${side} ${stops}`, `writer ${side} ${id.slice(0, id.indexOf('-'))}`];
  if (intent !== 'none') names.push(`intent ${side} ${intent}`);
  return names.map((name) => HABIT + (hash(name) & 0xffff));
}

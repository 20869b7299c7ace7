import type { Role } from '../contracts/transcript.ts';
import { bareWords, type SellerCue, sellerCues } from './seller-cues.ts';

/** What one voice said in one go. */
export interface VoicedTurn {
  voice: string;
  text: string;
}

/** What is known of a call before anybody spoke. */
export interface KnownSides {
  repName?: string;
  customerName?: string;
  /** Only where a telephone told it: whoever is rung speaks first. */
  direction?: 'inbound' | 'outbound';
}

export interface WhoSpeaks {
  /** The likeliest side of every voice; `other` where there is but one voice. */
  roles: ReadonlyMap<string, Role>;
  /** 0..1: how likely the sides of all voices that said much are right. */
  confidence: number;
  /** So sure that what depends on sides may be done without asking. */
  isSure: boolean;
}

/** Evidence so far; small, and can be kept between turns of a running call. */
export interface Voices {
  /** Log-odds that a voice is the rep's, and how many words it said. */
  heard: Readonly<Record<string, { odds: number; words: number }>>;
  /** How often two voices followed each other, by both names. */
  changes: Readonly<Record<string, number>>;
  last: string | null;
}

export const noVoices: Voices = { heard: {}, changes: {}, last: null };

/** One more turn. Other cues than ours are for measuring what ours are worth. */
export function hearVoice(
  voices: Voices,
  { voice, text }: VoicedTurn,
  known: KnownSides = {},
  cues: readonly SellerCue[] = sellerCues,
): Voices {
  const words = bareWords(text);
  if (words === '') return voices;
  const before = voices.heard[voice] ?? { odds: 0, words: 0 };
  const first = voices.last === null ? opens(known) : 0;
  const odds = Math.max(-TURN_MAX, Math.min(TURN_MAX, said(words, cues))) + named(words, known) + first;
  const isChange = voices.last !== null && voices.last !== voice;
  const pair = isChange ? pairOf(voices.last ?? '', voice) : undefined;
  return {
    heard: { ...voices.heard, [voice]: { odds: before.odds + odds, words: before.words + words.split(' ').length } },
    changes: pair === undefined ? voices.changes : { ...voices.changes, [pair]: (voices.changes[pair] ?? 0) + 1 },
    last: voice,
  };
}

/**
 * Which voices sell and which buy: every way to deal the sides out is weighed by what was said, by names, and by the fact that people
 * talk across the table more than along it. `rep` is a voice somebody told us to be the rep's.
 */
export function sidesOf(voices: Voices, rep?: string): WhoSpeaks {
  // Whoever said next to nothing decides nothing, and twelve sides or more are no two sides.
  const all = Object.entries(voices.heard).sort(([, one], [, other]) => other.words - one.words);
  const names = all.slice(0, VOICES_MAX).map(([name]) => name);
  if (rep !== undefined && voices.heard[rep] && !names.includes(rep)) names[names.length - 1] = rep;
  if (names.length < 2) return { roles: new Map(all.map(([name]) => [name, 'other'])), confidence: 0, isSure: false };

  const ways = Array.from({ length: 2 ** names.length - 2 }, (_, nth) => nth + 1)
    .map((bits) => ({ bits, weight: weigh(bits, names, voices) }))
    .filter(({ bits }) => rep === undefined || isRep(bits, names.indexOf(rep)));
  const top = Math.max(...ways.map(({ weight }) => weight));
  const sum = ways.reduce((total, { weight }) => total + Math.exp(weight - top), 0);
  const best = ways.find(({ weight }) => weight === top);
  const total = all.reduce((count, [, { words }]) => count + words, 0);
  const shares = names.map((name, at) => {
    const agreeing = ways.filter(({ bits }) => isRep(bits, at) === isRep(best?.bits ?? 0, at));
    return { name, sure: agreeing.reduce((part, { weight }) => part + Math.exp(weight - top), 0) / sum };
  });
  const many = shares.filter(({ name }) => (voices.heard[name]?.words ?? 0) >= total * MUCH);
  const confidence = Math.min(...(many.length > 0 ? many : shares).map(({ sure }) => sure));
  const roles = new Map<string, Role>(all.map(([name]) => [name, 'customer']));
  for (const [at, name] of names.entries()) if (isRep(best?.bits ?? 0, at)) roles.set(name, 'rep');
  return { roles, confidence, isSure: confidence >= SURE_MIN };
}

/** A whole call at once. */
export const whoSpeaks = (turns: readonly VoicedTurn[], known: KnownSides = {}, rep?: string): WhoSpeaks =>
  sidesOf(
    turns.reduce((voices, turn) => hearVoice(voices, turn, known), noVoices),
    rep,
  );

function weigh(bits: number, names: readonly string[], { heard, changes }: Voices): number {
  let weight = 0;
  let reps = 0;
  let along = 0;
  let across = 0;
  for (const [at, name] of names.entries()) {
    if (isRep(bits, at)) reps += 1;
    weight += (isRep(bits, at) ? 1 : -1) * (heard[name]?.odds ?? 0) * SLOPE;
    for (const [beside, other] of names.slice(at + 1).entries()) {
      const count = changes[pairOf(name, other)] ?? 0;
      if (isRep(bits, at) === isRep(bits, at + 1 + beside)) along += count;
      else across += count;
    }
  }
  return weight - (reps - 1) * SECOND_REP - (along / Math.max(1, along + across)) * ALONG;
}

/** Log-odds that a seller says this. */
function said(words: string, cues: readonly SellerCue[]): number {
  return cues.reduce((sum, { says, odds }) => (says.test(words) ? sum + odds : sum), 0);
}

/** Whoever gives a name as their own has it, and whoever is called by it is somebody else. */
function named(words: string, { repName, customerName }: KnownSides): number {
  let odds = 0;
  for (const [name, side] of [
    [firstName(repName), 1],
    [firstName(customerName), -1],
  ] as const) {
    if (name === undefined) continue;
    if (
      new RegExp(
        `(?:\\b(?:this is|i'm|i am|it's|my name is|my name's|name's) ${name}\\b|\\b${name} speaking\\b|^(?:hi |hello |good morning |good afternoon )?${name} here\\b)`,
        'u',
      ).test(words)
    )
      odds += side * OWN_NAME;
    else if (
      new RegExp(
        `(?:^|\\b(?:hi|hey|hello|thanks|thank you|okay|morning|afternoon|bye|so|well|yes|sure|is this|speak to|speak with) )${name}\\b|\\b${name}$`,
        'u',
      ).test(words)
    )
      odds -= side * CALLED;
  }
  return odds;
}

/** "maya.lund" and "Maya Lund" are both Maya. What is no name, and one or two letters, tell nothing. */
function firstName(name: string | undefined): string | undefined {
  const [first] = bareWords(name ?? '')
    .replaceAll("'", ' ')
    .split(' ');
  return first !== undefined && /^\p{L}{3,}$/u.test(first) && !/^(?:you|customer|unknown|the|caller|sales)$/.test(first)
    ? first
    : undefined;
}

const opens = ({ direction }: KnownSides): number => (direction === 'inbound' ? OPENS : direction === 'outbound' ? -OPENS : 0);
const pairOf = (one: string, other: string): string => (one < other ? `${one}\n${other}` : `${other}\n${one}`);
const isRep = (bits: number, at: number): boolean => ((bits >> at) & 1) === 1;

/** No single turn decides. */
const TURN_MAX = 3;
/** Turns of one call are alike, so their evidence adds up to less than its sum; found by `npm run bench:speakers`. */
const SLOPE = 0.35;
const SURE_MIN = 0.95;
/** Judged, not measured: the corpus has no names and no second rep. */
const OWN_NAME = 4;
const CALLED = 2;
const OPENS = 0.5;
const SECOND_REP = 1.5;
const ALONG = 3;
const VOICES_MAX = 6;
const MUCH = 0.1;

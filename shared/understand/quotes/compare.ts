import type { Place } from './find-places.ts';
import type { TranscriptIndex } from './index-transcript.ts';
import { isNegation, isNumber, textOf, type Word } from './word.ts';

/** Why a quote is not what was said. */
export type Difference = 'absent' | 'numbers' | 'negation' | 'name' | 'condition';

/**
 * Does the quote say the same as the words it was found in? Word for word, but for fillers, stutters, spelling and one small word or so
 * in a long quote; a number, denial, condition, name or any word that means something is never among them. Undefined when it does.
 */
export function differs(index: TranscriptIndex, asked: readonly Word[], place: Place): Difference | undefined {
  const hits = [...place.hits.entries()].filter(([, at]) => at >= 0);
  for (const [nth, at] of hits) {
    const [mine, theirs] = [asked[nth], index.words[at]];
    if (mine && theirs && !sameAmount(mine, theirs)) return 'numbers';
  }
  let slips = 0;
  let dropped = 0;
  let worst: Difference | undefined;
  for (let nth = 0; nth <= hits.length; nth++) {
    const [askedAt, saidAt] = hits[nth - 1] ?? [-1, place.from - 1];
    const [askedTo, saidTo] = hits[nth] ?? [asked.length, place.to + 1];
    if (askedTo === askedAt + 1 && saidTo === saidAt + 1) continue;
    const gap = judgeGap(asked.slice(askedAt + 1, askedTo), index.words.slice(saidAt + 1, saidTo), askedAt < 0, () =>
      [index.words.slice(Math.max(place.from, saidAt - 5), saidAt + 1), index.words.slice(saidTo, Math.min(place.to + 1, saidTo + 6))].map(
        textOf,
      ),
    );
    if (gap.why && (worst === undefined || WORSE.indexOf(gap.why) < WORSE.indexOf(worst))) worst = gap.why;
    slips += gap.slips;
    dropped += gap.dropped;
  }
  if (worst) return worst;
  const allowed = asked.length < 5 ? 0 : Math.max(1, Math.floor(asked.length / 10));
  return slips + Math.max(0, dropped - 1) > allowed ? 'absent' : undefined;
}

/** The most telling reason is given. */
const WORSE: readonly Difference[] = ['numbers', 'negation', 'name', 'condition', 'absent'];

/** An amount's currency and a time's half of the day may be left out by one of them, but not be another; the half is never put in. */
const sameAmount = (mine: Word, theirs: Word): boolean =>
  (mine.money === undefined || theirs.money === undefined || mine.money === theirs.money) &&
  (mine.half === undefined || mine.half === theirs.half);

/**
 * The place with its edges moved outward over words that are only written otherwise: "its" at the beginning for "it's",
 * "hub spot" at the end for "HubSpot".
 */
export function widen(index: TranscriptIndex, asked: readonly Word[], place: Place): Place {
  const first = place.hits.findIndex((at) => at >= 0);
  const last = place.hits.findLastIndex((at) => at >= 0);
  const [lead, tail] = [textOf(asked.slice(0, first)), textOf(asked.slice(last + 1))];
  let { from, to } = place;
  if (lead !== '')
    for (let at = from - 1; at >= Math.max(from - first - 2, index.first[index.owner[from] ?? 0] ?? 0); at--)
      if (sameInWriting(lead, textOf(index.words.slice(at, from)))) {
        from = at;
        break;
      }
  if (tail !== '')
    for (let at = to + 1; at <= Math.min(to + asked.length - last + 1, (index.first[(index.owner[to] ?? 0) + 1] ?? 0) - 1); at++)
      if (sameInWriting(tail, textOf(index.words.slice(to + 1, at + 1)))) {
        to = at;
        break;
      }
  return from === place.from && to === place.to ? place : { ...place, from, to };
}

/** The place without its first word found, and without its last. */
export function trimmed(place: Place): Place[] {
  const found = [...place.hits.entries()].filter(([, at]) => at >= 0);
  const without = (nth: number): Place | undefined => {
    const left = found.filter((_, at) => at !== nth);
    const [first, last] = [left[0]?.[1], left.at(-1)?.[1]];
    if (first === undefined || last === undefined) return undefined;
    const hits = place.hits.slice();
    hits[found[nth]?.[0] ?? 0] = -1;
    return { ...place, hits, from: first, to: last };
  };
  return [without(0), without(found.length - 1)].filter((one) => one !== undefined);
}

interface Gap {
  slips: number;
  dropped: number;
  why?: Difference;
}

/** `mine` stands in the quote only, `theirs` in the transcript only, both in one place. */
function judgeGap(mine: readonly Word[], theirs: readonly Word[], opens: boolean, around: () => string[]): Gap {
  if (mine.length === 0 && theirs.length === 0) return NONE;
  if (mine.length > 0 && theirs.length > 0 && sameInWriting(textOf(mine), textOf(theirs))) return NONE;
  const swapped = swap(mine, theirs);
  if (swapped !== undefined) return { slips: swapped, dropped: 0 };

  const said = theirs.length === 0 ? [] : essential(theirs, around);
  const added = mine.filter((word) => !LIGHT.has(word.text) && !MILD.has(word.text));
  const left = said.filter((word) => !LIGHT.has(word.text));
  // "In" for "with" is no slip of the pen, light as both are.
  const why = reason(added, left, opens) ?? (mine.length > 0 && said.length > 0 ? 'absent' : undefined);
  return { slips: mine.length - added.length, dropped: said.length - left.length, ...(why ? { why } : {}) };
}
const NONE: Gap = { slips: 0, dropped: 0 };

function reason(added: readonly Word[], left: readonly Word[], opens: boolean): Difference | undefined {
  const all = [...added, ...left];
  if (all.length === 0) return undefined;
  if (all.some(isNumber)) return 'numbers';
  if (all.some(isNegation)) return 'negation';
  // The first word of a quote is a capital by custom, not by name.
  if (left.some(isName) || added.some((word, at) => isName(word) && !(opens && at === 0))) return 'name';
  if (all.some((word) => CHANGERS.has(word.text))) return 'condition';
  return 'absent';
}
const isName = (word: Word): boolean => word.cap && word.text !== 'i' && !LIGHT.has(word.text);

/** What is left of the transcript's words when fillers and stutters are taken out. */
function essential(theirs: readonly Word[], around: () => string[]): readonly Word[] {
  const text = textOf(theirs);
  const [before = '', after = ''] = around();
  // "we need, we need fifty": the quote has it once.
  if (`${after} `.startsWith(`${text} `) || ` ${before}`.endsWith(` ${text}`)) return [];
  let rest = ` ${text} `;
  for (const phrase of PHRASES) rest = rest.replaceAll(` ${phrase} `, ' ');
  const kept = rest.trim().split(' ');
  let at = 0;
  return theirs.filter((word) => {
    if (kept[at] !== word.text) return false;
    at++;
    return !MILD.has(word.text) && !EMPHASIS.has(word.text);
  });
}

/** "on boarding" and "onboarding", "SOC2" and "SOC 2", "were" for "we're"; figures alone are never run together. */
function sameInWriting(mine: string, theirs: string): boolean {
  const run = (text: string): string => text.replaceAll(' ', '').replaceAll('#', '');
  const [one, two] = [run(mine), run(theirs)];
  if (one === two) return /^\p{L}/u.test(one) && mine.includes('#') === theirs.includes('#') ? true : /^\p{L}+\d+$/u.test(one);
  return UNMARKED.get(mine) === theirs || UNMARKED.get(theirs) === mine || isShortened(mine, theirs) || isShortened(theirs, mine);
}

/** "The renewal's on Friday" for "the renewal is on Friday". */
const isShortened = (long: string, short: string): boolean => long.endsWith(' is') && `${long.slice(0, -3)}s` === short;

/** One small word for another of its kind: a slip. Undefined when they are not of a kind. */
function swap(mine: readonly Word[], theirs: readonly Word[]): number | undefined {
  const [one, other] = [mine[0]?.text ?? '', theirs[0]?.text ?? ''];
  if (mine.length !== 1 || theirs.length !== 1) return undefined;
  if (one === `${other}s` || other === `${one}s`) return one.length > 3 && other.length > 3 ? 1 : undefined;
  return KINDS.some((kind) => kind.has(one) && kind.has(other)) ? 1 : undefined;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const KINDS = [set('a an the'), set('about around roughly approximately'), set('who that which')];
/** Left out or put in, they change nothing. */
const LIGHT = set('a an the this that these those of in on at for to with and then also so');
const MILD = set('well like so okay right yes just now look hey anyway then');
const EMPHASIS = set(
  'actually really basically honestly literally simply very quite totally absolutely definitely super frankly obviously',
);
const PHRASES = [
  'you know',
  'i mean',
  'kind of',
  'sort of',
  'to be honest',
  'if you will',
  'you see',
  'let me see',
  'let us see',
  'i do not know',
];
const CHANGERS = set(
  'if unless maybe perhaps might may could would should only almost nearly barely rarely except or but until before after more less fewer least most under over above below about around roughly probably possibly potentially doubt hopefully assuming suppose supposing provided whether used last next',
);
/** Words a recogniser writes without their sign, and what they then look like. */
const UNMARKED = new Map([
  ['we are', 'were'],
  ['we will', 'well'],
  ['i will', 'ill'],
  ['i would', 'id'],
  ['we would', 'wed'],
  ['he will', 'hell'],
  ['she will', 'shell'],
  ['it is', 'its'],
  ['who is', 'whos'],
  ['he is', 'hes'],
  ['she is', 'shes'],
  ['here is', 'heres'],
  ['you are', 'your'],
  ['you would', 'youd'],
  ['they would', 'theyd'],
  ['what is', 'whats'],
  ['let us', 'lets'],
]);

import type { Utterance } from '../../contracts/transcript.ts';
import { sameVoice } from './around.ts';
import { MONTHS } from './fold-spoken.ts';
import type { TranscriptIndex } from './index-transcript.ts';
import { isNegation, isNumber, textOf, type Word } from './word.ts';

/**
 * Where the speaker takes words back that end at `to`: at once ("no wait, make it fifty"), in one of their next turns ("actually, scratch
 * that"), or later by name ("forget the pilot", the same with a "not"). The place of the later words, or undefined.
 */
export function takenBackAt(index: TranscriptIndex, from: number, to: number): { from: number; to: number } | undefined {
  const mine = index.owner[to] ?? 0;
  const claim = index.words.slice(from, to + 1);
  const here = stretch(index, to + 1, Math.min(to + 1 + IN_TURN, index.first[mine + 1] ?? to + 1));
  const inTurn = here.find((one) => corrects(one.words, claim)) ?? here.slice(0, 3).find((one) => withdraws(one.words, true));
  if (inTurn) return inTurn;

  const about = new Set(claim.filter(carries).map((word) => word.text));
  let turns = 0;
  let asked = false;
  const speaker = index.utterances[mine];
  for (let nth = mine + 1; nth < Math.min(index.utterances.length, mine + FAR); nth++) {
    const utterance = index.utterances[nth];
    if (!speaker || !utterance) break;
    if (!sameVoice(speaker, utterance)) {
      asked = utterance.text.includes('?');
      continue;
    }
    const parts = partsOf(index, nth);
    if (parts.length === 0 || isBackChannel(utterance)) continue;
    turns++;
    if (turns <= NEAR) {
      const hit = parts.slice(0, 2).find((one) => withdraws(one.words, !asked) || corrects(one.words, claim));
      if (hit) return hit;
    }
    const named = parts.find((one) => withdrawsByName(one.words, about) || (turns <= NEAR * 3 && contradicts(one.words, claim, about)));
    if (named) return named;
  }
  return undefined;
}

/** How many words on in the same turn a correction is looked for. */
const IN_TURN = 80;
/** In how many of the speaker's own next turns a bare "scratch that" still means these words. */
const NEAR = 2;
/** How many turns of the call are looked through for words that name what they take back. */
const FAR = 40;

interface Part {
  from: number;
  to: number;
  words: readonly Word[];
}

const PARTS = new WeakMap<TranscriptIndex, Map<number, readonly Part[]>>();

/** An utterance's sentences, found once: many claims look at the same turns. */
function partsOf(index: TranscriptIndex, nth: number): readonly Part[] {
  const held = PARTS.get(index) ?? new Map<number, readonly Part[]>();
  PARTS.set(index, held);
  const parts = held.get(nth) ?? stretch(index, index.first[nth] ?? 0, index.first[nth + 1] ?? 0);
  held.set(nth, parts);
  return parts;
}

/** The sentences of a stretch of one utterance; twelve words at most where nothing parts them. */
function stretch(index: TranscriptIndex, from: number, end: number): Part[] {
  const parts: Part[] = [];
  const text = index.utterances[index.owner[from] ?? 0]?.text ?? '';
  const bare = !/[.?!]/.test(text);
  let start = from;
  for (let at = from; at < end; at++) {
    const [word, next] = [index.words[at], index.words[at + 1]];
    const ends =
      at + 1 >= end || (word && next && /[.?!\n]/.test(text.slice(word.end, Math.max(word.end, next.start)))) || (bare && at - start >= 11);
    if (!ends) continue;
    parts.push({ from: start, to: at, words: index.words.slice(start, at + 1) });
    start = at + 1;
  }
  return parts;
}

const withdraws = (words: readonly Word[], evenShortly: boolean): boolean => {
  const text = textOf(words.slice(0, 14));
  return (
    WITHDRAWS.test(text) ||
    (evenShortly && /^(?:well |sorry |oh )*(?:actually no|no actually|wait no|no wait|hold on no|hang on no)\b/.test(text))
  );
};

/** "No wait, make it fifty": another number, day or month in the place of the claim's. */
function corrects(words: readonly Word[], claim: readonly Word[]): boolean {
  const near = words.slice(0, 14);
  if (!CORRECTS.test(textOf(near))) return false;
  return KINDS.some((kind) => {
    const held = claim.filter(kind).map((word) => word.text);
    const said = near.filter(kind).map((word) => word.text);
    return held.length > 0 && said.length > 0 && said.some((text) => !held.includes(text));
  });
}

function withdrawsByName(words: readonly Word[], about: ReadonlySet<string>): boolean {
  const at = words.findIndex((word, nth) => DROPS.has(word.text) && NAMES_AND_DROPS.test(textOf(words.slice(nth, nth + 4))));
  return at >= 0 && words.slice(Math.max(0, at - 6), at + 9).some((word) => about.has(word.text));
}

/** The same said with a "not" more, or one less. */
function contradicts(words: readonly Word[], claim: readonly Word[], about: ReadonlySet<string>): boolean {
  if (about.size < 2) return false;
  const again = new Set<string>();
  for (const word of words) if (about.has(word.text)) again.add(word.text);
  const denials = (list: readonly Word[]): number => list.filter(isNegation).length % 2;
  return (
    again.size >= Math.max(2, Math.ceil(about.size * 0.7)) &&
    denials(words) !== denials(claim) &&
    !/\b(?:if|unless|whether)\b/.test(textOf(words))
  );
}

const carries = (word: Word): boolean => isNumber(word) || word.cap || (word.text.length > 3 && !COMMON.has(word.text));

const isBackChannel = ({ text }: Pick<Utterance, 'text'>): boolean =>
  /^[^\p{L}]*(?:(?:yes|yeah|okay|ok|right|sure|uh huh|mhm|hmm|i see)[^\p{L}]*){1,3}$/iu.test(text);

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const DAYS = set('monday tuesday wednesday thursday friday saturday sunday today tomorrow');
const KINDS: readonly ((word: Word) => boolean)[] = [isNumber, (word) => DAYS.has(word.text), (word) => MONTHS.has(word.text)];
const LEAD =
  '(?:(?:oh|no|so|and|but|well|actually|sorry|wait|hang on|hold on|okay|yes|you know what|know what|lets|let us|let me|please|just|in fact|hmm) )*';
const WITHDRAWS = new RegExp(
  `^${LEAD}(?:scratch (?:that|it)|strike that|forget (?:that|it|what i (?:just )?said|i said)|ignore (?:that|what i (?:just )?said)|disregard (?:that|what)|i take (?:that|it) back|take that back|never ?mind|i was wrong|i am wrong|i misspoke|i got that wrong|i said that wrong|that was wrong|that is (?:not (?:right|correct)|wrong|incorrect)|correct (?:that|myself)|i (?:need|have|want|should) to correct|correction|on (?:a )?#2th thoughts?|kidding|i am (?:just |only )?(?:kidding|joking)|only joking|not really|i wish|(?:i|we) (?:have )?changed (?:my|our) minds?|i spoke too soon)\\b`,
);
const CORRECTS = new RegExp(
  `^${LEAD}(?:no|actually|sorry|wait|i mean|i meant|or rather|rather|make (?:it|that)|lets (?:say|make it|do)|say|better|hang on|hold on|correction)\\b`,
);
const NAMES_AND_DROPS =
  /^(?:scratch|forget|drop|strike|ignore|disregard|instead of|no longer|changed (?:my|our) mind|take back|taking back|is off|are off|off the table|not anymore|fell through|got pulled|was pulled|been pulled|was cut|got cut|been cut|was frozen|got frozen|been frozen)\b/;
/** How those may begin. */
const DROPS = set('scratch forget drop strike ignore disregard instead no changed take taking is are off not fell got was been');
const COMMON = set(
  'that this with have will would could should from they them then what when where which there here your yours ours about just like want need really going think know some more much very well also into over been were does into only make made take than',
);

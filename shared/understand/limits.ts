import type { Utterance } from '../contracts/transcript.ts';
import { type Language, languageOf } from './language.ts';
import { timingOf } from './metrics/timing.ts';

/** What keeps an analysis from being whole. */
export type Limit =
  | 'empty'
  | 'too-short'
  | 'one-speaker'
  | 'one-side'
  | 'unknown-roles'
  | `language-${Exclude<Language, 'en'> | 'other'}`
  | 'garbled'
  | 'hard-to-hear'
  | 'no-times'
  | 'long-call'
  | 'cut-call'
  | 'cut-turns'
  | 'hidden-signs';

/** What this transcript does not allow, the gravest first. Work is bounded by the number of turns, not by how long they are. */
export function limitsOf(utterances: readonly Utterance[]): Limit[] {
  const spoken = utterances.filter((one) => /[\p{L}\p{N}]/u.test(one.text.slice(0, TURN_CHARS_MAX)));
  if (spoken.length === 0) return ['empty'];
  const found: Limit[] = [];
  const language = languageOf(spoken);
  if (language === 'none' || isLoop(spoken)) found.push('garbled');
  else if (language !== undefined && language !== 'en') found.push(`language-${language}`);
  found.push(...voices(spoken));
  if (found.length === 0 && wordsIn(spoken) < SHORT_WORDS) found.push('too-short');
  if (confidenceOf(spoken) < CONFIDENCE_MIN) found.push('hard-to-hear');
  if (timingOf(spoken) === 'none') found.push('no-times');
  if (spoken.some((one) => one.endMs - (spoken[0]?.startMs ?? 0) > LONG_MS)) found.push('long-call');
  if (cutsCall(utterances)) found.push('cut-call');
  if (utterances.some((one) => one.text.length > TURN_CHARS_MAX)) found.push('cut-turns');
  if (spoken.some((one) => HIDDEN.test(one.text.slice(0, TURN_CHARS_MAX)))) found.push('hidden-signs');
  return found;
}

/** What a person is told. */
export const limitSays = (limit: Limit): string => SAYS[limit];

/** With one of these nothing may be claimed of the call; its figures stand. */
export const silences = (limit: Limit): boolean => limit === 'empty' || limit === 'garbled' || limit.startsWith('language-');

/**
 * The turns as far as they are read: overlong ones end early, at a word and with their time cut alike, and behind the last turn that fits
 * only empty ones follow. As many as before, in the same order; what is left of a text is its beginning, so places in it hold.
 */
export function readable(utterances: readonly Utterance[]): readonly Utterance[] {
  if (!cutsCall(utterances) && !utterances.some((one) => one.text.length > TURN_CHARS_MAX)) return utterances;
  let left = CALL_CHARS_MAX;
  return utterances.map((one, nth) => {
    const most = nth < TURNS_MAX ? Math.min(TURN_CHARS_MAX, left) : 0;
    const text = one.text.length <= most ? one.text : beginning(one.text, most);
    left -= text.length;
    if (text === one.text) return one;
    const share = text.length / one.text.length;
    return { ...one, text, endMs: one.startMs + (one.endMs - one.startMs) * share };
  });
}

function beginning(text: string, most: number): string {
  if (most <= 0) return '';
  // Never through a word, nor through the two halves of a sign.
  const space = text.lastIndexOf(' ', most);
  const cut = space > most / 2 ? space : most;
  return /[\ud800-\udbff]/.test(text[cut - 1] ?? '') ? text.slice(0, cut - 1) : text.slice(0, cut);
}

function cutsCall(utterances: readonly Utterance[]): boolean {
  if (utterances.length > TURNS_MAX) return true;
  return utterances.reduce((sum, one) => sum + Math.min(one.text.length, TURN_CHARS_MAX), 0) > CALL_CHARS_MAX;
}

function voices(spoken: readonly Utterance[]): Limit[] {
  const roles = new Set(spoken.map((one) => one.role));
  const unknown = spoken.filter((one) => one.role === 'other').length;
  const speakers = new Set(spoken.map((one) => `${one.role} ${one.speaker}`)).size;
  return [
    ...(speakers === 1 ? (['one-speaker'] as const) : []),
    ...(unknown * 2 > spoken.length ? (['unknown-roles'] as const) : speakers > 1 && roles.size === 1 ? (['one-side'] as const) : []),
  ];
}

/** A recogniser that hears noise says one thing over and over. */
function isLoop(spoken: readonly Utterance[]): boolean {
  const words = spoken
    .flatMap(
      (one) =>
        one.text
          .slice(0, 2_000)
          .toLowerCase()
          .match(/[\p{L}\p{N}']+/gu) ?? [],
    )
    .slice(0, 20_000);
  return words.length >= 60 && new Set(words).size < Math.min(words.length / 10, 40);
}

function wordsIn(spoken: readonly Utterance[]): number {
  let count = 0;
  for (const one of spoken) {
    count += one.text.slice(0, 2_000).match(/\S+/g)?.length ?? 0;
    if (count >= SHORT_WORDS) break;
  }
  return count;
}

function confidenceOf(spoken: readonly Utterance[]): number {
  const weights = spoken.map((one) => ({
    confidence: Number.isFinite(one.confidence) ? one.confidence : 1,
    weight: Math.min(one.text.length, 2_000),
  }));
  const all = weights.reduce((sum, one) => sum + one.weight, 0);
  return weights.reduce((sum, one) => sum + one.confidence * one.weight, 0) / Math.max(1, all);
}

const SHORT_WORDS = 20;
const CONFIDENCE_MIN = 0.55;
/** Six hours: longer than people talk in one go. */
const LONG_MS = 6 * 3_600_000;
/** About 3,500 words without a pause. */
const TURN_CHARS_MAX = 20_000;
/** About 90,000 words, ten hours of talk. */
const CALL_CHARS_MAX = 500_000;
const TURNS_MAX = 20_000;
/** Signs that turn the direction of writing or hide within a word; joiners, which scripts and emoji need, are none of them. */
const HIDDEN = /[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

const foreign = (name: string): string => `This call was held in ${name}, which is not read yet; only its figures are given.`;
const SAYS: Record<Limit, string> = {
  empty: 'Nothing was said, or nothing was heard, so there is nothing to tell.',
  'too-short': 'Very little was said, so little can be told.',
  'one-speaker': 'Only one voice was heard, so nothing is known of the other side.',
  'one-side': 'Only one side was heard, so nothing is known of the other.',
  'unknown-roles': 'It is not known who sells and who buys, so nothing is taken for the customer’s word.',
  'language-de': foreign('German'),
  'language-fr': foreign('French'),
  'language-es': foreign('Spanish'),
  'language-pt': foreign('Portuguese'),
  'language-it': foreign('Italian'),
  'language-nl': foreign('Dutch'),
  'language-sv': foreign('Swedish'),
  'language-da': foreign('Danish or Norwegian'),
  'language-pl': foreign('Polish'),
  'language-fi': foreign('Finnish'),
  'language-tr': foreign('Turkish'),
  'language-ro': foreign('Romanian'),
  'language-cs': foreign('Czech'),
  'language-other': foreign('another language'),
  garbled: 'The transcript does not read as speech, so nothing is concluded from it; only its figures are given.',
  'hard-to-hear': 'The recording was hard to hear, so words may be wrong.',
  'no-times': 'The transcript has no times, so nothing can be said of pace, pauses or who spoke how long.',
  'long-call': 'The recording is longer than six hours and may hold more than one conversation.',
  'cut-call': 'The transcript is longer than can be read at once; only its beginning was read.',
  'cut-turns': 'Some turns are longer than anybody speaks; only their beginning was read.',
  'hidden-signs': 'The transcript holds signs that are not seen or turn the writing round; they were not taken for words.',
};

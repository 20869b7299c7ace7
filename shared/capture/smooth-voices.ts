import type { Utterance, Word } from '../contracts/transcript.ts';
import { unnamed } from './line.ts';
import { unsureIn } from './unsure-words.ts';

/** A word, and whose voice a recogniser took it for; voices count from 0. */
export interface VoicedWord extends Word {
  voice: number;
}

/**
 * Words as people take turns: nobody says one word in the middle of somebody else's sentence. The cheapest way through is taken, where
 * it costs something to contradict the recogniser, much to change the voice within a sentence, and little to change it at its end or
 * after a pause. Then a voice that only goes on where another one ended for good is that one.
 */
export function smoothVoices(words: readonly VoicedWord[]): VoicedWord[] {
  return joinSplit(cheapest(words));
}

/** Words as utterances: cut where the voice changes or falls silent. Voices are "Speaker 1" onward as they first speak; nobody's side is known. */
export function turnsOf(words: readonly VoicedWord[]): Utterance[] {
  const voices = [...new Set(words.map(({ voice }) => voice))];
  const turns: VoicedWord[][] = [];
  for (const word of words) {
    const open = turns.at(-1);
    const before = open?.at(-1);
    if (open && before && before.voice === word.voice && word.startMs - before.endMs < SILENCE_MS) open.push(word);
    else turns.push([word]);
  }
  return turns.map((said, seq) => ({
    seq,
    role: 'other',
    speaker: unnamed(voices.indexOf(said[0]?.voice ?? 0)),
    text: said.map(({ text }) => text).join(' '),
    startMs: said[0]?.startMs ?? 0,
    endMs: said.at(-1)?.endMs ?? 0,
    confidence: Math.round((said.reduce((sum, { confidence }) => sum + confidence, 0) / said.length) * 10_000) / 10_000,
    ...unsureIn(said),
  }));
}

function cheapest(words: readonly VoicedWord[]): VoicedWord[] {
  const voices = [...new Set(words.map(({ voice }) => voice))];
  if (voices.length < 2) return [...words];
  // Where each voice would have come from, word by word.
  const from: number[][] = [];
  let costs: number[] = voices.map(() => 0);
  for (const [nth, word] of words.entries()) {
    const before = words[nth - 1];
    const change = before ? changeCost(before, word) : 0;
    const least = costs.reduce((best, cost, at) => (cost < (costs[best] ?? 0) ? at : best), 0);
    const moved = voices.map((_, at) => ((costs[least] ?? 0) + change < (costs[at] ?? 0) ? least : at));
    costs = voices.map(
      (voice, at) => (costs[moved[at] ?? at] ?? 0) + (moved[at] === at ? 0 : change) + (voice === word.voice ? 0 : CONTRADICTS),
    );
    from.push(moved);
  }
  let at = costs.reduce((best, cost, nth) => (cost < (costs[best] ?? 0) ? nth : best), 0);
  const smooth = [...words];
  for (let nth = words.length - 1; nth >= 0; nth--) {
    const word = words[nth];
    if (word) smooth[nth] = { ...word, voice: voices[at] ?? word.voice };
    at = from[nth]?.[at] ?? at;
  }
  return smooth;
}

function changeCost(before: VoicedWord, word: VoicedWord): number {
  const isEnd = /[.?!\u2026]["'\u201d\u2019)]?$/.test(before.text) || word.startMs - before.endMs >= PAUSE_MS;
  return isEnd ? AT_END : WITHIN;
}

/**
 * Of three voices or more: one that begins when another has ended, talks to the same people and hardly to that one, is the same person.
 * Unless it says hello: then the call was handed over.
 */
function joinSplit(words: readonly VoicedWord[]): VoicedWord[] {
  const spans = new Map<number, { first: number; last: number }>();
  for (const [nth, { voice }] of words.entries()) spans.set(voice, { first: spans.get(voice)?.first ?? nth, last: nth });
  if (spans.size < 3) return [...words];
  const partners = new Map([...spans.keys()].map((voice) => [voice, new Map<number, number>()]));
  for (const [nth, { voice }] of words.entries()) {
    const before = words[nth - 1]?.voice;
    if (before === undefined || before === voice) continue;
    for (const [one, other] of [
      [before, voice],
      [voice, before],
    ] as const)
      partners.get(one)?.set(other, (partners.get(one)?.get(other) ?? 0) + 1);
  }
  const partnerOf = (voice: number): number | undefined => [...(partners.get(voice) ?? [])].sort(([, a], [, b]) => b - a)[0]?.[0];
  const same = new Map<number, number>();
  const order = [...spans.keys()].sort((a, b) => (spans.get(a)?.first ?? 0) - (spans.get(b)?.first ?? 0));
  for (const later of order) {
    const earlier = order.find(
      (one) =>
        one !== later &&
        !same.has(one) &&
        (spans.get(one)?.last ?? 0) < (spans.get(later)?.first ?? 0) &&
        partnerOf(one) === partnerOf(later) &&
        (partners.get(one)?.get(later) ?? 0) <= 1 &&
        !isGreeting(words, later),
    );
    // Both have to have talked enough that their not meeting means something.
    if (earlier !== undefined && [earlier, later].every((one) => sum(partners.get(one)) >= TURNS_MIN)) {
      same.set(later, earlier);
      spans.set(earlier, { first: spans.get(earlier)?.first ?? 0, last: spans.get(later)?.last ?? 0 });
    }
  }
  return words.map((word) => ({ ...word, voice: same.get(word.voice) ?? word.voice }));
}

function isGreeting(words: readonly VoicedWord[], voice: number): boolean {
  const first = words.filter((word) => word.voice === voice).slice(0, GREETING_WORDS);
  return /\b(?:hello|hi|hey|good (?:morning|afternoon|evening)|this is|speaking|my name)\b/i.test(first.map(({ text }) => text).join(' '));
}

const sum = (counts: ReadonlyMap<number, number> | undefined): number => [...(counts?.values() ?? [])].reduce((all, one) => all + one, 0);

const CONTRADICTS = 1;
const AT_END = 0.4;
const WITHIN = 2.2;
const PAUSE_MS = 300;
const SILENCE_MS = 800;
const TURNS_MIN = 4;
const GREETING_WORDS = 25;

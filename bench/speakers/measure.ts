import { dice } from '../../sandbox/kit/dice.ts';
import type { SellerCue } from '../../shared/capture/seller-cues.ts';
import { smoothVoices, type VoicedWord } from '../../shared/capture/smooth-voices.ts';
import { hearVoice, noVoices, sidesOf, type WhoSpeaks } from '../../shared/capture/who-speaks.ts';
import { type Errors, type HeardWord, heardAs } from './confuse.ts';
import type { Dialogue } from './read-dialogues.ts';

/** Shares are 0..1; the intervals hold 95 %. */
export interface Measured {
  calls: number;
  /** Calls whose sides are the right way round. */
  right: Share;
  /** Calls where we are sure enough not to ask, and how many of those are right. */
  sure: Share;
  rightOfSure: Share;
  /** Words with the wrong side, as the recogniser's voices stand and once they are smoothed; resampled over calls. */
  wrongWords: { raw: Share; smooth: Share };
}

interface Share {
  share: number;
  low: number;
  high: number;
}

interface OfCall {
  isRight: boolean;
  isSure: boolean;
  words: number;
  wrongRaw: number;
  wrongSmooth: number;
}

export function measure(calls: readonly { dialogue: Dialogue; cues: readonly SellerCue[] }[], errors: Errors): Measured {
  const each = calls.map(({ dialogue, cues }) => measureCall(heardAs(dialogue, errors), cues));
  const sure = each.filter(({ isSure }) => isSure);
  return {
    calls: each.length,
    right: wilson(each.filter(({ isRight }) => isRight).length, each.length),
    sure: wilson(sure.length, each.length),
    rightOfSure: wilson(sure.filter(({ isRight }) => isRight).length, sure.length),
    wrongWords: { raw: overCalls(each, ({ wrongRaw }) => wrongRaw), smooth: overCalls(each, ({ wrongSmooth }) => wrongSmooth) },
  };
}

function measureCall(heard: readonly HeardWord[], cues: readonly SellerCue[]): OfCall {
  const smooth = smoothVoices(heard);
  const raw = sides(heard, cues);
  const { roles, isSure } = sides(smooth, cues);
  const isRepNow = (word: VoicedWord, from: WhoSpeaks) => from.roles.get(String(word.voice)) === 'rep';
  const wrong = (words: readonly VoicedWord[], from: WhoSpeaks) =>
    words.filter((word, nth) => isRepNow(word, from) !== heard[nth]?.isRep).length;
  const wrongSmooth = wrong(smooth, { roles, isSure, confidence: 1 });
  return { isRight: wrongSmooth * 2 < heard.length, isSure, words: heard.length, wrongRaw: wrong(heard, raw), wrongSmooth };
}

function sides(words: readonly VoicedWord[], cues: readonly SellerCue[]): WhoSpeaks {
  let voices = noVoices;
  let text: string[] = [];
  for (const [nth, word] of words.entries()) {
    text.push(word.text);
    if (words[nth + 1]?.voice === word.voice) continue;
    voices = hearVoice(voices, { voice: String(word.voice), text: text.join(' ') }, {}, cues);
    text = [];
  }
  return sidesOf(voices);
}

function wilson(count: number, of: number): Share {
  if (of === 0) return { share: 0, low: 0, high: 1 };
  const [z, p] = [1.96, count / of];
  const [middle, spread] = [p + (z * z) / (2 * of), z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))];
  const scale = 1 + (z * z) / of;
  return rounded({ share: p, low: (middle - spread) / scale, high: (middle + spread) / scale });
}

function overCalls(each: readonly OfCall[], wrong: (one: OfCall) => number): Share {
  const shareOf = (list: readonly OfCall[]) =>
    list.reduce((sum, one) => sum + wrong(one), 0) / list.reduce((sum, { words }) => sum + words, 0);
  const throwDice = dice(7);
  const drawn = Array.from({ length: 1_000 }, () => shareOf(each.flatMap(() => each[Math.floor(throwDice() * each.length)] ?? []))).sort(
    (one, other) => one - other,
  );
  return rounded({ share: shareOf(each), low: drawn[25] ?? 0, high: drawn[974] ?? 1 });
}

const rounded = ({ share, low, high }: Share): Share => {
  const short = (value: number) => Math.round(value * 1_000) / 1_000;
  return { share: short(share), low: short(low), high: short(high) };
};

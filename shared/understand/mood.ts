import type { Insight, TurningPoint } from '../contracts/insight.ts';
import type { Utterance } from '../contracts/transcript.ts';
import { evidenceOf } from './said.ts';
import { type Span, sentences } from './sentences.ts';

interface Turn {
  utterance: Utterance;
  sentiment: number;
}

/** What the customer's turns felt like, in order; the rep's mood is not asked. */
export function customerTurns(utterances: readonly Utterance[], turns: Insight['turns']): Turn[] {
  const sentiments = new Map(turns.map((one) => [one.seq, one.sentiment]));
  return utterances.flatMap((utterance) => {
    const sentiment = sentiments.get(utterance.seq);
    return utterance.role === 'rep' || sentiment === undefined || utterance.text.trim() === '' ? [] : [{ utterance, sentiment }];
  });
}

/** The customer's sentiment by quarter of the call: by time, or by place where the transcript has no times. Null where they said nothing. */
export function quartersOf(turns: readonly Turn[], utterances: readonly Utterance[]): (number | null)[] {
  const first = utterances.reduce((least, one) => Math.min(least, one.startMs), Number.POSITIVE_INFINITY);
  const length = utterances.reduce((most, one) => Math.max(most, one.endMs), 0) - first;
  const nth = new Map(utterances.map((one, at) => [one, at]));
  const place = (one: Utterance): number =>
    length > 0 ? (one.startMs - first) / length : (nth.get(one) ?? 0) / Math.max(1, utterances.length);
  return [0, 1, 2, 3].map((quarter) => {
    const here = turns.filter(({ utterance }) => Math.min(3, Math.floor(place(utterance) * 4)) === quarter);
    return here.length === 0 ? null : round(mean(here));
  });
}

/** Where the mood changed and stayed so: three turns before against three from there on. At most five, the sharpest. */
export function turningPoints(turns: readonly Turn[]): TurningPoint[] {
  const steps = turns.map((turn, at) => ({
    turn,
    at,
    delta: at < 2 ? 0 : round(mean(turns.slice(at, at + SPAN)) - mean(turns.slice(Math.max(0, at - SPAN), at))),
  }));
  const kept: typeof steps = [];
  for (const step of steps.filter((one) => Math.abs(one.delta) >= DELTA_MIN).toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta)))
    if (kept.length < POINTS_MAX && kept.every((one) => Math.abs(one.at - step.at) >= SPAN)) kept.push(step);
  return kept
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ turn: { utterance }, delta }) => {
      // The longest sentence of the turn says most about it.
      const sentence = sentences(utterance.text).reduce<Span | undefined>(
        (held, one) => (held && held.text.length >= one.text.length ? held : one),
        undefined,
      );
      return sentence ? [{ delta, evidence: evidenceOf(utterance, sentence.start, sentence.end) }] : [];
    });
}

const mean = (turns: readonly Turn[]): number => turns.reduce((sum, one) => sum + one.sentiment, 0) / Math.max(1, turns.length);
const round = (value: number): number => Math.round(value * 1_000) / 1_000;

const SPAN = 3;
const DELTA_MIN = 0.2;
const POINTS_MAX = 5;

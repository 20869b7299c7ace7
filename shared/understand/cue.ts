import type { Said } from './said.ts';

/** A pattern over a lean sentence that speaks for a type, with how often it is right. */
export interface Cue<T> {
  type: T;
  re: RegExp;
  /** 0..1 */
  confidence: number;
  /** Its own "not" is part of it, so a negation before it does not count. */
  whole?: boolean;
}

/** A claim found in a sentence, before it becomes part of an insight. */
export interface Found<T> {
  type: T;
  said: Said;
  confidence: number;
}

/** The best found of each type in one utterance: a worry told in three sentences is one worry. */
export function bestOfTurn<T>(found: readonly Found<T>[]): Found<T>[] {
  const best = new Map<string, Found<T>>();
  for (const one of found) {
    const key = `${one.said.utterance.seq} ${String(one.type)}`;
    const held = best.get(key);
    if (!held || one.confidence > held.confidence) best.set(key, one);
  }
  return [...best.values()];
}

import type { HeardWord } from './ear.ts';

/** A word with how often it was already sent, so that an early wrong guess can be corrected after its time. */
export interface SentWord extends HeardWord {
  sent: number;
}

export const fresh = (word: HeardWord): SentWord => ({ ...word, sent: 0 });

/** The word as this message shows it. What is settled is always right. */
export function guess(word: SentWord, settled: boolean): { text: string; confidence: number } {
  const wrong = word.first && !settled && word.sent < word.first.partials ? word.first : undefined;
  word.sent += 1;
  return { text: wrong?.text ?? word.text, confidence: wrong?.confidence ?? word.confidence };
}

export const seconds = (ms: number): number => Math.round(ms) / 1_000;

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10_000) / 10_000;

/** Lower case without the marks around it, as `word` beside `punctuated_word`. */
export const plain = (text: string): string => text.toLowerCase().replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askedOf, type GoldTurn, readLines } from './calls.ts';
import { predict } from './predict.ts';
import { type Scores, score } from './score.ts';

export interface Measured {
  calls: number;
  turns: number;
  written: Scores;
  /** The same calls in lower case without punctuation. */
  bare: Scores;
  msPerTurn: number;
}

/** Where the calls lie that nobody here wrote. They are not part of this repository. */
export const devFolder = join(import.meta.dirname, '../../../shared/evals/dev');

/** The embedded analyzer on a folder of labelled calls; undefined where there is none. */
export function measure(folder: string, competitors: readonly string[] = []): Measured | undefined {
  const path = join(folder, 'dev_turns.jsonl');
  if (!existsSync(path)) return undefined;
  const gold = readLines<GoldTurn>(path);
  const run = (isBare: boolean): Scores =>
    score(
      gold,
      askedOf(gold, isBare).map((call) => predict(call, competitors)),
    );
  const written = run(false);
  const started = performance.now();
  const bare = run(true);
  // A prediction reads each call twice: once as insight and once turn by turn.
  const msPerTurn = (performance.now() - started) / gold.length / 2;
  return { calls: new Set(gold.map((one) => one.call_id)).size, turns: gold.length, written, bare, msPerTurn };
}

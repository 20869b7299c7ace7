import { join } from 'node:path';
import { type Dialogue, readCorpus } from './read-corpus.ts';

const LIKE_MAX = 0.5;
const GRAM = 5;

/** Two turns that say nearly the same: where, and how much of their five-word runs they share (0..1). */
export interface Likeness {
  one: string;
  other: string;
  share: number;
}

/** Every pair of turns that share more than half of their five-word runs; a shorter turn is one run. */
export function alike(dialogues: readonly Dialogue[]): Likeness[] {
  const turns = dialogues.flatMap(({ id, turns: said }) => said.map(({ text }, at) => ({ at: `${id}#${at}`, grams: gramsOf(text) })));
  const holders = new Map<string, number[]>();
  const found: Likeness[] = [];
  for (const [n, { at, grams }] of turns.entries()) {
    const shared = new Map<number, number>();
    for (const gram of grams) for (const other of holders.get(gram) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    for (const [other, both] of shared) {
      const held = turns[other];
      if (!held) continue;
      const share = both / (held.grams.size + grams.size - both);
      if (share > LIKE_MAX) found.push({ one: held.at, other: at, share });
    }
    for (const gram of grams) {
      const held = holders.get(gram);
      if (held) held.push(n);
      else holders.set(gram, [n]);
    }
  }
  return found;
}

function gramsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}$%']+/gu) ?? [];
  if (words.length < GRAM) return new Set([words.join(' ')]);
  return new Set(words.slice(GRAM - 1).map((_, at) => words.slice(at, at + GRAM).join(' ')));
}

if (import.meta.main) {
  const dialogues = readCorpus(process.argv[2] ?? join(import.meta.dirname, 'corpus'));
  const turns = dialogues.flatMap((one) => one.turns);
  const pairs = alike(dialogues);
  for (const { one, other, share } of pairs) process.stdout.write(`alike ${share.toFixed(2)}  ${one}  ${other}\n`);
  const ids = new Set(dialogues.map(({ id }) => id));
  const count = (of: (turn: (typeof turns)[number]) => readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const turn of turns) for (const name of of(turn)) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };
  process.stdout.write(
    `${JSON.stringify({
      ok: pairs.length === 0 && ids.size === dialogues.length,
      dialogues: dialogues.length,
      turns: turns.length,
      industries: new Set(dialogues.map(({ industry }) => industry)).size,
      objections: count((turn) => turn.objections),
      buying: count((turn) => turn.buying),
      steps: count((turn) => turn.steps.map(({ owner }) => owner)),
      rivals: turns.filter(({ rivals }) => rivals.length > 0).length,
      pricing: turns.filter(({ isPricing }) => isPricing).length,
      positive: turns.filter(({ sentiment }) => sentiment > 0).length,
      negative: turns.filter(({ sentiment }) => sentiment < 0).length,
    })}\n`,
  );
  process.exitCode = pairs.length === 0 && ids.size === dialogues.length ? 0 : 1;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpus } from '../../.ci/train/read-corpus.ts';
import { devFolder } from '../../sandbox/eval/measure.ts';

/** A conversation with its sides known. */
export interface Dialogue {
  id: string;
  /** What is kept together when something is learned: an industry. */
  group: string;
  turns: { isRep: boolean; text: string }[];
}

/** The project's own dialogues. */
export const ownDialogues = (): Dialogue[] =>
  readCorpus(join(import.meta.dirname, '../../.ci/train/corpus'))
    .map(({ id, industry, turns }) => ({ id, group: industry, turns: turns.map(({ isRep, text }) => ({ isRep, text })) }))
    .filter(hasBothSides);

/** Calls nobody here wrote: those of salespeople, and strangers who haggle over second-hand things. Undefined where they do not lie beside the project. */
export function foreignDialogues(): { sales: Dialogue[]; haggling: Dialogue[] } | undefined {
  const path = join(devFolder, 'dev_turns.jsonl');
  if (!existsSync(path)) return undefined;
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { call_id: string; role: string; text: string });
  const all = [...Map.groupBy(rows, (row) => row.call_id)]
    .map(([id, turns]) => ({ id, group: id, turns: turns.map(({ role, text }) => ({ isRep: role === 'rep', text })) }))
    .filter(hasBothSides);
  const isHaggling = ({ id }: Dialogue) => id.startsWith('cb_');
  return { sales: all.filter((one) => !isHaggling(one)), haggling: all.filter(isHaggling) };
}

const hasBothSides = ({ turns }: Dialogue): boolean => turns.some(({ isRep }) => isRep) && turns.some(({ isRep }) => !isRep);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buyingType, intent, objectionType } from '../../shared/contracts/insight.ts';

const objectionTypes: readonly string[] = objectionType.options;
const buyingTypes: readonly string[] = buyingType.options;
const owners = ['rep', 'prospect', 'both'];
const intents: readonly string[] = [...intent.options, 'none'];

/** What a turn means, as the corpus says; see corpus/README.md for the marks. */
export interface Turn {
  isRep: boolean;
  text: string;
  objections: string[];
  steps: { owner: string; due?: string }[];
  buying: string[];
  rivals: string[];
  isPricing: boolean;
  sentiment: -1 | 0 | 1;
}

export interface Dialogue {
  id: string;
  industry: string;
  /** `none`: nobody sells anything here. */
  intent: string;
  turns: Turn[];
}

/** Every dialogue of a folder, in the order of its file names. Throws with file and line at the first mark it does not know. */
export function readCorpus(folder: string): Dialogue[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => readDialogues(readFileSync(join(folder, name), 'utf8'), name));
}

export function readDialogues(text: string, name: string): Dialogue[] {
  const all: Dialogue[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const fail = (said: string): never => {
      throw new Error(`${name}:${at + 1} ${said}`);
    };
    if (line.trim() === '') continue;
    const head = /^= ([a-z0-9-]+) \| ([^|]+) \| ([a-z]+)$/.exec(line);
    if (head) {
      const [, id = '', industry = '', intent = ''] = head;
      if (!intents.includes(intent)) fail(`“${intent}” is no intent.`);
      all.push({ id, industry: industry.trim(), intent, turns: [] });
      continue;
    }
    const spoken = /^([RC]): (.+?)(?: ## (.+))?$/.exec(line);
    const dialogue = all.at(-1);
    if (!spoken || !dialogue) fail('is neither a heading nor a turn.');
    else dialogue.turns.push(turnOf(spoken[1] === 'R', spoken[2] ?? '', spoken[3] ?? '', fail));
  }
  return all;
}

function turnOf(isRep: boolean, text: string, marks: string, fail: (said: string) => never): Turn {
  const turn: Turn = { isRep, text: text.trim(), objections: [], steps: [], buying: [], rivals: [], isPricing: false, sentiment: 0 };
  for (const [mark] of marks.matchAll(/\S+?"[^"]*"|\S+/g)) {
    const [, kind, value = ''] = /^([a-z]+):(.*)$/.exec(mark) ?? [];
    if (mark === '$') turn.isPricing = true;
    else if (mark === '+') turn.sentiment = 1;
    else if (mark === '-') turn.sentiment = -1;
    else if (kind === 'o' && objectionTypes.includes(value) && !isRep) turn.objections.push(value);
    else if (kind === 'b' && buyingTypes.includes(value) && !isRep) turn.buying.push(value);
    else if (kind === 'c' && value !== '') turn.rivals.push(value.replaceAll('"', ''));
    else if (kind === 'n') {
      const [, owner = '', due] = /^([a-z]+)(?:,"([^"]+)")?$/.exec(value) ?? [];
      if (!owners.includes(owner)) fail(`“${mark}” names no owner.`);
      if (due !== undefined && !text.includes(due)) fail(`“${due}” is not in the turn's words.`);
      turn.steps.push({ owner, ...(due === undefined ? {} : { due }) });
    } else fail(`“${mark}” is no mark${isRep ? ' of a rep’s turn' : ''}.`);
  }
  for (const rival of turn.rivals) if (!text.toLowerCase().includes(rival.toLowerCase())) fail(`“${rival}” is not in the turn's words.`);
  return turn;
}

import type { Utterance } from '../../../shared/contracts/transcript.ts';
import { indexCall } from '../../../shared/remember/search/index-call.ts';
import type { Meaning } from '../../ports/meaning.ts';
import { ownMeaning } from './own-meaning.ts';
import type { SavedIndex } from './store.ts';

export interface KeepIndexDeps {
  utterancesOf(): Promise<Utterance[]>;
  meaning: Meaning;
  save(index: SavedIndex): Promise<void>;
}

/** Makes a call findable. Doing it again does it anew. */
export async function keepIndex(deps: KeepIndexDeps, call: { id: string; startedAt: Date }): Promise<void> {
  const { words, telling } = indexCall(await deps.utterancesOf());
  const { maker, signs } = await signsFor(
    deps.meaning,
    telling.map(({ text }) => text),
  );
  const meanings = telling.flatMap(({ seq }, at) => (signs[at] === undefined ? [] : [{ seq, signs: signs[at] }]));
  await deps.save({ callId: call.id, at: call.startedAt, words, maker, meanings });
}

/** By the words alone where the model does not answer: a call that waits for it is found by nobody. */
async function signsFor(meaning: Meaning, texts: readonly string[]) {
  for (const one of [meaning, ownMeaning]) {
    const made = await one.signsOf(texts);
    if (made.ok) return { maker: one.maker, signs: made.value };
  }
  return { maker: ownMeaning.maker, signs: [] };
}

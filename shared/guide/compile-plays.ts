import type { Play } from './play.ts';
import { plainWords, stemOf } from './tokens.ts';

/** Plays ready to be found in a turn. Made once a call from the tenant's plays and competitors; never stored. */
export interface CompiledPlays {
  byId: ReadonlyMap<string, Play>;
  root: Branch;
}

/** What can follow, and which phrases end here. Keys are stems, or `=word` where only the word itself will do. */
export interface Branch {
  next: Map<string, Branch>;
  ends: { play: Play; slots: Slots; negative: boolean }[];
}

export interface Slots {
  competitor?: string;
}

/** All phrases of all plays in one tree of words, names of competitors filled in. */
export function compilePlays(plays: readonly Play[], competitors: readonly string[]): CompiledPlays {
  const root = branch();
  for (const play of plays) {
    for (const phrase of play.phrases) for (const way of spell(phrase, competitors)) plant(root, way, play, false);
    for (const phrase of play.not) for (const way of spell(phrase, competitors)) plant(root, way, play, true);
  }
  return { byId: new Map(plays.map((play) => [play.id, play])), root };
}

const slot = '{competitor}';

function spell(phrase: string, competitors: readonly string[]): { keys: string[]; slots: Slots }[] {
  const [before = '', after] = phrase.split(slot);
  if (after === undefined) return [{ keys: stems(phrase), slots: {} }];
  return competitors.flatMap((competitor) => {
    // A name is kept whole: "Drift" is a competitor, "drifting" is not.
    const name = plainWords(competitor).map((word) => `=${word}`);
    return name.length === 0 ? [] : [{ keys: [...stems(before), ...name, ...stems(after)], slots: { competitor } }];
  });
}

const stems = (text: string): string[] => plainWords(text).map(stemOf);

function plant(root: Branch, { keys, slots }: { keys: string[]; slots: Slots }, play: Play, negative: boolean): void {
  if (keys.length === 0) return;
  let at = root;
  for (const key of keys) {
    const next = at.next.get(key) ?? branch();
    at.next.set(key, next);
    at = next;
  }
  at.ends.push({ play, slots, negative });
}

const branch = (): Branch => ({ next: new Map(), ends: [] });

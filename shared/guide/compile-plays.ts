import type { Moment } from '../contracts/playbook.ts';
import { type Automaton, automatonOf } from './moments/automaton.ts';
import { playOf } from './moments/play-of.ts';
import type { Play } from './play.ts';
import { plainWords, stemOf } from './tokens.ts';

/** Plays ready to be found in a turn. Made once a version from the tenant's plays, competitors and moments; never stored. */
export interface CompiledPlays {
  byId: ReadonlyMap<string, Play>;
  /** Each stem that stands in a phrase → its symbol. */
  symbols: ReadonlyMap<string, number>;
  automaton: Automaton;
  /** What each pattern of the automaton means. */
  phrases: readonly Phrase[];
  /** Moments that time or the record brings: what has to be shown first, then by priority. */
  timed: readonly Moment[];
  /** Those that fill a field. */
  slots: readonly Moment[];
}

export interface Phrase {
  play: Play;
  slots: Slots;
  negative: boolean;
  words: number;
  /** Words that only count as themselves, by their place: "Drift" is a competitor, "drifting" is not. Null where endings do not matter. */
  exact: readonly (string | undefined)[] | null;
}

export interface Slots {
  competitor?: string;
}

/** All phrases of all plays and enabled moments in one automaton over stems, names of competitors filled in. */
export function compilePlays(plays: readonly Play[], competitors: readonly string[], moments: readonly Moment[] = []): CompiledPlays {
  const enabled = moments.filter((moment) => moment.enabled);
  const all = [...plays, ...enabled.flatMap((moment) => playOf(moment) ?? [])];
  const symbols = new Map<string, number>();
  const patterns: number[][] = [];
  const phrases: Phrase[] = [];
  const add = (play: Play, text: string, negative: boolean): void => {
    for (const { words, exact, slots } of spell(text, competitors, play.exact ?? false)) {
      patterns.push(words.map((word) => symbolOf(symbols, stemOf(word))));
      phrases.push({ play, slots, negative, words: words.length, exact });
    }
  };
  for (const play of all) {
    for (const text of play.phrases) add(play, text, false);
    for (const text of play.not) add(play, text, true);
  }
  return {
    byId: new Map(all.map((play) => [play.id, play])),
    symbols,
    automaton: automatonOf(patterns),
    phrases,
    timed: enabled
      .filter(({ rule }) => !['phrase', 'step', 'slot'].includes(rule.is))
      .sort((a, b) => Number(b.compliance) - Number(a.compliance) || b.priority - a.priority),
    slots: enabled.filter(({ rule }) => rule.is === 'slot'),
  };
}

const slot = '{competitor}';

function spell(text: string, competitors: readonly string[], exact: boolean): { words: string[]; exact: Phrase['exact']; slots: Slots }[] {
  if (!text.includes(slot)) {
    const words = plainWords(text);
    return [{ words, exact: exact ? words : null, slots: {} }];
  }
  const [before = '', after = ''] = text.split(slot).map(plainWords);
  return competitors.flatMap((competitor) => {
    const name = plainWords(competitor);
    if (name.length === 0) return [];
    const words = [...before, ...name, ...after];
    const isName = (at: number): boolean => at >= before.length && at < before.length + name.length;
    return [{ words, exact: exact ? words : words.map((word, at) => (isName(at) ? word : undefined)), slots: { competitor } }];
  });
}

function symbolOf(symbols: Map<string, number>, stem: string): number {
  const known = symbols.get(stem);
  if (known !== undefined) return known;
  symbols.set(stem, symbols.size);
  return symbols.size - 1;
}

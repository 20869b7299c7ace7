import type { PlayKind } from '../contracts/guidance.ts';
import type { Role, Word } from '../contracts/transcript.ts';
import type { CompiledPlays, Phrase, Slots } from './compile-plays.ts';
import { isAsked } from './moments/is-asked.ts';
import type { Play } from './play.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A play's phrase found in a turn. `firstToken` and `lastToken` are places in the turn's words. */
export interface Match {
  playId: string;
  kind: PlayKind;
  /** What a play is shown once for: itself, or itself and the competitor named. */
  subject: string;
  firstToken: number;
  lastToken: number;
  slots: Slots;
  /** 0..1, the least sure word of the phrase. */
  confidence: number;
  /** A phrase of one word says little by itself. */
  single: boolean;
}

const negativeReach = 12;

/** Every play phrase in one speaker's whole turn, in the order spoken, less those that nearby words take back. */
export function matchPlays(words: readonly Word[], role: Role, plays: CompiledPlays): Match[] {
  const tokens = tokensOf(words);
  const hits = hitsIn(tokens, plays).filter(({ play }) => mayCome(play, role));
  const against = new Map<Play, Hit[]>();
  for (const hit of hits) if (hit.negative) against.set(hit.play, [...(against.get(hit.play) ?? []), hit]);
  return hits
    .filter((hit) => !hit.negative && !against.get(hit.play)?.some((other) => isNear(hit, other)))
    .map((hit) => toMatch(hit, tokens, words))
    .filter(({ playId, firstToken, lastToken }) => !plays.byId.get(playId)?.asQuestion || isAsked(words, firstToken, lastToken));
}

/** Sure enough to show: a lone word must be very clear, or still be there when the turn is heard again. */
export const isSure = ({ confidence, single }: Match, seenBefore: boolean): boolean =>
  confidence >= 0.8 && (!single || confidence >= 0.9 || seenBefore);

interface Hit {
  play: Play;
  slots: Slots;
  negative: boolean;
  first: number;
  last: number;
}

function hitsIn(tokens: readonly Token[], { symbols, automaton, phrases }: CompiledPlays): Hit[] {
  const hits: Hit[] = [];
  automaton.scan(
    tokens.map(({ stem }) => symbols.get(stem) ?? -1),
    (pattern, last) => {
      const phrase = phrases[pattern];
      if (!phrase) return;
      const first = last - phrase.words + 1;
      if (isExact(phrase, tokens, first)) hits.push({ play: phrase.play, slots: phrase.slots, negative: phrase.negative, first, last });
    },
  );
  return hits.sort((a, b) => a.first - b.first || a.last - b.last);
}

const isExact = ({ exact }: Phrase, tokens: readonly Token[], first: number): boolean =>
  exact === null || exact.every((word, at) => word === undefined || tokens[first + at]?.exact === word);

const mayCome = (play: Play, role: Role): boolean => play.heardFrom === 'anyone' || play.heardFrom === role;

const isNear = (hit: Hit, other: Hit): boolean => other.first - hit.last <= negativeReach && hit.first - other.last <= negativeReach;

function toMatch({ play, slots, first, last }: Hit, tokens: readonly Token[], words: readonly Word[]): Match {
  const firstToken = tokens[first]?.word ?? 0;
  const lastToken = tokens[last]?.word ?? firstToken;
  return {
    playId: play.id,
    kind: play.kind,
    subject: slots.competitor === undefined ? play.id : `${play.id}:${slots.competitor}`,
    firstToken,
    lastToken,
    slots,
    confidence: Math.min(...words.slice(firstToken, lastToken + 1).map((word) => word.confidence)),
    single: first === last,
  };
}

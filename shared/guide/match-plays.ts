import type { PlayKind } from '../contracts/guidance.ts';
import type { Role, Word } from '../contracts/transcript.ts';
import type { Branch, CompiledPlays, Slots } from './compile-plays.ts';
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
  const hits = tokens.flatMap((_, first) => hitsFrom(plays.root, tokens, first)).filter(({ play }) => mayCome(play, role));
  const against = hits.filter((hit) => hit.negative);
  return hits
    .filter((hit) => !hit.negative && !against.some((other) => other.play.id === hit.play.id && isNear(hit, other)))
    .map((hit) => toMatch(hit, tokens, words));
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

function hitsFrom(root: Branch, tokens: readonly Token[], first: number): Hit[] {
  const hits: Hit[] = [];
  let at: Branch[] = [root];
  for (let last = first; last < tokens.length && at.length > 0; last += 1) {
    const token = tokens[last];
    if (!token) break;
    at = at.flatMap((branch) => [branch.next.get(token.stem), branch.next.get(`=${token.exact}`)].filter((next) => next !== undefined));
    for (const branch of at) for (const end of branch.ends) hits.push({ ...end, first, last });
  }
  return hits;
}

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

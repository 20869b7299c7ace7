import { hearVoice, noVoices, sidesOf } from '../capture/who-speaks.ts';
import type { Role } from '../contracts/transcript.ts';
import type { Heard } from './heard.ts';
import type { Session } from './session.ts';

type Turn = Extract<Heard, { type: 'turn' }>;

/** A turn with the side it is taken for. */
export interface Placed {
  session: Session;
  heard: Turn;
  /** Whose voice, for people; where one track has several. */
  speaker?: string;
  /** False while its side is a guess, and nothing may follow from it. */
  isSure: boolean;
}

const ROLES: readonly Role[] = ['rep', 'customer', 'other'];

/** Where a track has one side, that is it. Where it has several voices, the side is what everything they said so far speaks for. */
export function placeVoice(session: Session, heard: Turn): Placed {
  if (heard.voice === undefined) return { session, heard, isSure: true };
  // A turn stays on the side it began on: a line that jumps is worse than one that is wrong once.
  const began = ROLES.find((role) => session.turns[role]?.index === heard.turn);
  const isLate =
    ROLES.some((role) => heard.turn < (session.turns[role]?.index ?? -1)) || (began !== undefined && session.turns[began]?.final);
  const { voice, text } = heard;
  const voices =
    heard.final && !isLate ? hearVoice(session.voices ?? noVoices, { voice, text }, session.known) : (session.voices ?? noVoices);
  const { roles, isSure } = sidesOf(voices);
  const role = began ?? roles.get(voice) ?? 'other';
  const names = Object.keys(voices.heard);
  const nth = names.indexOf(voice);
  return {
    session: voices === session.voices ? session : { ...session, voices },
    heard: { ...heard, role },
    speaker: `Speaker ${(nth < 0 ? names.length : nth) + 1}`,
    isSure: isSure && roles.get(voice) === role,
  };
}

/** The first turn number that is free: of one side, or of all of them where one track has several voices. */
export const nextTurn = (session: Session | undefined, role: Role, isMixed: boolean): number =>
  Math.max(-1, ...(isMixed ? ROLES : [role]).map((one) => session?.turns[one]?.index ?? -1)) + 1;

import type { LiveMark } from '../contracts/guidance.ts';
import type { Told } from './heard.ts';
import type { Session } from './session.ts';

const flagsMax = 100;

/** The rep flags this moment: it is kept with the call. The same flag twice is one; without consent there is nothing to come back to. */
export function flagMoment(session: Session, { id, by }: { id: string; by: string }): [Session, Told[]] {
  const flags = session.flags ?? [];
  if (session.consent !== 'granted' || flags.length >= flagsMax || flags.some((flag) => flag.id === id)) return [session, []];
  const line = session.lines.at(-1);
  const mark: LiveMark = { id, atMs: Math.round(session.nowMs), ...(line ? { role: line.role, turn: line.turn } : {}) };
  const seq = session.seq + 1;
  return [{ ...session, seq, flags: [...flags, { ...mark, by }] }, [{ type: 'mark', seq, mark }]];
}

/** As screens are told: not who. */
export const marksOf = ({ flags }: Session): LiveMark[] => (flags ?? []).map(({ by: _, ...mark }) => mark);

import { sideOf } from './read-meeting.ts';

/** Who is, or was, in a running meeting, by the platform's id of them. Plain JSON. */
export type Roster = Readonly<Record<string, { name: string; role: 'rep' | 'customer'; isHere: boolean }>>;

/** More people than this are a webinar: the rest of them count as one. */
const PEOPLE_MAX = 500;
const OTHERS = 'others';

export interface Entered {
  roster: Roster;
  /** Under which id they are kept. */
  id: string;
  role: 'rep' | 'customer';
  /** One of the others came just now: nobody has asked them. */
  isNewGuest: boolean;
}

/**
 * Somebody came in, or is heard though nobody told us that they came. Whoever is called like one of ours is on the rep's side; a second one
 * of the same name is not believed. Everybody else is the customer's.
 */
export function enter(roster: Roster, { id: said, name }: { id: string; name: string }, ours: readonly string[]): Entered {
  const id = roster[said] || Object.keys(roster).length < PEOPLE_MAX ? said : OTHERS;
  const known = roster[id];
  if (known?.isHere) return { roster, id, role: known.role, isNewGuest: false };
  const isOurs = id !== OTHERS && ours.some((own) => sideOf(name, [{ name: own, isOurs: true }]) === 'rep');
  const isTaken = Object.entries(roster).some(([other, one]) => other !== id && one.isHere && one.role === 'rep' && one.name === name);
  const role = known?.role ?? (isOurs && !isTaken ? 'rep' : 'customer');
  return { roster: { ...roster, [id]: { name: known?.name ?? name, role, isHere: true } }, id, role, isNewGuest: role === 'customer' };
}

/** Somebody went. */
export function leave(roster: Roster, id: string): Roster {
  const known = roster[id];
  return known?.isHere ? { ...roster, [id]: { ...known, isHere: false } } : roster;
}

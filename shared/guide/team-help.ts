import type { TeamHelp } from '../contracts/team.ts';
import { namedIn, type RepOf } from './moments/choose-playbooks.ts';

/** Whose calls somebody leads, and what they are called there; null when they lead nobody. Reps as an admin typed them. */
export function ledBy({ teams }: TeamHelp, lead: RepOf): { name: string; reps: string[] } | null {
  const led = teams.filter(({ leads }) => leads.some(({ rep }) => namedIn([rep], lead)));
  const name = led.flatMap(({ leads }) => leads).find(({ rep }) => namedIn([rep], lead))?.name;
  return name === undefined ? null : { name, reps: [...new Set(led.flatMap(({ reps }) => reps.map((rep) => rep.toLowerCase())))] };
}

interface RunningCall {
  status: string;
  isPrivate: boolean;
  repId: string;
  repEmail: string;
}

/** May whoever leads these reps help on this call? Only while it runs, never on a private one, and nobody helps themselves. */
export function mayHelp(reps: readonly string[], lead: RepOf, { status, isPrivate, repId, repEmail }: RunningCall): boolean {
  if (status !== 'live' || isPrivate) return false;
  const rep = { userId: repId, email: repEmail };
  return namedIn(reps, rep) && !namedIn([repId, repEmail], lead);
}

import type { RecordRef } from '../contracts/record.ts';
import { type Person, type Picked, sharedName } from './pick-person.ts';

/** An address that was in a meeting, and whom the CRM knows by it. */
export interface Met<P extends Person> {
  name: string;
  email: string;
  picked: Picked<P>;
}

interface MeetingRecord {
  /** Null when the CRM knows nobody who was there: the words stay in the memory, nothing is written. */
  record: RecordRef | null;
  contact: RecordRef | null;
  name: string;
  email: string | null;
}

/**
 * Where a meeting belongs: the one deal of the people who were in it; with several deals nobody guesses, and it is the first person's own.
 * With several people behind one address the likeliest record is shown, and who it was is asked afterwards.
 */
export function pickMeeting<P extends Person>(met: readonly Met<P>[]): MeetingRecord {
  const sure = met.flatMap((one) => (one.picked.is === 'one' ? [{ ...one, person: one.picked.person }] : []));
  const deals = new Map(
    sure.flatMap(({ person }) => (person.deal ? [[`${person.deal.object}/${person.deal.id}`, person.deal] as const] : [])),
  );
  const [onlyDeal] = deals.size === 1 ? deals.values() : [];
  const who = sure.find(({ person }) => onlyDeal && person.deal?.id === onlyDeal.id) ?? sure[0];
  if (who)
    return { record: onlyDeal ?? who.person.ref, contact: who.person.ref, name: who.person.name, email: who.person.email ?? who.email };
  for (const { picked, email, name } of met) {
    const [likeliest] = picked.is === 'several' ? picked.people : [];
    if (picked.is !== 'several' || !likeliest) continue;
    return { record: likeliest.deal ?? likeliest.ref, contact: null, name: sharedName(picked.people) ?? name, email };
  }
  const [first] = met;
  return { record: null, contact: null, name: first?.name ?? 'Customer', email: first?.email ?? null };
}

import { sharedName } from '../../shared/act/pick-person.ts';
import type { Ask } from '../../shared/contracts/change.ts';
import type { CrmPerson } from '../ports/crm.ts';

/** The question's name among a change's `asks`. */
export const WHO = 'who';
const CHOICES_MAX = 20;

/** Several people have the address of this call: which of them was it? Null when there is nothing to ask. */
export function whichPerson(people: readonly CrmPerson[]): Ask | null {
  if (people.length < 2) return null;
  const shared = sharedName(people);
  return {
    field: WHO,
    label: shared !== null ? `Which ${shared} was on the call?` : 'Who was on the call?',
    type: 'choice',
    options: people.slice(0, CHOICES_MAX).map(({ ref, name, email }) => ({ value: ref.id, label: email ? `${name} (${email})` : name })),
  };
}

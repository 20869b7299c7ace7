import type { RecordRef } from '../../shared/contracts/record.ts';
import type { PersonView } from '../../shared/contracts/view.ts';
import { explainTouch } from '../../shared/relate/explain-touch.ts';
import { trust } from '../../shared/relate/trust.ts';
import type { Touch } from './observe.ts';

export interface PeopleDeps {
  touchesOf(tenantId: string, personIds: readonly string[]): Promise<Touch[]>;
  now(): string;
  timeZone: string;
}

/** How well the viewer knows each of these people, warmest first; whoever they never met is left out. */
export async function people(
  deps: PeopleDeps,
  tenantId: string,
  viewerId: string,
  persons: readonly { ref: RecordRef; name: string }[],
): Promise<PersonView[]> {
  const touches = (
    await deps.touchesOf(
      tenantId,
      persons.map((person) => person.ref.id),
    )
  ).filter((touch) => touch.repId === viewerId);
  return persons
    .map((person) => ({ person, met: touches.filter(({ person: met }) => met.id === person.ref.id && met.object === person.ref.object) }))
    .filter(({ met }) => met.length > 0)
    .map(({ person, met }) => ({
      name: person.name,
      record: person.ref,
      trust: trust(met, deps.now()),
      why: explainTouch(met, deps.now(), deps.timeZone),
    }))
    .sort((a, b) => b.trust - a.trust);
}

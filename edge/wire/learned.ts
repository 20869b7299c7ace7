import type { Parts } from '../parts.ts';
import { type Learned, personOf } from '../relate/known-people.ts';
import { touchesOfPeople } from '../relate/store.ts';
import { tiesOf, togetherOf } from '../relate/ties/store.ts';

/** All that is known of these people, from one read of each kind in one round trip. */
export async function learnedOf({ db }: Pick<Parts, 'db'>, tenantId: string, keys: readonly string[]): Promise<Learned> {
  const persons = keys.map(personOf).filter((person) => person !== null);
  const [touches, told, together] = await Promise.all([
    touchesOfPeople(db, tenantId, persons),
    tiesOf(db, tenantId, keys),
    togetherOf(db, tenantId, keys),
  ]);
  return { touches, told, together };
}

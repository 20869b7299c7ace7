import type { ConnectionsView } from '../../../shared/contracts/intro.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { plain } from '../../../shared/kit/ids.ts';
import type { Connection } from '../../../shared/relate/read-connections.ts';
import { personKey } from '../known-people.ts';
import type { ToldTie } from './store.ts';

export interface ImportDeps {
  /** Everybody here has met, by name. */
  namesKnown(): Promise<{ key: string; name: string }[]>;
  /** Whose address that is in the CRM; null for nobody, and where several share it. */
  byEmail(email: string): Promise<{ ref: RecordRef; name: string } | null>;
  hashOf(email: string): Promise<string>;
  /** Which of these hashes or keys belong to somebody who objected. */
  outOf(keysOrHashes: readonly string[]): Promise<Set<string>>;
  tell(ties: readonly ToldTie[]): Promise<unknown>;
}

/** The CRM is asked for this many addresses at most, some at once: a rep waits for the answer. */
const lookupsMax = 60;
const atOnce = 6;

/** A member's own contact list: whoever is known here already is tied to them, faintly. Of the others nothing is kept. */
export async function importConnections(
  deps: ImportDeps,
  member: { key: string; name: string },
  { connections, unreadable }: { connections: readonly Connection[]; unreadable: number[] },
): Promise<ConnectionsView> {
  const known = new Map<string, { key: string; name: string }[]>();
  for (const one of await deps.namesKnown()) known.set(plain(one.name), [...(known.get(plain(one.name)) ?? []), one]);
  const hashes = new Map<string, string>();
  for (const { email } of connections) if (email !== null) hashes.set(email, await deps.hashOf(email));
  const out = await deps.outOf([...hashes.values()]);

  const matched = new Map<string, { name: string; by: 'email' | 'name' }>();
  let [unknown, ambiguous, blocked] = [0, 0, 0];
  const byName: Connection[] = [];
  const withEmail = connections.filter(({ email }) => email !== null && !out.has(hashes.get(email) ?? ''));
  blocked += connections.filter(({ email }) => email !== null && out.has(hashes.get(email) ?? '')).length;
  byName.push(...connections.filter(({ email }) => email === null), ...withEmail.slice(lookupsMax));
  for (let at = 0; at < Math.min(withEmail.length, lookupsMax); at += atOnce) {
    const some = withEmail.slice(at, Math.min(at + atOnce, lookupsMax));
    const found = await Promise.all(some.map(({ email }) => deps.byEmail(email ?? '')));
    for (const [n, person] of found.entries()) {
      const row = some[n];
      if (person) matched.set(personKey(person.ref), { name: person.name, by: 'email' });
      else if (row) byName.push(row);
    }
  }
  for (const { plainName } of byName) {
    const same = new Map((known.get(plainName) ?? []).map((one) => [one.key, one]));
    const [one] = same.values();
    if (!one) unknown++;
    else if (same.size > 1) ambiguous++;
    else if (!matched.has(one.key)) matched.set(one.key, { name: one.name, by: 'name' });
  }
  for (const key of await deps.outOf([...matched.keys()])) if (matched.delete(key)) blocked++;
  await deps.tell([...matched].map(([to, { name }]) => ({ from: member.key, to, proof: 'listed', fromName: member.name, toName: name })));
  return { rows: connections.length + unreadable.length, matched: [...matched.values()], unknown, ambiguous, blocked, unreadable };
}

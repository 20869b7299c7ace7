import { erase } from './erase.ts';
import { merge } from './merge.ts';
import { archive, create, findRow, update } from './records.ts';
import type { ObjectType } from './schema.ts';
import type { Desk, Source, World } from './state.ts';

type Who = { userId?: number };

/** What people do in the CRM themselves. Whoever is not named is the first owner. */
export interface People {
  /** A new record; its id. */
  add(type: ObjectType, properties: Record<string, string>, who?: Who): string;
  edit(type: ObjectType, id: string, properties: Record<string, string>, who?: Who): void;
  archive(type: ObjectType, id: string, who?: Who): void;
  /** The id of the record that both have become. */
  merge(type: ObjectType, primaryId: string, mergedId: string, who?: Who): string;
  /** A contact erased for its privacy. */
  erase(contactId: string, who?: Who): void;
}

/** Acts on a portal as a person at the screen would; each act obeys the rules values obey and is told like any other change. */
export function people(world: World): People {
  const desk = (who: Who | undefined): Desk => ({ ...world, dated: false, by: person(who?.userId ?? world.state.owners[0]?.userId ?? 0) });
  return {
    add: (type, properties, who) => create(desk(who), type, properties).id,
    edit(type, id, properties, who) {
      update(desk(who), type, findRow(world.state, type, id), properties);
    },
    archive(type, id, who) {
      archive(desk(who), type, findRow(world.state, type, id));
    },
    merge: (type, primaryId, mergedId, who) => merge(desk(who), type, primaryId, mergedId).id,
    erase: (contactId, who) => erase(desk(who), 'contacts', contactId),
  };
}

export const person = (userId: number): Source => ({ type: 'CRM_UI', id: `userId:${userId}`, userId });

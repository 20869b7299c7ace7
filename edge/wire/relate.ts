import type { RecordRef } from '../../shared/contracts/record.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { GraphServices } from '../relate/graph/relationship-graph.ts';
import { knownPeople, personKey, personOf } from '../relate/known-people.ts';
import { pathRoutes } from '../relate/path-routes.ts';
import { showPaths } from '../relate/show-paths.ts';
import * as relations from '../relate/store.ts';
import { graphStub } from '../stubs.ts';

const CALLS_MAX = 20;
const PATHS_MAX = 5;

export function wireRelate(parts: Parts, sight: Sight): { graph: GraphServices; routes: (app: RosApp) => void } {
  const { db, now, bindings } = parts;
  return {
    graph: {
      now,
      knownOf: async (tenantId, keys, epochMs) =>
        knownPeople(
          await relations.touchesOfPeople(
            db,
            tenantId,
            keys.map(personOf).filter((person) => person !== null),
          ),
          now(),
          epochMs,
        ),
      keysAfter: async (tenantId, after, limit) =>
        (await relations.peopleAfter(db, tenantId, after === null ? null : personOf(after), limit)).map(personKey),
    },
    routes: pathRoutes({
      maySeeRecord: (who, ref) => sight.record(who, ref),
      pathsTo: (who, ref) =>
        showPaths(
          {
            now,
            targetsOf: (of) => targetsOf(parts, sight, who, of),
            pathsTo: (targets) => graphStub(bindings, who.tenantId).paths({ tenantId: who.tenantId, targets, most: PATHS_MAX }),
            touchesOf: (persons) => relations.touchesOfPeople(db, who.tenantId, persons),
            note: (paths) => relations.notePaths(db, who.tenantId, who.user.id, ref, paths),
          },
          ref,
          who.user.id,
        ),
    }),
  };
}

/** A person themself; of anything else the people its CRM has on it with a number, and whom we spoke with about it, as far as this viewer may see it. */
async function targetsOf(parts: Parts, sight: Sight, who: Who, ref: RecordRef): Promise<RecordRef[]> {
  if (ref.object === 'contact' || ref.object === 'lead') return [ref];
  const { tenantId, connectionId } = who;
  const [phones, rows] = await Promise.all([
    parts.phonesOf(tenantId, connectionId, ref),
    calls.callsOfRecord(parts.db, tenantId, ref, CALLS_MAX),
  ]);
  const seen = await sight.calls(who, rows);
  const named = [
    ...(phones.ok ? phones.value.map(({ of }) => of) : []),
    ...seen.flatMap(({ contactId }) => (contactId === null ? [] : [{ object: 'contact' as const, id: contactId }])),
  ];
  const people = named.filter(({ object }) => object === 'contact' || object === 'lead');
  return [...new Map(people.map((person) => [personKey(person), person])).values()];
}

/** Something about these people moved. Their graph reads them anew; should this be lost, its next rebuild does. */
export async function tellGraph({ bindings }: Pick<Parts, 'bindings'>, tenantId: string, persons: readonly RecordRef[]): Promise<void> {
  if (persons.length > 0) await graphStub(bindings, tenantId).touched(tenantId, persons.map(personKey));
}

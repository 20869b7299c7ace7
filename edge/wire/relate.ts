import type { RecordRef } from '../../shared/contracts/record.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { GraphServices } from '../relate/graph/relationship-graph.ts';
import { knownPeople, personKey, personOf } from '../relate/known-people.ts';
import { pathRoutes } from '../relate/path-routes.ts';
import { type ShowPathsDeps, showPaths } from '../relate/show-paths.ts';
import * as relations from '../relate/store.ts';
import { graphStub } from '../stubs.ts';
import { wireIntros } from './intros.ts';
import { learnedOf } from './learned.ts';

const CALLS_MAX = 20;
const PATHS_MAX = 5;

export function wireRelate(parts: Parts, sight: Sight) {
  const { db, now } = parts;
  const intros = wireIntros(parts, sight, (who, ref) => pathDeps(parts, sight, who, ref));
  const graph: GraphServices = {
    now,
    knownOf: async (tenantId, keys, epochMs) => knownPeople(await learnedOf(parts, tenantId, keys), keys, now(), epochMs),
    keysAfter: async (tenantId, after, limit) =>
      (await relations.peopleAfter(db, tenantId, after === null ? null : personOf(after), limit)).map(personKey),
  };
  const paths = pathRoutes({
    maySeeRecord: (who, ref) => sight.record(who, ref),
    pathsTo: (who, ref) => showPaths(pathDeps(parts, sight, who, ref), ref, who.user.id),
  });
  return {
    graph,
    /** What the minute's sweep has to do. */
    rounds: [intros.expire],
    routes: (app: RosApp) => {
      paths(app);
      intros.routes(app);
    },
  };
}

function pathDeps(parts: Parts, sight: Sight, who: Who, ref: RecordRef): ShowPathsDeps {
  const { tenantId } = who;
  return {
    now: parts.now,
    targetsOf: (of) => targetsOf(parts, sight, who, of),
    pathsTo: (targets) => graphStub(parts.bindings, tenantId).paths({ tenantId, targets, most: PATHS_MAX }),
    learnedOf: (keys) => learnedOf(parts, tenantId, keys),
    note: (shown) => relations.notePaths(parts.db, tenantId, who.user.id, ref, shown),
  };
}

/** A person themself; of anything else the people its CRM has on it, and whom we spoke with about it, as far as this viewer may see it. */
async function targetsOf(parts: Parts, sight: Sight, who: Who, ref: RecordRef): Promise<RecordRef[]> {
  if (ref.object === 'contact' || ref.object === 'lead') return [ref];
  const { tenantId, connectionId } = who;
  const [record, rows] = await Promise.all([
    parts.crmOf(tenantId, connectionId).then((crm) => (crm.ok ? crm.value.record(ref) : crm)),
    calls.callsOfRecord(parts.db, tenantId, ref, CALLS_MAX),
  ]);
  const seen = await sight.calls(who, rows);
  const named = [
    ...(record.ok ? record.value.people.map(({ ref: of }) => of) : []),
    ...seen.flatMap(({ contactId }) => (contactId === null ? [] : [{ object: 'contact' as const, id: contactId }])),
  ];
  const people = named.filter(({ object }) => object === 'contact' || object === 'lead');
  return [...new Map(people.map((person) => [personKey(person), person])).values()];
}

/** Something about these people moved. Their graph reads them anew; should this be lost, its next rebuild does. */
export async function tellGraph({ bindings }: Pick<Parts, 'bindings'>, tenantId: string, persons: readonly RecordRef[]): Promise<void> {
  if (persons.length > 0) await graphStub(bindings, tenantId).touched(tenantId, persons.map(personKey));
}

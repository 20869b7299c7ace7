import type { RecordRef } from '../../shared/contracts/record.ts';
import { ok } from '../../shared/kit/result.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { memberKey } from '../relate/graph/known.ts';
import { personKey, personOf } from '../relate/known-people.ts';
import * as out from '../relate/out/store.ts';
import { peopleRoutes } from '../relate/people-routes.ts';
import { importConnections } from '../relate/ties/import-connections.ts';
import * as ties from '../relate/ties/store.ts';
import { graphStub } from '../stubs.ts';
import { nameOf } from './intros.ts';
import { hashOf } from './people.ts';
import { tellGraph } from './relate.ts';

/** What members tell us of whom they know, and who wants no part in it. */
export function wireTold(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db, now } = parts;
  const recordOf = async (who: Who, person: RecordRef) => {
    const crm = await parts.crmOf(who.tenantId, who.connectionId);
    return crm.ok ? crm.value.record(person) : crm;
  };
  const tell = async (tenantId: string, by: string, told: readonly ties.ToldTie[]) => {
    const moved = await ties.tellTies(db, tenantId, by, new Date(now()), told);
    await tellGraph(
      parts,
      tenantId,
      moved.map(personOf).filter((person) => person !== null),
    );
  };

  return peopleRoutes({
    maySeeRecord: (who, ref) => sight.record(who, ref),
    know: async (who, person) => {
      const record = await recordOf(who, person);
      if (!record.ok) return record;
      const [from, fromName] = [memberKey(who.user.id), await nameOf(parts, who)];
      await tell(who.tenantId, who.user.id, [{ from, fromName, to: personKey(person), toName: record.value.name, proof: 'told' }]);
      return ok(null);
    },
    optOut: async (who, person) => {
      const { tenantId, user } = who;
      // Their addresses keep a list from bringing them back; a CRM that is away does not keep them in.
      const record = await recordOf(who, person);
      const emails = record.ok ? record.value.people.filter(({ ref }) => ref.id === person.id).flatMap(({ email }) => email ?? []) : [];
      const hashes = await Promise.all(emails.map((email) => hashOf(tenantId, email.toLowerCase())));
      await out.optOut(db, tenantId, { person, hashes, by: user.id, at: new Date(now()) });
      await graphStub(parts.bindings, tenantId).takeOut(tenantId, personKey(person));
    },
    take: async (who, list) => {
      const { tenantId, connectionId } = who;
      const crm = await parts.crmOf(tenantId, connectionId);
      return importConnections(
        {
          namesKnown: () => ties.namesKnown(db, tenantId),
          byEmail: async (email) => {
            const found = crm.ok ? await crm.value.findByEmail(email) : crm;
            const [person, ...more] = found.ok ? found.value : [];
            return person && more.length === 0 ? person : null;
          },
          hashOf: (email) => hashOf(tenantId, email),
          outOf: (asked) => out.outOf(db, tenantId, asked),
          tell: (told) => tell(tenantId, who.user.id, told),
        },
        { key: memberKey(who.user.id), name: await nameOf(parts, who) },
        list,
      );
    },
  });
}

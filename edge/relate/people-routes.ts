import { type ConnectionsView, connectionsBody, personBody } from '../../shared/contracts/intro.ts';
import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import { type Connection, readConnections } from '../../shared/relate/read-connections.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface PeopleRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** "I know them well." */
  know(who: Who, person: RecordRef): Promise<Result<unknown>>;
  optOut(who: Who, person: RecordRef): Promise<unknown>;
  take(who: Who, list: { connections: readonly Connection[]; unreadable: number[] }): Promise<ConnectionsView>;
}

/** What a member tells us of people, and what people tell us of themselves. */
export const peopleRoutes = (deps: PeopleRouteDeps) => (app: RosApp) => {
  app.post('/v1/people/:object/:id/known', async (c) => {
    parseJson(c.get('raw'), personBody);
    const person = await seenPerson(c);
    if (person instanceof Response) return person;
    const told = await deps.know(c.get('who'), person);
    return told.ok ? yes(c, null) : faultAnswer(c, told.fault);
  });

  app.post('/v1/people/:object/:id/opt-out', async (c) => {
    parseJson(c.get('raw'), personBody);
    const person = await seenPerson(c);
    if (person instanceof Response) return person;
    await deps.optOut(c.get('who'), person);
    return yes(c, null);
  });

  app.post('/v1/relate/import', async (c) => {
    const { csv } = parseJson(c.get('raw'), connectionsBody);
    const list = readConnections(csv);
    if (!list) return no(c, 'bad-request', 'This is not the file “Connections.csv” of a LinkedIn export.');
    return yes(c, await deps.take(c.get('who'), list));
  });

  async function seenPerson(c: RosContext): Promise<RecordRef | Response> {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success || (ref.data.object !== 'contact' && ref.data.object !== 'lead')) throw new Problem(404, 'There is nothing here.');
    const may = await deps.maySeeRecord(c.get('who'), ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    return may.value ? ref.data : no(c, 'no-permission', 'Your CRM does not show you this record.');
  }
};

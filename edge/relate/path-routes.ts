import type { PathsView } from '../../shared/contracts/paths.ts';
import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { Who } from '../http/who.ts';

export interface PathRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  pathsTo(who: Who, ref: RecordRef): Promise<PathsView>;
}

/** Who here knows the people of a record. */
export const pathRoutes = (deps: PathRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/paths', async (c) => {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success) throw new Problem(404, 'There is nothing here.');
    const may = await deps.maySeeRecord(c.get('who'), ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    return yes(c, await deps.pathsTo(c.get('who'), ref.data));
  });
};

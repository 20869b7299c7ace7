import type { BriefView } from '../../../shared/contracts/brief.ts';
import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../../http/answer.ts';
import type { RosApp } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import type { Who } from '../../http/who.ts';

export interface BriefRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  briefOf(who: Who, ref: RecordRef): Promise<BriefView>;
}

/** What to know before a call. */
export const briefRoutes = (deps: BriefRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/brief', async (c) => {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success) throw new Problem(404, 'There is nothing here.');
    const who = c.get('who');
    const may = await deps.maySeeRecord(who, ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    return yes(c, await deps.briefOf(who, ref.data));
  });
};

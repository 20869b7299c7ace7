import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import type { CallBrief, ConversationView } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface RememberRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  maySeeCall(who: Who, callId: string): Promise<Result<boolean>>;
  callsOf(who: Who, ref: RecordRef): Promise<CallBrief[]>;
  /** Everything known of one call, from every room. */
  conversation(who: Who, callId: string): Promise<ConversationView | null>;
}

/** The conversation as it is remembered: one call, or the record's latest. */
export const rememberRoutes = (deps: RememberRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/conversation', async (c) => {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success) throw new Problem(404, 'There is nothing here.');
    const may = await deps.maySeeRecord(c.get('who'), ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    const calls = await deps.callsOf(c.get('who'), ref.data);
    // Whoever may not see the record's calls still sees their own on it.
    if (!may.value && calls.length === 0) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const latest = calls.find((call) => call.status !== 'live');
    return yes(c, latest ? await deps.conversation(c.get('who'), latest.id) : null);
  });

  app.get('/v1/calls/:id', async (c) => {
    const callId = idParam(c, 'id');
    const may = await deps.maySeeCall(c.get('who'), callId);
    if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const conversation = await deps.conversation(c.get('who'), callId);
    if (!conversation) throw new Problem(404, 'There is nothing here.');
    return yes(c, conversation);
  });
};

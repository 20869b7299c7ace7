import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import { type DecidedRisk, decideRiskBody, type RisksView } from '../../../shared/contracts/risk.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { decideRisk } from '../../../shared/remember/risks/settle-risks.ts';
import { faultAnswer, no, yes } from '../../http/answer.ts';
import type { RosApp } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import { idParam, parseJson } from '../../http/read-body.ts';
import type { Who } from '../../http/who.ts';
import type { decide, RiskRow } from './store.ts';

export interface RiskRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** Who may say what a risk is worth. */
  mayDecide(who: Who): Promise<boolean>;
  look(who: Who, ref: RecordRef, mayDecide: boolean): Promise<Result<RisksView>>;
  riskOf(tenantId: string, id: string): Promise<RiskRow | null>;
  decide(tenantId: string, id: string, to: Parameters<typeof decide>[3]): Promise<boolean>;
  now(): number;
}

/** What endangers a deal, and a manager's word on it. */
export const riskRoutes = (deps: RiskRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/risks', async (c) => {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success) throw new Problem(404, 'There is nothing here.');
    const who = c.get('who');
    const may = await deps.maySeeRecord(who, ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const view = await deps.look(who, ref.data, await deps.mayDecide(who));
    return view.ok ? yes(c, view.value) : faultAnswer(c, view.fault);
  });

  for (const [verb, verdict] of [
    ['confirm', 'confirmed'],
    ['dismiss', 'dismissed'],
  ] as const) {
    app.post(`/v1/risks/:id/${verb}`, async (c) => {
      const { requestId, reason } = parseJson(c.get('raw'), decideRiskBody);
      const who = c.get('who');
      const risk = await deps.riskOf(who.tenantId, idParam(c, 'id'));
      if (!risk) throw new Problem(404, 'There is nothing here.');
      const may = await deps.maySeeRecord(who, risk.record);
      if (!may.ok) return faultAnswer(c, may.fault);
      if (!may.value || !(await deps.mayDecide(who)))
        return no(c, 'no-permission', 'Only who connected Relationship OS can decide on risks.');
      // The same press again is the same answer.
      if (risk.requestId === requestId) return yes(c, decided(risk));
      if (verdict === 'dismissed' && reason === undefined) return no(c, 'bad-request', 'A dismissal needs its reason.');
      const to = decideRisk(risk.state, verdict === 'confirmed' ? { verdict } : { verdict, reason });
      const at = new Date(deps.now());
      const done = to && { state: to.state, reason: to.state === 'dismissed' ? to.reason : null, by: who.user.id, at, requestId };
      if (!done || !(await deps.decide(who.tenantId, risk.id, done))) return no(c, 'stale', 'This risk is over by now.');
      return yes(c, decided({ ...risk, ...done }));
    });
  }
};

/** No words of a call: who may decide on a risk need not see each call that it quotes. */
const decided = ({ id, state, reason }: Pick<RiskRow, 'id' | 'state' | 'reason'>): DecidedRisk => ({
  id,
  state,
  ...(reason === null ? {} : { reason }),
});

import { type GuidanceRulesView, type MyGuidanceView, myGuidanceBody, restoreRuleBody } from '../../shared/contracts/guidance-rules.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface CardRouteDeps {
  isAdmin(who: Who): Promise<boolean>;
  rulesOf(tenantId: string): Promise<GuidanceRulesView>;
  /** False when the rule is not aside. */
  restore(tenantId: string, ruleId: string, by: string): Promise<boolean>;
  mineOf(who: Who): Promise<MyGuidanceView>;
  setMine(who: Who, said: Pick<MyGuidanceView, 'quiet'> & { never: string[] }): Promise<void>;
}

const RULE_ID_MAX = 40;

/** How the rules do, for whom they work; and how one rep wants to be guided. */
export const cardRoutes = (deps: CardRouteDeps) => (app: RosApp) => {
  app.get('/v1/guidance/rules', async (c) => (await adminsOnly(deps, c)) ?? yes(c, await deps.rulesOf(c.get('who').tenantId)));

  app.post('/v1/guidance/rules/:rule/restore', async (c) => {
    parseJson(c.get('raw'), restoreRuleBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { tenantId, user } = c.get('who');
    const ruleId = c.req.param('rule');
    // Pressed twice is pressed once: what brings cards already is as it should be.
    if (ruleId.length > RULE_ID_MAX) throw new Problem(404, 'There is nothing here.');
    await deps.restore(tenantId, ruleId, user.id);
    return yes(c, { ruleId });
  });

  app.get('/v1/guidance/mine', async (c) => yes(c, await deps.mineOf(c.get('who'))));

  app.put('/v1/guidance/mine', async (c) => {
    const { quiet, never } = parseJson(c.get('raw'), myGuidanceBody);
    await deps.setMine(c.get('who'), { quiet, never: [...new Set(never)] });
    return yes(c, await deps.mineOf(c.get('who')));
  });
};

async function adminsOnly(deps: CardRouteDeps, c: RosContext): Promise<Response | null> {
  return (await deps.isAdmin(c.get('who'))) ? null : no(c, 'no-permission', 'Only who connected Relationship OS can see and change this.');
}

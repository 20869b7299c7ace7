import type { CallAdherenceView, PlaybookAdherenceView } from '../../shared/contracts/adherence.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface AdherenceDeps {
  /** `gone` when there is no such call of the tenant's, `not-theirs` when the asker is not its rep. */
  ofCall(who: Who, callId: string): Promise<CallAdherenceView | 'gone' | 'not-theirs'>;
  /** Over the asker's own calls, or summed over those of the reps they lead; `not-theirs` when they lead nobody. */
  ofPlaybook(who: Who, id: string, of: 'mine' | 'team'): Promise<PlaybookAdherenceView | 'gone' | 'not-theirs'>;
}

/** How playbooks are kept to, with proof: a rep sees their own, who leads a team the sum, and nobody a ranking. */
export const adherenceRoutes = (deps: AdherenceDeps) => (app: RosApp) => {
  app.get('/v1/calls/:id/adherence', async (c) => {
    const kept = await deps.ofCall(c.get('who'), idParam(c, 'id'));
    if (kept === 'gone') throw new Problem(404, 'There is nothing here.');
    return kept === 'not-theirs' ? no(c, 'no-permission', 'How a call kept to its playbook is for its rep.') : yes(c, kept);
  });

  app.get('/v1/playbooks/:id/adherence', async (c) => {
    const of = c.req.query('of') ?? 'mine';
    if (of !== 'mine' && of !== 'team') throw new Problem(400, 'Ask for `mine` or `team`.', 'of');
    const kept = await deps.ofPlaybook(c.get('who'), idParam(c, 'id'), of);
    if (kept === 'gone') throw new Problem(404, 'There is nothing here.');
    return kept === 'not-theirs' ? no(c, 'no-permission', 'The sum is for who leads the team.') : yes(c, kept);
  });
};

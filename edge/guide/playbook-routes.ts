import * as z from 'zod/mini';
import type {
  ImportView,
  Moment,
  Playbook,
  PlaybooksView,
  PlaybookVersionsView,
  PreviewView,
  SavedPlaybook,
} from '../../shared/contracts/playbook.ts';
import { importBody, playbookBody, previewBody } from '../../shared/contracts/playbook.ts';
import { importMoments } from '../../shared/guide/moments/import-moments.ts';
import { refuseMoment, sameId } from '../../shared/guide/moments/refuse-moment.ts';
import { whatIsWrong } from '../../shared/guide/moments/what-is-wrong.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface PlaybookDeps {
  isAdmin(who: Who): Promise<boolean>;
  /** All of them for an admin; for a rep those for their own calls. */
  playbooksFor(who: Who, isAdmin: boolean): Promise<PlaybooksView>;
  /** Moments of the tenant's other playbooks, and of the packs: ids are told apart over all of them. */
  otherMoments(tenantId: string, id: string): Promise<readonly Pick<Moment, 'id' | 'name'>[]>;
  save(who: Who, said: { id: string; from: number; requestId: string; playbook: Playbook }): Promise<SavedPlaybook | 'stale' | 'full'>;
  versionsOf(tenantId: string, id: string): Promise<PlaybookVersionsView['versions']>;
  preview(who: Who, moment: Moment): Promise<PreviewView>;
}

/** Playbooks: everybody sees what guides their calls; who connected us says what that is. */
export const playbookRoutes = (deps: PlaybookDeps) => (app: RosApp) => {
  app.get('/v1/playbooks', async (c) => {
    const who = c.get('who');
    return yes(c, await deps.playbooksFor(who, await deps.isAdmin(who)));
  });

  app.get('/v1/playbooks/:id/versions', async (c) => {
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const versions = await deps.versionsOf(c.get('who').tenantId, idParam(c, 'id'));
    if (versions.length === 0) throw new Problem(404, 'There is nothing here.');
    return yes(c, { versions } satisfies PlaybookVersionsView);
  });

  app.put('/v1/playbooks', async (c) => {
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { requestId, id = requestId, version: from = 0, ...playbook } = read(c, playbookBody);
    const who = c.get('who');
    const wrong =
      playbook.moments.map((moment) => refuseMoment(moment)).find((why) => why !== null) ??
      sameId([...(await deps.otherMoments(who.tenantId, id)), ...playbook.moments]);
    if (wrong) throw new Problem(400, wrong, 'moments');
    const saved = await deps.save(who, { id, from, requestId, playbook });
    if (saved === 'stale') return no(c, 'stale', 'Somebody has changed this playbook meanwhile.');
    if (saved === 'full') throw new Problem(400, 'There are fifty playbooks already. Change one of them instead.');
    return yes(c, saved);
  });

  app.post('/v1/playbooks/import', async (c) => {
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { text } = read(c, importBody);
    const taken = new Set((await deps.otherMoments(c.get('who').tenantId, '')).map(({ id }) => id));
    return yes(c, importMoments(text, taken) satisfies ImportView);
  });

  app.post('/v1/playbooks/preview', async (c) => {
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { moment } = read(c, previewBody);
    const wrong = refuseMoment(moment);
    if (wrong) throw new Problem(400, wrong, 'moment');
    return yes(c, await deps.preview(c.get('who'), moment));
  });
};

/** As its contract says, or a Problem with the sentence of what is wrong: here the body is the asker's own work, not somebody's words. */
function read<T extends z.ZodMiniType>(c: RosContext, contract: T): z.infer<T> {
  const said = parseJson(c.get('raw'), anything);
  const found = contract.safeParse(said);
  if (found.success) return found.data;
  const { path, sentence } = whatIsWrong(found.error.issues[0], said);
  throw new Problem(400, sentence, path || undefined);
}

/** Who connected us may set us up. */
async function adminsOnly(deps: PlaybookDeps, c: RosContext): Promise<Response | null> {
  return (await deps.isAdmin(c.get('who'))) ? null : no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
}

const anything = z.record(z.string(), z.unknown());

import type { CaptureSource, SourcesView } from '../../shared/contracts/capture.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import type { Who } from '../http/who.ts';

export interface SeeSourcesDeps {
  isAdmin(who: Who): Promise<boolean>;
  sourcesOf(who: Who): Promise<CaptureSource[]>;
}

/** `GET /v1/capture/sources`: where calls come from, for who may connect them. */
export const seeSources = (deps: SeeSourcesDeps) => (app: RosApp) => {
  app.get('/v1/capture/sources', async (c) => {
    if (!(await deps.isAdmin(c.get('who')))) return no(c, 'no-permission', 'Only who connected Relationship OS can see this.');
    return yes(c, { sources: await deps.sourcesOf(c.get('who')) } satisfies SourcesView);
  });
};

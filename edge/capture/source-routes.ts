import * as z from 'zod/mini';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface SourceDeps {
  isAdmin(who: Who): Promise<boolean>;
  /** An address with a key of its own; null when this request was answered before. */
  add(who: Who, requestId: string): Promise<{ url: string; secret: string } | null>;
}

const addBody = z.object({ requestId: z.uuid() });

/** `POST /v1/settings/call-source`: where a dialler or notetaker sends its finished calls, and the key it signs them with, shown this once. */
export const sourceRoutes = (deps: SourceDeps) => (app: RosApp) => {
  app.post('/v1/settings/call-source', async (c) => {
    const { requestId } = parseJson(c.get('raw'), addBody);
    if (!(await deps.isAdmin(c.get('who')))) return no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
    const source = await deps.add(c.get('who'), requestId);
    return source ? yes(c, source) : no(c, 'stale', 'This source was made already; its key is shown once. Make a new one.');
  });
};

import type { RosApp } from '../../http/app.ts';
import { answerPage, gonePage } from './answer-page.ts';
import { type MoveDeps, sayOf } from './move-intro.ts';
import type { IntroRow } from './store.ts';

export interface AnswerRouteDeps {
  now(): number;
  nonce(): string;
  /** Whose introduction this link answers; null for a link that is not ours. */
  openLink(ticket: string): Promise<{ tenantId: string; introId: string } | null>;
  introOf(tenantId: string, id: string): Promise<IntroRow | null>;
  move(tenantId: string): MoveDeps['move'];
}

const answers = ['accept', 'decline', 'not-now'] as const;

/** The connector's one link. Opening it changes nothing, as mail programs open links by themselves; the first press counts. */
export const answerRoutes = (deps: AnswerRouteDeps) => (app: RosApp) => {
  const read = async (ticket: string) => {
    const of = await deps.openLink(ticket);
    const row = of && (await deps.introOf(of.tenantId, of.introId));
    return of && row ? { ...of, row } : null;
  };

  app.get('/intro/:ticket', async (c) => {
    const found = await read(c.req.param('ticket'));
    return found ? answerPage(found.row, deps.nonce()) : gonePage(deps.nonce());
  });

  app.post('/intro/:ticket', async (c) => {
    const found = await read(c.req.param('ticket'));
    const { answer: said } = await c.req.parseBody();
    const what = answers.find((one) => one === said);
    if (!found || !what) return gonePage(deps.nonce());
    const { row, tenantId } = found;
    const step = { what, by: 'connector', actor: 'connector', version: row.version } as const;
    const moved = await sayOf({ now: deps.now, move: deps.move(tenantId) }, row, step);
    return answerPage(moved.ok ? moved.value : { ...row, state: 'expired' }, deps.nonce());
  });
};

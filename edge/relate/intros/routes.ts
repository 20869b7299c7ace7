import { approveIntroBody, type IntroBody, type IntrosView, introBody, introVerb, introVerbBody } from '../../../shared/contracts/intro.ts';
import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { type EarlierAsk, whyNotAsk } from '../../../shared/relate/may-ask.ts';
import { faultAnswer, no, yes } from '../../http/answer.ts';
import type { RosApp, RosContext } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import { idParam, parseJson } from '../../http/read-body.ts';
import type { Who } from '../../http/who.ts';
import { type MoveDeps, sayOf } from './move-intro.ts';
import { showIntro } from './show-intro.ts';
import type { IntroRow } from './store.ts';

export interface IntroRouteDeps {
  now(): number;
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  draft(who: Who, ref: RecordRef, asked: IntroBody): Promise<Result<IntroRow>>;
  introOf(tenantId: string, id: string): Promise<IntroRow | null>;
  introsOf(tenantId: string, userId: string): Promise<{ mine: IntroRow[]; asked: IntroRow[] }>;
  asksOf(tenantId: string, connectorKey: string): Promise<EarlierAsk[]>;
  linkTo(tenantId: string, introId: string): Promise<string>;
  move(tenantId: string): MoveDeps['move'];
}

/** Introductions as their rep carries them, from the draft to what came of it. */
export const introRoutes = (deps: IntroRouteDeps) => (app: RosApp) => {
  app.post('/v1/record/:object/:id/intros', async (c) => {
    const ref = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!ref.success) throw new Problem(404, 'There is nothing here.');
    const asked = parseJson(c.get('raw'), introBody);
    const may = await deps.maySeeRecord(c.get('who'), ref.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    return answerWith(c, await deps.draft(c.get('who'), ref.data, asked));
  });

  app.get('/v1/intros', async (c) => {
    const { tenantId, user } = c.get('who');
    const { mine, asked } = await deps.introsOf(tenantId, user.id);
    const show = (row: IntroRow) => showIntro(row, user.id, deps.now());
    return yes(c, { mine: mine.map(show), asked: asked.map(show) } satisfies IntrosView);
  });

  app.post('/v1/intros/:id/approve', async (c) => {
    const { version, subject, body } = parseJson(c.get('raw'), approveIntroBody);
    const { tenantId, user } = c.get('who');
    const row = await mine(c);
    // Without its link nobody could say no.
    if (!body.includes(await deps.linkTo(tenantId, row.id)))
      return no(c, 'bad-request', 'The link with which they answer is missing from the note.');
    if (row.state === 'draft') {
      const connector = row.people.find(({ key }) => key === row.connectorKey)?.name ?? '';
      const why = whyNotAsk(await deps.asksOf(tenantId, row.connectorKey), row.targetKey, connector, deps.now());
      if (why !== null) return no(c, 'stale', why);
    }
    const said = { what: 'approve', by: 'rep', actor: user.id, version, note: { subject, body } } as const;
    return answerWith(c, await sayOf({ now: deps.now, move: deps.move(tenantId) }, row, said));
  });

  app.post('/v1/intros/:id/:verb', async (c) => {
    const what = introVerb.safeParse(c.req.param('verb'));
    if (!what.success) throw new Problem(404, 'There is nothing here.');
    const { version } = parseJson(c.get('raw'), introVerbBody);
    const { tenantId, user } = c.get('who');
    const said = { what: what.data, by: 'rep', actor: user.id, version } as const;
    return answerWith(c, await sayOf({ now: deps.now, move: deps.move(tenantId) }, await mine(c), said));
  });

  async function mine(c: RosContext): Promise<IntroRow> {
    const { tenantId, user } = c.get('who');
    const row = await deps.introOf(tenantId, idParam(c, 'id'));
    // Another rep's introduction is as good as none.
    if (row?.repId !== user.id) throw new Problem(404, 'There is nothing here.');
    return row;
  }

  const answerWith = (c: RosContext, made: Result<IntroRow>) =>
    made.ok ? yes(c, showIntro(made.value, c.get('who').user.id, deps.now())) : faultAnswer(c, made.fault);
};

import { type Override, refusesOverride } from '../../shared/act/policies.ts';
import { type ShadowCount, shadowFields } from '../../shared/act/shadow.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { policiesBody, pressBody } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import type { ApproveDeps } from './approve.ts';
import { type HealthDeps, health } from './health.ts';
import { refOf } from './ref-of.ts';
import type { KnownChange } from './undo.ts';
import { type WrittenDeps, written } from './written.ts';

export interface SeeRouteDeps extends WrittenDeps, HealthDeps, Pick<ApproveDeps, 'decide' | 'kick'> {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** The record's newest calls, those the viewer may see. */
  callsOf(who: Who, ref: RecordRef): Promise<readonly unknown[]>;
  /** Which of these calls the viewer may see. */
  visibleCalls(who: Who, callIds: readonly string[]): Promise<ReadonlySet<string>>;
  isAdmin(who: Who): Promise<boolean>;
  changeOf(tenantId: string, id: string): Promise<KnownChange | null>;
  shadowsOf(tenantId: string): Promise<readonly ShadowCount[]>;
  overridesOf(tenantId: string): Promise<readonly Override[]>;
  /** `policy` null goes back to the safe default. All of them or none. */
  setOverrides(
    tenantId: string,
    wanted: readonly { subject: string; policy: Override['policy'] | null; mode: Override['mode'] }[],
    by: string,
  ): Promise<void>;
  now(): number;
}

const PAGES_MAX = 500;

/** What was written and what could not be, and the few rules an admin sets for it. */
export const seeRoutes = (deps: SeeRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/written', async (c) => {
    const ref = refOf(c);
    const who = c.get('who');
    const may = await deps.maySeeRecord(who, ref);
    if (!may.ok) return faultAnswer(c, may.fault);
    // Whoever may not see the record still sees what came of their own calls on it.
    if (!may.value && (await deps.callsOf(who, ref)).length === 0) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const page = Number(c.req.query('page') ?? '0');
    if (!Number.isInteger(page) || page < 0 || page > PAGES_MAX) throw new Problem(400, 'The page is a number from 0.', 'page');
    return yes(c, await written(deps, who.tenantId, ref, page, deps.now(), may.value, (callIds) => deps.visibleCalls(who, callIds)));
  });

  app.get('/v1/connection/health', async (c) => {
    const who = c.get('who');
    return yes(c, await health(deps, who, await deps.isAdmin(who)));
  });

  app.get('/v1/shadow', async (c) => yes(c, { fields: shadowFields(await deps.shadowsOf(c.get('who').tenantId)) }));

  for (const [verb, to] of [
    ['replay', 'due'],
    ['discard', 'declined'],
  ] as const) {
    app.post(`/v1/changes/:id/${verb}`, async (c) => {
      const { requestId } = parseJson(c.get('raw'), pressBody);
      const { tenantId, user } = c.get('who');
      const known = await deps.changeOf(tenantId, idParam(c, 'id'));
      if (!known) throw new Problem(404, 'There is nothing here.');
      const refusal = await adminsOnly(deps, c);
      if (refusal) return refusal;
      if (known.item.state !== 'parked' && known.requestId !== requestId) return no(c, 'stale', 'This is not parked any more.');
      const at = new Date(deps.now()).toISOString();
      const decided = await deps.decide(tenantId, known.item.id, { version: known.item.version, to, by: user.id, at, requestId });
      if (!decided.moved || !decided.item) return no(c, 'stale', 'This has changed since you looked at it.');
      if (to === 'due') await deps.kick(tenantId, known.connectionId);
      return yes(c, decided.item);
    });
  }

  app.post('/v1/settings/policies', async (c) => {
    const { policies } = parseJson(c.get('raw'), policiesBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { tenantId, user } = c.get('who');
    for (const { subject, policy, mode } of policies) {
      const why = policy === null ? null : refusesOverride({ subject, policy, ...(mode ? { mode } : {}) });
      if (why !== null) return no(c, 'bad-request', `${subject}: ${why}`);
    }
    const wanted = policies.map(({ subject, policy, mode }) => ({ subject, policy, mode: mode ?? null }));
    await deps.setOverrides(tenantId, wanted, user.id);
    const now = await deps.overridesOf(tenantId);
    return yes(c, { policies: now.map(({ subject, policy, mode }) => ({ subject, policy, ...(mode ? { mode } : {}) })) });
  });
};

/** Who connected us may set us up. */
async function adminsOnly(deps: SeeRouteDeps, c: RosContext): Promise<Response | null> {
  return (await deps.isAdmin(c.get('who'))) ? null : no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
}

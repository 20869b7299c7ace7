import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { autoUpdateBody, createTaskBody, syncDealBody } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { autoUpdate, type Caller, createTask, type DoorDeps, syncDeal } from './doors.ts';

export interface DoorRouteDeps extends DoorDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** What waits or is on its way on a record, of what the viewer may see. */
  pendingOf(who: Who, ref: RecordRef): Promise<ChangeItem[]>;
}

const FIELDS_MAX = 50;

/** The doors of the API: asked for from outside, and under the same rules as what a call says. */
export const doorRoutes = (deps: DoorRouteDeps) => (app: RosApp) => {
  app.post('/api/crm/sync-deal', async (c) => {
    const { record } = parseJson(c.get('raw'), syncDealBody);
    const refusal = await barred(deps, c, record);
    if (refusal) return refusal;
    const synced = await syncDeal(deps, callerOf(c), record);
    return synced.ok ? yes(c, { items: await deps.pendingOf(c.get('who'), synced.value) }) : faultAnswer(c, synced.fault);
  });

  app.post('/api/crm/auto-update', async (c) => {
    const body = parseJson(c.get('raw'), autoUpdateBody);
    if (Object.keys(body.fields ?? {}).length > FIELDS_MAX) return no(c, 'bad-request', `At most ${FIELDS_MAX} fields at a time.`);
    const refusal = await barred(deps, c, body.record);
    if (refusal) return refusal;
    const planned = await autoUpdate(deps, callerOf(c), body);
    if (planned.ok) return yes(c, { items: planned.value });
    return planned.fault.kind === 'refused' ? no(c, 'bad-request', planned.fault.said) : faultAnswer(c, planned.fault);
  });

  app.post('/api/tasks/create', async (c) => {
    const body = parseJson(c.get('raw'), createTaskBody);
    const refusal = await barred(deps, c, body.record);
    if (refusal) return refusal;
    return yes(c, { items: await createTask(deps, callerOf(c), body) });
  });
};

function callerOf(c: RosContext): Caller {
  const { tenantId, connectionId, host, user } = c.get('who');
  return { tenantId, connectionId, host, userId: user.id };
}

async function barred(deps: DoorRouteDeps, c: RosContext, record: RecordRef): Promise<Response | null> {
  const may = await deps.maySeeRecord(c.get('who'), record);
  if (!may.ok) return faultAnswer(c, may.fault);
  return may.value ? null : no(c, 'no-permission', 'Your CRM does not show you this record.');
}

import { nextAction } from '../../shared/act/next-action.ts';
import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { type CallBrief, decideBody, type NextView, pressBody } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { type ApproveDeps, approve, decline } from './approve.ts';
import { refOf } from './ref-of.ts';
import { type KnownChange, type UndoDeps, undo } from './undo.ts';

export interface ActRouteDeps extends ApproveDeps, UndoDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  maySeeCall(who: Who, callId: string): Promise<Result<boolean>>;
  /** The record's newest calls, those the viewer may see, newest first. */
  callsOf(who: Who, ref: RecordRef): Promise<CallBrief[]>;
  waitingOf(tenantId: string, ref: RecordRef): Promise<{ callId: string | null; item: ChangeItem }[]>;
  /** When the record's next meeting within the hour begins, ISO 8601; null when none does. */
  meetingAt(who: Who, ref: RecordRef): Promise<string | null>;
  /** True when this month’s call minutes are used up. */
  overPlan(tenantId: string): Promise<boolean>;
  now(): number;
}

const WORKING_POLL_MS = 1_500;
const FRESH_MS = 15 * 60_000;

/** The one next thing on a record, and the rep's yes or no to it. */
export const actRoutes = (deps: ActRouteDeps) => (app: RosApp) => {
  app.get('/v1/record/:object/:id/next', async (c) => {
    const ref = refOf(c);
    const may = await deps.maySeeRecord(c.get('who'), ref);
    if (!may.ok) return faultAnswer(c, may.fault);
    const calls = await deps.callsOf(c.get('who'), ref);
    // Whoever may not see the record's calls still sees their own on it.
    if (!may.value && calls.length === 0) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const view = await next(deps, c.get('who'), ref, calls, may.value);
    const unheard = calls[0]?.status === 'failed' ? calls[0].trouble : undefined;
    if (view.state === 'clear' && unheard !== undefined && (await deps.overPlan(c.get('who').tenantId)))
      return no(c, 'plan-limit', unheard);
    return yes(c, view);
  });

  for (const verb of ['approve', 'decline'] as const) {
    app.post(`/v1/changes/:id/${verb}`, async (c) => {
      const body = parseJson(c.get('raw'), decideBody);
      const known = await seenChange(deps, c);
      if (known instanceof Response) return known;
      const { tenantId, user, host } = c.get('who');
      const at = new Date(deps.now()).toISOString();
      const crm = host === 'salesforce' ? 'Salesforce' : 'HubSpot';
      const decision = { ...body, tenantId, connectionId: known.connectionId, by: user.id, at, crm };
      const decided = await (verb === 'approve' ? approve : decline)(deps, known.item, decision);
      if (decided.moved && decided.item) return yes(c, decided.item);
      if (decided.refusal) return no(c, decided.refusal.code, decided.refusal.said);
      return no(c, 'stale', 'This has changed since you looked at it.');
    });
  }

  app.post('/v1/changes/:id/undo', async (c) => {
    const { requestId } = parseJson(c.get('raw'), pressBody);
    const known = await seenChange(deps, c);
    if (known instanceof Response) return known;
    const { tenantId, user, host } = c.get('who');
    const press = { by: user.id, at: new Date(deps.now()).toISOString(), requestId };
    const undone = await undo(deps, known, host, tenantId, press);
    return undone.ok ? yes(c, undone.view) : no(c, undone.code, undone.said);
  });
};

/** The change that was asked about, for who may see its call or, when it came from none, its record; or the answer to who may not. */
async function seenChange(deps: ActRouteDeps, c: RosContext): Promise<KnownChange | Response> {
  const who = c.get('who');
  const known = await deps.changeOf(who.tenantId, idParam(c, 'id'));
  if (!known) throw new Problem(404, 'There is nothing here.');
  const may = await (known.callId === null ? deps.maySeeRecord(who, known.item.record) : deps.maySeeCall(who, known.callId));
  if (!may.ok) return faultAnswer(c, may.fault);
  return may.value ? known : no(c, 'no-permission', 'Your CRM does not show you this record.');
}

async function next(deps: ActRouteDeps, who: Who, ref: RecordRef, calls: readonly CallBrief[], seesRecord: boolean): Promise<NextView> {
  const live = calls.find((call) => call.status === 'live');
  if (live) return { state: 'live', callId: live.id };
  const working = calls.find((call) => call.status === 'ended' || call.status === 'transcribed');
  if (working && deps.now() - Date.parse(working.startedAt) - working.durationMs < FRESH_MS) {
    return { state: 'working', call: working, pollMs: WORKING_POLL_MS };
  }
  const visible = new Set(calls.map((call) => call.id));
  const [all, meetingAt] = await Promise.all([deps.waitingOf(who.tenantId, ref), seesRecord ? deps.meetingAt(who, ref) : null]);
  const action = nextAction(
    all.filter(({ callId }) => (callId === null ? seesRecord : visible.has(callId))),
    calls,
  );
  const soon = meetingAt === null ? {} : { meetingAt };
  if (action) return { state: 'next', ...action, ...soon };
  const last = calls.find((call) => call.status === 'understood');
  return { state: 'clear', line: clearLine(calls), ...(last ? { lastCallId: last.id } : {}), ...soon };
}

function clearLine(calls: readonly CallBrief[]): string {
  const failed = calls[0]?.status === 'failed' ? calls[0].trouble : undefined;
  if (failed) return failed;
  return calls.length > 0 ? 'What the last call asked for is done or decided.' : 'The next call on this record will show up here.';
}

import { isOver, sayWhy } from '../../../shared/capture/phone-call.ts';
import { toE164 } from '../../../shared/capture/phone-number.ts';
import {
  type CallingCodeView,
  type CallingSessionView,
  callingSessionBody,
  type DialView,
  dialBody,
  type MyPhoneView,
  myPhoneBody,
  type NumbersView,
  type PhoneCallView,
  type RingingView,
} from '../../../shared/contracts/phone.ts';
import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import { pressBody } from '../../../shared/contracts/view.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../../http/answer.ts';
import type { RosApp, RosContext } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import { idParam, parseJson } from '../../http/read-body.ts';
import type { Who } from '../../http/who.ts';
import type { TypedPhone } from '../../ports/crm-phones.ts';
import { callingPage } from './calling-page.ts';
import { hear } from './hear.ts';
import { type PressDeps, press } from './press.ts';
import type { PhoneCallRow } from './store.ts';

export interface RepPhoneDeps extends PressDeps {
  /** Where HubSpot itself is: who may frame the calling page. */
  hubspotOrigins: readonly string[];
  maySee(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  lastCall(tenantId: string, userId: string): Promise<PhoneCallRow | null>;
  /** Has what listens to this call noticed that it is over? */
  isEnded(tenantId: string, callId: string): Promise<boolean>;
  phones(who: Who, ref: RecordRef): Promise<Result<TypedPhone[]>>;
  savePhone(tenantId: string, userId: string, number: string): Promise<void>;
  issueCode(who: Who): Promise<CallingCodeView>;
  /** A session for whoever the code was given to; null when it is used up, too old, or none of ours. */
  signIn(code: string): Promise<CallingSessionView | null>;
  /** Whose session this is, while their CRM is connected. */
  whoSits(token: string): Promise<Who | null>;
}

const ASK_PHONE = 'Which phone shall ring when you call somebody? It is asked once.';
const NOT_HUNG_UP = 'Twilio could not be reached to hang up. Hang up on your phone.';
const SHOWN_AFTER_MS = 20_000;

/**
 * What a rep's screens ask of the telephone. The same for cards, which their host signs for, and for HubSpot's calling window, which
 * has a session of its own.
 */
export const repPhoneRoutes = (deps: RepPhoneDeps) => (app: RosApp) => {
  app.get('/calling/hubspot', () => callingPage(deps.publicUrl, deps.hubspotOrigins, crypto.randomUUID()));

  app.post('/calling/session', async (c) => {
    const { code } = parseJson(new TextDecoder().decode(await c.req.raw.arrayBuffer()), callingSessionBody);
    const session = await deps.signIn(code);
    if (!session) return no(c, 'bad-request', 'This code is used up or too old. Take a new one from the Relationship OS card.');
    return yes(c, session);
  });

  app.use('/calling/v1/*', async (c, next) => {
    const token = /^Bearer ([A-Za-z0-9_.-]{20,2000})$/.exec(c.req.header('authorization') ?? '')?.[1];
    const who = token ? await deps.whoSits(token) : null;
    if (!who) throw new Problem(401, 'Sign in again with a code from the Relationship OS card.');
    c.set('who', who);
    c.set('raw', c.req.method === 'GET' ? '' : new TextDecoder().decode(await c.req.raw.arrayBuffer()));
    await next();
  });

  app.post('/v1/calling/code', async (c) => {
    parseJson(c.get('raw'), pressBody);
    return yes(c, await deps.issueCode(c.get('who')));
  });

  for (const base of ['/v1', '/calling/v1']) {
    app.get(`${base}/calls/ringing`, async (c) => yes(c, await ringing(deps, c.get('who'), Number(c.req.query('since') ?? -1))));

    app.get(`${base}/record/:object/:id/numbers`, async (c) => {
      const seen = await seenRecord(deps, c);
      if (seen instanceof Response) return seen;
      const view = await numbersOf(deps, c.get('who'), seen);
      return view.ok ? yes(c, view.value) : faultAnswer(c, view.fault);
    });

    app.post(`${base}/record/:object/:id/call`, async (c) => {
      const body = parseJson(c.get('raw'), dialBody);
      const seen = await seenRecord(deps, c);
      if (seen instanceof Response) return seen;
      const pressed = await press(deps, c.get('who'), seen, body);
      if (pressed.is === 'no') return no(c, pressed.code, pressed.what);
      const view: DialView =
        pressed.is === 'call' ? { state: 'call', call: viewOf(pressed.call) } : { state: 'needs-phone', line: ASK_PHONE };
      return yes(c, view);
    });

    app.post(`${base}/calls/:id/hang-up`, async (c) => {
      parseJson(c.get('raw'), pressBody);
      const id = idParam(c, 'id');
      const { tenantId, user } = c.get('who');
      const call = await deps.callOf(tenantId, id);
      if (call?.repId !== user.id) throw new Problem(404, 'There is nothing here.');
      // The network's word ends it; where there is nothing to tell the network, this does.
      const isRunning = call.externalId !== null && !isOver(call);
      // Both are still on the line: a screen that says otherwise would be believed.
      if (isRunning && !(await deps.hangUp(tenantId, call.externalId ?? ''))) return no(c, 'trouble', NOT_HUNG_UP);
      return yes(c, viewOf((await hear(deps, tenantId, id, { is: 'hung-up' })) ?? call));
    });

    app.post(`${base}/settings/my-phone`, async (c) => {
      const body = parseJson(c.get('raw'), myPhoneBody);
      const { tenantId, user } = c.get('who');
      const lines = await deps.lines(tenantId);
      const number = toE164(body.number, lines[0]?.number ?? '');
      if (!number) return no(c, 'bad-request', 'This is no whole telephone number. Write it with its country, as +1 415 555 0142.');
      if (lines.some((line) => line.number === number))
        return no(c, 'bad-request', 'This number rings here itself. Take your own phone’s.');
      await deps.savePhone(tenantId, user.id, number);
      return yes(c, { number } satisfies MyPhoneView);
    });
  }
};

async function seenRecord(deps: RepPhoneDeps, c: RosContext): Promise<RecordRef | Response> {
  const record = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
  if (!record.success) throw new Problem(404, 'There is nothing here.');
  const may = await deps.maySee(c.get('who'), record.data);
  if (!may.ok) return faultAnswer(c, may.fault);
  return may.value ? record.data : no(c, 'no-permission', 'Your CRM does not show you this record.');
}

async function ringing(deps: RepPhoneDeps, { tenantId, user }: Who, since: number): Promise<RingingView> {
  const last = await deps.lastCall(tenantId, user.id);
  // A goodbye of the network may be lost; who listens notices by itself.
  const isLost = last?.phase === 'talking' && (await deps.isEnded(tenantId, last.id));
  const call = isLost && last ? await hear(deps, tenantId, last.id, { is: 'hung-up' }) : last;
  const isPast = call?.overAt && deps.now() - call.overAt.getTime() > SHOWN_AFTER_MS;
  if (!call || isPast) return { state: 'none', seq: 0, pollMs: 4_000 };
  const seq = (Math.floor(call.startedAt.getTime() / 1_000) % 10_000_000) * 100 + Math.min(call.step, 98) + 1;
  const pollMs = call.phase === 'talking' || isOver(call) ? 2_000 : 1_000;
  return since === seq ? { state: 'same', seq, pollMs } : { state: 'call', seq, pollMs, call: viewOf(call) };
}

async function numbersOf(deps: RepPhoneDeps, who: Who, ref: RecordRef): Promise<Result<NumbersView>> {
  const [typed, lines, saved] = await Promise.all([
    deps.phones(who, ref),
    deps.lines(who.tenantId),
    deps.phoneOf(who.tenantId, who.user.id),
  ]);
  if (!typed.ok) return typed;
  const line = lines.find(({ userId }) => userId === who.user.id);
  const all = typed.value.flatMap(({ name, typed: said, label }) => {
    const number = toE164(said, (line ?? lines[0])?.number ?? '');
    return number ? [{ name, number, label }] : [];
  });
  const numbers = [...new Map(all.map((one) => [`${one.name} ${one.number}`, one])).values()];
  return { ok: true, value: { canCall: lines.length > 0, myPhone: saved ?? line?.dial ?? null, numbers } };
}

const viewOf = (call: PhoneCallRow): PhoneCallView => ({
  callId: call.id,
  direction: call.direction,
  phase: call.phase,
  name: call.name,
  about: call.about,
  number: call.number,
  ourNumber: call.ourNumber,
  record: call.record,
  startedAt: call.startedAt.toISOString(),
  talkingAt: call.talkingAt?.toISOString() ?? null,
  why: isOver(call) ? sayWhy(call, call.name) : null,
});

import type { LegStatus } from '../../../shared/capture/phone-call.ts';
import { isOver } from '../../../shared/capture/phone-call.ts';
import type { RosApp } from '../../http/app.ts';
import { idParam } from '../../http/read-body.ts';
import type { Telephone } from '../../ports/telephone.ts';
import type { RepLine } from '../calls.ts';
import { type LineDeps, REP_RINGS_S, type SignedForm, verified } from '../line-routes.ts';
import { type HearDeps, hear } from './hear.ts';
import type { PhoneCallRow } from './store.ts';

export interface NetworkPhoneDeps extends HearDeps, Pick<LineDeps, 'publicUrl' | 'account' | 'line'> {
  telephone: Pick<Telephone, 'bridge' | 'say' | 'goodbye' | 'accept' | 'ringNext'>;
  /** The call is another rep's now, and rings at their phone; null when it moved meanwhile, or nobody else is there. */
  passOn(account: SignedForm['account'], call: PhoneCallRow): Promise<RepLine | null>;
  /** The customer is on the line: what is heard of it begins here. Answers what they are told first; null: nobody listens. */
  beginListening(account: SignedForm['account'], call: PhoneCallRow): Promise<string | null>;
  /** The call's object hears that it is over. */
  over(tenantId: string, callId: string): Promise<void>;
}

const CUSTOMER_RINGS_S = 30;
const YES = '1';
const statuses: Record<string, LegStatus> = {
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};

/** The network's side of a call: the rep picked up and takes it, or another one is rung; the customer picked up; how it goes with both. */
export const networkPhoneRoutes = (deps: NetworkPhoneDeps) => (app: RosApp) => {
  const at = (what: string, id: string) => `/voice/twilio/${what}/${id}`;
  const answer = ({ body, contentType }: { body: string; contentType: string }) =>
    new Response(body, { headers: { 'content-type': contentType } });

  app.post('/voice/twilio/bridge/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account, form } = await verified(deps, c.req.raw, at('bridge', id));
    const call = await hear(deps, account.tenantId, id, { is: 'leg', leg: 'rep', status: 'answered' }, form['CallSid']);
    // Given up meanwhile: nobody is called behind the rep's back.
    if (call?.direction !== 'out' || isOver(call)) return answer(deps.telephone.goodbye());
    return answer(deps.telephone.accept({ question: `Press 1 to call ${call.name}.`, acceptedUrl: deps.publicUrl + at('accepted', id) }));
  });

  /** A rep's phone was picked up on a call that came in. */
  app.post('/voice/twilio/accept/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account, form } = await verified(deps, c.req.raw, at('accept', id));
    const call = await deps.callOf(account.tenantId, id);
    if (call?.direction !== 'in' || isOver(call) || isFormer(call, form)) return answer(deps.telephone.goodbye());
    const question = `A call from ${call.name}. Press 1 to take it.`;
    return answer(deps.telephone.accept({ question, acceptedUrl: deps.publicUrl + at('accepted', id) }));
  });

  /** Somebody is there and takes it. */
  app.post('/voice/twilio/accepted/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account, form } = await verified(deps, c.req.raw, at('accepted', id));
    const before = await deps.callOf(account.tenantId, id);
    if (!before || form['Digits'] !== YES || isFormer(before, form)) return answer(deps.telephone.goodbye());
    const call = await hear(deps, account.tenantId, id, { is: 'accepted' });
    if (!call || isOver(call)) return answer(deps.telephone.goodbye());
    // Nothing more to say: the network connects the two.
    if (call.direction === 'in') return answer(deps.telephone.say(null));
    const [announceUrl, toldUrl] = [deps.publicUrl + at('announce', id), deps.publicUrl + at('told', id)];
    return answer(deps.telephone.bridge({ dial: call.number, from: call.ourNumber, announceUrl, toldUrl, ringS: CUSTOMER_RINGS_S }));
  });

  /** Whoever was rung first did not take the call, or both have talked. */
  app.post('/voice/twilio/next/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account } = await verified(deps, c.req.raw, at('next', id));
    const call = await deps.callOf(account.tenantId, id);
    const isGone = call?.direction !== 'in' || call.talkingAt !== null || (isOver(call) && call.why === 'hung-up');
    const next = isGone ? null : await deps.passOn(account, call);
    if (!next) return answer(deps.telephone.goodbye());
    const [acceptUrl, toldUrl] = [deps.publicUrl + at('accept', id), deps.publicUrl + at('told', id)];
    return answer(deps.telephone.ringNext({ dial: next.dial, acceptUrl, toldUrl, ringS: REP_RINGS_S }));
  });

  app.post('/voice/twilio/announce/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account } = await verified(deps, c.req.raw, at('announce', id));
    const call = await hear(deps, account.tenantId, id, { is: 'leg', leg: 'customer', status: 'answered' });
    if (call?.direction !== 'out' || isOver(call)) return answer(deps.telephone.goodbye());
    return answer(deps.telephone.say(await deps.beginListening(account, call)));
  });

  app.post('/voice/twilio/told/:call', async (c) => {
    const id = idParam(c, 'call');
    const { account, form } = await verified(deps, c.req.raw, at('told', id));
    const { tenantId } = account;
    const call = await deps.callOf(tenantId, id);
    const status = statuses[form['CallStatus'] ?? ''];
    if (!call || !status) return c.body(null, 204);
    // The phone that was rung within another call is the second one.
    const isSecond = (form['ParentCallSid'] ?? '') !== '';
    // The one who was rung before has nothing more to say.
    if (isSecond && isFormer(call, form)) return c.body(null, 204);
    const leg = (call.direction === 'out') === isSecond ? 'customer' : 'rep';
    const named = isSecond ? undefined : form['CallSid'];
    const next = await hear(deps, tenantId, id, { is: 'leg', leg, status }, named);
    if (next && isOver(next) && call.direction === 'out' && !isSecond) await deps.over(tenantId, id);
    return c.body(null, 204);
  });
};

/** Of a call that came in: a phone that it does not ring at any more. */
const isFormer = ({ direction, repPhone }: PhoneCallRow, form: Record<string, string>): boolean =>
  direction === 'in' && form['To'] !== repPhone;

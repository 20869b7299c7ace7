import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from './desk.ts';
import { send } from './send.ts';
import { sid } from './sid.ts';
import type { Account, CallRecord } from './state.ts';

interface Ring {
  account: Account;
  from: string;
  to: string;
  token: string;
  /** How it tells; its events alone. */
  plan: { statusCallback?: string; events: readonly string[] };
  /** The call that dials it; none for one that the REST API made. */
  parent?: string;
  sid?: string;
}

interface Leg {
  call: CallRecord;
  status: 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  /** Does somebody press a key who is asked to? */
  isPerson: boolean;
  fields(): Record<string, string>;
  /** Over: the last callback. */
  tell(status: 'completed'): Promise<void>;
}

const RINGS_MS = 60;

/** Rings one phone and tells of it in the vendor's order: initiated, ringing, then answered or at once completed with what was the matter. */
export async function ringLeg(desk: Desk, { account, from, to, token, plan, parent, ...ring }: Ring): Promise<Leg> {
  const call: CallRecord = {
    sid: ring.sid ?? sid('CA'),
    accountSid: account.accountSid,
    from,
    to,
    status: 'queued',
    startedAt: desk.now(),
    direction: parent === undefined ? 'outbound-api' : 'outbound-dial',
    ...(parent === undefined ? {} : { parent }),
  };
  desk.store.state.calls[call.sid] = call;
  desk.store.save();
  let sequence = 0;
  const fields = () => ({
    AccountSid: call.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: call.status as string,
    Called: to,
    Caller: from,
    Direction: call.direction ?? 'inbound',
    From: from,
    To: to,
    ...(parent === undefined ? {} : { ParentCallSid: parent }),
  });
  const tell = async (event: string, CallStatus: string, more: Record<string, string> = {}) => {
    const SequenceNumber = String(sequence++);
    if (!plan.statusCallback || !plan.events.includes(event)) return;
    const form = { ...fields(), CallStatus, ...more, SequenceNumber, CallbackSource: 'call-progress-events' };
    await send(desk, plan.statusCallback, { ...form, Timestamp: new Date(desk.now()).toUTCString() }, token);
  };
  const over = async (status: CallRecord['status']) => {
    call.status = status;
    call.endedAt = desk.now();
    desk.store.save();
    await tell('completed', status, { CallDuration: status === 'completed' ? '1' : '0' });
  };

  await tell('initiated', 'initiated');
  call.status = 'ringing';
  await tell('ringing', 'ringing');
  const manners = desk.manners.get(to) ?? 'answers';
  const isCanceled = await Promise.race([
    pause(manners === 'no-answer' ? RINGS_MS * 5 : RINGS_MS).then(() => false),
    new Promise<boolean>((done) => desk.hangUps.set(call.sid, () => done(true))),
  ]);
  desk.hangUps.delete(call.sid);
  const status = isCanceled ? 'canceled' : manners;
  if (status !== 'answers' && status !== 'voicemail') {
    await over(status);
    return { call, status, isPerson: false, fields, tell: async () => undefined };
  }
  call.status = 'in-progress';
  desk.store.save();
  await tell('answered', 'in-progress');
  return { call, status: 'answered', isPerson: status === 'answers', fields, tell: over };
}

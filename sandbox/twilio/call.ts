import type { Desk } from './desk.ts';
import type { Trouble } from './faults.ts';
import { ringLeg } from './leg.ts';
import type { Tracks } from './line.ts';
import { send } from './send.ts';
import { sid } from './sid.ts';
import type { Account, CallRecord } from './state.ts';
import { openTalk } from './talk.ts';
import { tracksFrom } from './tracks.ts';
import { type Notification, type Plan, readTwiml } from './twiml.ts';
import { whisper } from './whisper.ts';

export interface CallOptions {
  account: Account;
  /** Who calls whom, E.164. The call reaches `account.number` or goes through it. */
  from: string;
  to: string;
  /** The number's voice webhook. */
  voiceUrl: string;
  /** The number's own status callback; unset, the stream's address is told, as a number set up for this product has it. */
  statusUrl?: string;
  /** Times real time; 1 by default. */
  speed?: number;
  /** 8 kHz mono mu-law. By default the sample call; inbound is whoever called. */
  tracks?: Tracks;
}

interface CallEnd {
  status: 'completed' | 'failed';
  /** Audio sent, ms. */
  streamedMs: number;
  /** What the vendor's debugger would show. */
  notifications: Notification[];
}

export interface PlacedCall {
  callSid: string;
  /** Settles when the last callback was answered. */
  done: Promise<CallEnd>;
  hangUp(): void;
  /** Ms of the call that have passed; without end when nobody talks on it. */
  nowMs(): number;
  /** Ms of the call at which we were first sent its audio; undefined while we were not. */
  streamsFromMs(): number | undefined;
}

/** One call from the first ring to the last callback. Resolves when the media stream runs, or the call has failed. */
export async function placeCall(desk: Desk, options: CallOptions, trouble: Trouble): Promise<PlacedCall> {
  const { account, from, to, speed = 1 } = options;
  const token = trouble.isForged ? 'not-the-token' : account.authToken;
  const call: CallRecord = { sid: sid('CA'), accountSid: account.accountSid, from, to, status: 'ringing', startedAt: desk.now() };
  desk.store.state.calls[call.sid] = call;
  desk.store.save();
  const notifications: Notification[] = [];
  const fields = () => ({
    AccountSid: call.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: call.status,
    Called: to,
    Caller: from,
    Direction: 'inbound',
    From: from,
    To: to,
  });
  const post = (url: string, form: Record<string, string>) => send(desk, url, form, token);

  const settle = async (streamedMs: number, plan?: Plan): Promise<CallEnd> => {
    call.status = plan ? 'completed' : 'failed';
    call.endedAt = desk.now();
    desk.store.save();
    const statusUrl = options.statusUrl ?? plan?.stream?.statusCallback;
    const times = statusUrl === undefined ? 0 : trouble.isStatusRepeated ? 2 : 1;
    const CallDuration = String(Math.ceil(streamedMs / 1_000));
    for (let at = 0; at < times && statusUrl; at++) {
      const answered = await post(statusUrl, { ...fields(), CallDuration, SequenceNumber: '0', CallbackSource: 'call-progress-events' });
      if ('code' in answered) notifications.push(answered);
    }
    return { status: call.status, streamedMs, notifications };
  };
  const fail = (why: Notification): PlacedCall => {
    notifications.push(why);
    return { callSid: call.sid, done: settle(0), hangUp: () => {}, nowMs: () => Number.POSITIVE_INFINITY, streamsFromMs: () => undefined };
  };

  const answer = await post(options.voiceUrl, fields());
  if ('code' in answer) return fail(answer);
  if (!answer.isXml) return fail({ code: 12300, message: 'The answer is not XML.' });
  const plan = readTwiml(answer.text);
  if ('code' in plan) return fail(plan);
  call.status = 'in-progress';
  desk.store.save();

  const { stream } = plan;
  if (!stream && !plan.number)
    return {
      callSid: call.sid,
      done: settle(0, plan),
      hangUp: () => {},
      nowMs: () => Number.POSITIVE_INFINITY,
      streamsFromMs: () => undefined,
    };

  const tracks = options.tracks ?? tracksFrom(from);
  const talk = openTalk(desk, { call, tracks, speed, token, rough: trouble.rough, notifications });
  const { line } = talk;
  if (stream) await talk.startStream(stream, sid('MZ'), trouble.cutAfterMs);
  /** Rings who is dialled, and whoever is dialled instead. Undefined when nobody takes it. */
  const ring = async ({ dial: to, number: told, action }: Plan): Promise<Awaited<ReturnType<typeof ringLeg>> | undefined> => {
    if (!told || !to) return undefined;
    const phone = await ringLeg(desk, { account, parent: call.sid, from, to, plan: told, token });
    const isTaken = phone.status === 'answered' && (told.url === undefined || (await whisper(desk, told.url, phone, token)));
    if (isTaken) return phone;
    if (phone.status === 'answered') await phone.tell('completed');
    if (action === undefined || line.isOver()) return undefined;
    const DialCallStatus = phone.status === 'answered' ? 'completed' : phone.status;
    const next = await post(action, { ...fields(), DialCallSid: phone.call.sid, DialCallStatus, DialBridged: 'false' });
    const read = 'code' in next ? next : readTwiml(next.text);
    if ('code' in read) notifications.push(read);
    return 'code' in read || read.isHangup ? undefined : ring(read);
  };
  const phone = await ring(plan);
  if (plan.number && !phone) line.hangUp();
  line.begin();
  const run = async (): Promise<CallEnd> => {
    const streamedMs = await talk.streamed();
    await phone?.tell('completed');
    const end = await settle(streamedMs, plan);
    await talk.close();
    return end;
  };
  return { callSid: call.sid, done: run(), hangUp: () => line.hangUp(), nowMs: () => line.nowMs(), streamsFromMs: line.streamsFromMs };
}

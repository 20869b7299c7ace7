import { randomBytes } from 'node:crypto';
import { cast } from '../cast.ts';
import type { Exchange } from '../kit/serve.ts';
import type { Store } from '../kit/store.ts';
import { sampleCall } from '../sample-call/read.ts';
import type { Trouble } from './faults.ts';
import { signature } from './sign.ts';
import type { Account, CallRecord, TwilioState } from './state.ts';
import { playMedia } from './stream.ts';
import { type Notification, type Plan, readTwiml } from './twiml.ts';

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
  tracks?: Record<'inbound' | 'outbound', Uint8Array>;
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
}

export interface Desk {
  store: Store<TwilioState>;
  now: () => number;
  record: ((exchange: Exchange) => void) | undefined;
}

const WEBHOOK_MS = 15_000;

/** One call from the first ring to the last callback. Resolves when the media stream runs, or the call has failed. */
export async function placeCall(desk: Desk, options: CallOptions, trouble: Trouble): Promise<PlacedCall> {
  const { account, from, to, speed = 1 } = options;
  const token = trouble.isForged ? 'not-the-token' : account.authToken;
  const call: CallRecord = { sid: sid('CA'), accountSid: account.accountSid, from, to, status: 'ringing', startedAt: desk.now() };
  desk.store.state.calls[call.sid] = call;
  desk.store.save();
  const hung = new AbortController();
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
    return { callSid: call.sid, done: settle(0), hangUp: () => {} };
  };

  const answer = await post(options.voiceUrl, fields());
  if ('code' in answer) return fail(answer);
  if (!answer.isXml) return fail({ code: 12300, message: 'The answer is not XML.' });
  const plan = readTwiml(answer.text);
  if ('code' in plan) return fail(plan);
  call.status = 'in-progress';
  desk.store.save();

  const { stream } = plan;
  const run = async (): Promise<() => Promise<number>> => {
    if (!stream) return async () => 0;
    const streamSid = sid('MZ');
    const tell = async (StreamEvent: string) => {
      if (!stream.statusCallback) return;
      const form = { AccountSid: call.accountSid, CallSid: call.sid, StreamSid: streamSid, StreamName: streamSid, StreamEvent };
      const answered = await post(stream.statusCallback, { ...form, Timestamp: new Date(desk.now()).toISOString() });
      if ('code' in answered) notifications.push(answered);
    };
    try {
      const media = await playMedia({
        plan: stream,
        accountSid: call.accountSid,
        callSid: call.sid,
        streamSid,
        signature: signature(token, stream.url),
        tracks: options.tracks ?? tracksFrom(from),
        speed,
        cutAfterMs: trouble.cutAfterMs,
        hangUp: hung.signal,
      });
      await tell('stream-started');
      return async () => {
        const streamedMs = await media.done;
        await tell('stream-stopped');
        return streamedMs;
      };
    } catch {
      notifications.push({ code: 31920, message: 'Stream: the WebSocket handshake failed.' });
      await tell('stream-error');
      return async () => 0;
    }
  };
  const finished = await run();
  return { callSid: call.sid, done: finished().then((streamedMs) => settle(streamedMs, plan)), hangUp: () => hung.abort() };
}

/** The rep's own phone calling out puts the rep on the inbound track; anybody else calling in is the customer. */
function tracksFrom(from: string): Record<'inbound' | 'outbound', Uint8Array> {
  const { rep, customer } = sampleCall().tracks;
  return from === cast.rep.phone ? { inbound: rep.audio, outbound: customer.audio } : { inbound: customer.audio, outbound: rep.audio };
}

async function send(desk: Desk, url: string, form: Record<string, string>, token: string): Promise<Answer | Notification> {
  const body = new URLSearchParams(form).toString();
  const contentType = 'application/x-www-form-urlencoded; charset=UTF-8';
  const headers = { 'Content-Type': contentType, 'X-Twilio-Signature': signature(token, url, form), 'User-Agent': 'TwilioProxy/1.1' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(WEBHOOK_MS) });
    const text = await response.text();
    desk.record?.({ vendor: 'twilio', method: 'POST', path: new URL(url).pathname, contentType, body, status: response.status });
    if (!response.ok) return { code: 11200, message: `The webhook answered ${response.status}.` };
    return { text, isXml: /^(text|application)\/xml\b/.test(response.headers.get('content-type') ?? '') };
  } catch {
    return { code: 11200, message: 'The webhook could not be reached.' };
  }
}

interface Answer {
  text: string;
  isXml: boolean;
}

const sid = (kind: 'CA' | 'MZ'): string => `${kind}${randomBytes(16).toString('hex')}`;

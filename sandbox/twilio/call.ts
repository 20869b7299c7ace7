import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { cast } from '../cast.ts';
import type { Exchange } from '../kit/serve.ts';
import type { Store } from '../kit/store.ts';
import { sampleCall } from '../sample-call/read.ts';
import type { Trouble } from './faults.ts';
import { openLine, type TalkLine, type Tracks } from './line.ts';
import type { Recording } from './recordings.ts';
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
}

/** A call that has been answered. */
interface Running {
  accountSid: string;
  line: TalkLine;
  tracks: Tracks;
  startStream(plan: NonNullable<Plan['stream']>, streamSid: string): void;
  endRecording(recording: Recording): void;
}

export interface Desk {
  running: Map<string, Running>;
  recordings: Map<string, Recording>;
  store: Store<TwilioState>;
  now: () => number;
  record: ((exchange: Exchange) => void) | undefined;
}

const WEBHOOK_MS = 15_000;
/** How long the vendor works on a recording after its end. */
const PROCESS_MS = 400;

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
    return { callSid: call.sid, done: settle(0), hangUp: () => {}, nowMs: () => Number.POSITIVE_INFINITY };
  };

  const answer = await post(options.voiceUrl, fields());
  if ('code' in answer) return fail(answer);
  if (!answer.isXml) return fail({ code: 12300, message: 'The answer is not XML.' });
  const plan = readTwiml(answer.text);
  if ('code' in plan) return fail(plan);
  call.status = 'in-progress';
  desk.store.save();

  const { stream } = plan;
  if (!stream) return { callSid: call.sid, done: settle(0, plan), hangUp: () => {}, nowMs: () => Number.POSITIVE_INFINITY };

  const tracks = options.tracks ?? tracksFrom(from);
  const line = openLine(tracks, speed);
  const streams: Promise<void>[] = [];
  const callbacks: Promise<void>[] = [];
  const startStream = async (to: NonNullable<Plan['stream']>, streamSid: string, cutAtMs?: number): Promise<void> => {
    const tell = async (StreamEvent: string) => {
      if (!to.statusCallback) return;
      const form = { AccountSid: call.accountSid, CallSid: call.sid, StreamSid: streamSid, StreamName: streamSid, StreamEvent };
      const answered = await post(to.statusCallback, { ...form, Timestamp: new Date(desk.now()).toISOString() });
      if ('code' in answered) notifications.push(answered);
    };
    try {
      const media = await playMedia({
        plan: to,
        accountSid: call.accountSid,
        callSid: call.sid,
        streamSid,
        signature: signature(token, to.url),
        line,
        cutAtMs,
        rough: trouble.rough,
      });
      await tell('stream-started');
      streams.push(media.done.then((how) => tell(how === 'stopped' ? 'stream-stopped' : 'stream-error')));
    } catch {
      notifications.push({ code: 31920, message: 'Stream: the WebSocket handshake failed.' });
      await tell('stream-error');
    }
  };
  const endRecording = (recording: Recording) => {
    recording.toMs ??= line.nowMs();
    recording.readyAtMs ??= desk.now() + PROCESS_MS;
    const { sid: RecordingSid, statusUrl } = recording;
    if (!statusUrl) return;
    const form = {
      AccountSid: call.accountSid,
      CallSid: call.sid,
      RecordingSid,
      RecordingStatus: 'completed',
      RecordingChannels: String(recording.channels),
    };
    callbacks.push(
      pause(PROCESS_MS).then(async () => {
        await post(statusUrl, form);
      }),
    );
  };
  desk.running.set(call.sid, {
    accountSid: call.accountSid,
    line,
    tracks,
    startStream: (to, streamSid) => void streams.push(startStream(to, streamSid)),
    endRecording,
  });
  await startStream(stream, sid('MZ'), trouble.cutAfterMs);
  line.begin();
  const run = async (): Promise<CallEnd> => {
    const streamedMs = await line.over;
    for (const recording of desk.recordings.values())
      if (recording.callSid === call.sid && recording.toMs === undefined) endRecording(recording);
    // A stream that is asked for in the last moment is one more.
    for (let at = 0; at < streams.length; at++) await streams[at];
    const end = await settle(streamedMs, plan);
    for (const callback of callbacks) await callback;
    desk.running.delete(call.sid);
    return end;
  };
  return { callSid: call.sid, done: run(), hangUp: () => line.hangUp(), nowMs: () => line.nowMs() };
}

/** The rep's own phone calling out puts the rep on the inbound track; anybody else calling in is the customer. */
function tracksFrom(from: string): Tracks {
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

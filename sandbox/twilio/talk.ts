import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from './desk.ts';
import type { Rough } from './faults.ts';
import { openLine, type Tracks } from './line.ts';
import type { Recording } from './recordings.ts';
import { send } from './send.ts';
import { signature } from './sign.ts';
import type { CallRecord } from './state.ts';
import { playMedia } from './stream.ts';
import type { Notification, Plan } from './twiml.ts';

/** How long the vendor works on a recording after its end. */
const PROCESS_MS = 400;

interface TalkOptions {
  call: CallRecord;
  tracks: Tracks;
  speed: number;
  token: string;
  rough?: Rough | undefined;
  notifications: Notification[];
}

/** What an answered call is to the account: its streams and recordings, until it is over. */
export function openTalk(desk: Desk, { call, tracks, speed, token, rough, notifications }: TalkOptions) {
  const line = openLine(tracks, speed);
  const streams: Promise<void>[] = [];
  const callbacks: Promise<void>[] = [];

  /** Streams may begin while one of the two still listens to something else: they talk when they are connected. */
  const startStream = async (to: NonNullable<Plan['stream']>, streamSid: string, cutAtMs?: number): Promise<void> => {
    const tell = async (StreamEvent: string) => {
      if (!to.statusCallback) return;
      const form = { AccountSid: call.accountSid, CallSid: call.sid, StreamSid: streamSid, StreamName: streamSid, StreamEvent };
      const answered = await send(desk, to.statusCallback, { ...form, Timestamp: new Date(desk.now()).toISOString() }, token);
      if ('code' in answered) notifications.push(answered);
    };
    try {
      const media = await playMedia({
        plan: to,
        accountSid: call.accountSid,
        callSid: call.sid,
        streamSid,
        signature: signature(token, to.url),
        line: { ...line, begin: () => undefined },
        cutAtMs,
        rough,
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
        await send(desk, statusUrl, form, token);
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

  return {
    line,
    startStream,
    /** The call's length, once it is over and its streams have said goodbye. */
    async streamed(): Promise<number> {
      const streamedMs = await line.over;
      for (const recording of desk.recordings.values())
        if (recording.callSid === call.sid && recording.toMs === undefined) endRecording(recording);
      // A stream that is asked for in the last moment is one more.
      for (let at = 0; at < streams.length; at++) await streams[at];
      return streamedMs;
    },
    async close(): Promise<void> {
      for (const callback of callbacks) await callback;
      desk.running.delete(call.sid);
    },
  };
}

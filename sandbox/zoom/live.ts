import { randomBytes } from 'node:crypto';
import type { LiveStream, openRtms, StreamOptions } from './rtms.ts';

/** A meeting as its host arranged it. */
export interface LiveMeeting {
  uuid: string;
  topic: string;
  host: { name: string; email: string };
  /** Addresses of those who were invited. */
  invited: readonly string[];
}

type Facts = Record<string, unknown>;

/** A running meeting at Zoom's end: its stream, and what Zoom tells of it. */
export interface RunningMeeting extends LiveStream {
  streamId: string;
  /** How `meeting.rtms_started` was answered. */
  status: number;
  /** Tells the start once more, as new news. */
  tellAgain(): Promise<number>;
  /** `meeting.rtms_interrupted`, as after signalling broke. */
  tellInterrupted(): Promise<number>;
  /** Ends the stream and tells both ways; the webhook's status. `silently`: the webhook alone. */
  stop(reason: number, silently?: boolean): Promise<number>;
}

export interface LiveDesk {
  accountId: string;
  now(): number;
  rtms: ReturnType<typeof openRtms>;
  send(event: Facts): Promise<number>;
}

/** Meetings by the number that people join them by; the Meeting API tells of them. */
export const openLive = (desk: LiveDesk) => {
  const arranged = new Map<string, LiveMeeting>();

  /** Beside the account, or, as on some of its pages, one level deeper. */
  const about = (name: string, facts: Facts, isNested: boolean): Facts => ({
    event: name,
    event_ts: desk.now(),
    payload: { account_id: desk.accountId, ...(isNested ? { object: facts } : facts) },
  });

  return {
    arranged,
    async goLive(
      meeting: LiveMeeting,
      { isNested = false, ...options }: Omit<StreamOptions, 'uuid' | 'streamId'> & { isNested?: boolean },
    ): Promise<RunningMeeting> {
      const streamId = randomBytes(16).toString('hex');
      const number = String(80_000_000_000 + arranged.size);
      arranged.set(number, meeting);
      const stream = desk.rtms.begin({ ...options, uuid: meeting.uuid, streamId });
      const facts = { meeting_uuid: meeting.uuid, meeting_id: number, operator_id: 'kFFsbWPiQ2mh8jYxZkPwdA', rtms_stream_id: streamId };
      const tellStarted = () => desk.send(about('meeting.rtms_started', { ...facts, server_urls: stream.address }, isNested));
      return {
        ...stream,
        streamId,
        status: await tellStarted(),
        tellAgain: tellStarted,
        tellInterrupted: () => desk.send(about('meeting.rtms_interrupted', facts, isNested)),
        stop(reason, silently = false) {
          if (!silently) stream.end(reason);
          return desk.send(about('meeting.rtms_stopped', { ...facts, stop_reason: reason }, isNested));
        },
      };
    },
  };
};

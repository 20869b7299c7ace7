import type { Result } from '../../shared/kit/result.ts';

/** A meeting platform that keeps what was said, and tells us afterwards. Every vendor passes `meetings.contract.ts`. Every method ends within a minute. */
export interface Meetings {
  /** Do these credentials open this account, with what we need of it? Asked once, before it is stored. */
  owns(): Promise<Result<true>>;

  /** A finished meeting as it stands now: who was there, and where its words lie. `gone` when there is none, or its host took it away. */
  meeting(ref: MeetingRef): Promise<Result<FinishedMeeting>>;

  /** One of its files. `refused` when its address is not one of the vendor's: nothing is asked there. The body is for the caller to bound. */
  open(file: MeetingFile): Promise<Result<OpenFile>>;
}

/** A meeting as its platform's news name it. */
export interface MeetingRef {
  /** The vendor's own; the same meeting always has the same. */
  id: string;
  /** Who held it, where only the news say so. */
  hostEmail?: string;
}

export interface FinishedMeeting {
  /** What it was called; never stored. */
  title: string;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  host: { name: string; email: string };
  people: readonly MeetingPerson[];
  /** WebVTT with names; null while there is none. */
  transcript: MeetingFile | null;
  /** What each voice said, each alone; empty unless the account records so. */
  tracks: readonly MeetingTrack[];
  /** Everybody in one recording. */
  audio: MeetingFile | null;
}

export interface MeetingPerson {
  /** As the meeting showed it. */
  name: string;
  /** Null for a guest who gave none. */
  email: string | null;
}

export interface MeetingFile {
  url: string;
  contentType: string;
}

export interface MeetingTrack extends MeetingFile {
  speaker: string;
  /** Milliseconds after the meeting began. */
  offsetMs: number;
}

export interface OpenFile {
  body: ReadableStream<Uint8Array>;
  /** Bytes; null when the vendor does not say. */
  size: number | null;
}

import { createHash } from 'node:crypto';

/** An app registration with application permissions, in one directory. */
export interface GraphApp {
  directoryId: string;
  clientId: string;
  clientSecret: string;
  permissions: readonly string[];
}

/** What an app needs to read transcripts, meetings and who attended them. */
export const transcriptPermissions = [
  'OnlineMeetingTranscript.Read.All',
  'OnlineMeetings.Read.All',
  'OnlineMeetingArtifact.Read.All',
] as const;

export interface Attendee {
  name: string;
  /** Empty for a guest who only gave a name. */
  email: string;
}

export interface TeamsMeeting {
  subject: string;
  organizer: Attendee;
  /** The organizer is one of them. */
  people: readonly Attendee[];
  startedMs: number;
  durationMs: number;
  said: readonly { name: string; text: string; startMs: number; endMs: number }[];
}

export interface StoredMeeting extends TeamsMeeting {
  userId: string;
  meetingId: string;
  transcriptId: string;
  reportId: string;
}

/** Ids as Graph makes them: long, opaque, the same for the same. */
export const guidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
};
export const opaqueOf = (text: string): string =>
  Buffer.from(`1*${guidOf(text)}*0**19:meeting_${text}@thread.v2`)
    .toString('base64')
    .replace(/=+$/, '');

/** WebVTT as Teams writes it: a voice tag around each line. */
export function vttOf(said: TeamsMeeting['said']): string {
  return `WEBVTT\n\n${said.map(({ name, text, startMs, endMs }) => `${clock(startMs)} --> ${clock(endMs)}\n<v ${name}>${text}</v>`).join('\n\n')}\n`;
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

/** A server-to-server OAuth app with its event subscription, in one Zoom account. */
export interface ZoomApp {
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** Signs webhooks. */
  secretToken: string;
  scopes: readonly string[];
}

/** What the app needs to read finished meetings. */
export const recordingScopes = ['cloud_recording:read:list_recording_files:admin', 'meeting:read:list_past_participants:admin'] as const;

/** What the app needs to know whom a running meeting is with. */
export const arrangedScope = 'meeting:read:meeting:admin';

interface Participant {
  name: string;
  /** Empty for somebody of another account whose address Zoom keeps to itself. */
  email: string;
}

/** Who said what in a meeting, milliseconds after it began. */
export interface Said {
  name: string;
  text: string;
  startMs: number;
  endMs: number;
}

export interface HeldMeeting {
  uuid: string;
  topic: string;
  host: Participant;
  /** The host is one of them. */
  people: readonly Participant[];
  /** Milliseconds since 1970. */
  startedMs: number;
  durationMs: number;
  said: readonly Said[];
  /** The recording of everybody. */
  audio?: Uint8Array;
  /** By name: the recording of each voice alone, when the account records so. */
  voices?: Readonly<Record<string, Uint8Array>>;
}

export interface StoredFile {
  id: string;
  type: 'M4A' | 'TRANSCRIPT' | 'VOICE';
  name: string;
  bytes: Uint8Array;
  offsetMs: number;
}

export interface Stored {
  meeting: HeldMeeting;
  files: StoredFile[];
  /** The host threw it away. */
  isGone: boolean;
}

/** Zoom's own id of the host, which is no address. */
export const HOST_ID = 'kFFsbWPiQ2mh8jYxZkPwdA';

/** WebVTT as Zoom writes it: numbered cues, "Name: words", CRLF. */
export function vttOf(said: readonly Said[]): Uint8Array {
  const cues = said.map(
    ({ name, text, startMs, endMs }, nth) => `${nth + 1}\r\n${clock(startMs)} --> ${clock(endMs)}\r\n${name}: ${text}\r\n`,
  );
  return new TextEncoder().encode(`WEBVTT\r\n\r\n${cues.join('\r\n')}`);
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

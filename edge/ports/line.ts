import type { Role } from '../../shared/contracts/transcript.ts';
import type { Result } from '../../shared/kit/result.ts';

/** Where a running call's audio comes from. */
export type LineSource = 'twilio' | 'zoom' | 'browser' | 'salesforce';

/** The one part of a line that every vendor has. */
export interface LineReader {
  /** One socket message in our words. Nonsense is `{ type: 'ignored' }`, never an exception. */
  read(message: string | ArrayBuffer): LineEvent;
}

/** A telephony vendor that sends us a running call's audio over a socket and its life over webhooks. */
export interface Line extends LineReader {
  /** Does this secret open this account at the vendor? Asked once, before an account is stored: nobody claims another's. */
  owns(account: string, secret: string): Promise<Result<boolean>>;

  /** Is this webhook or socket handshake really the vendor's, for this account? Any malformed input is `false`. */
  verify(request: { url: string; form?: Record<string, string>; signature: string | null }, secret: string): Promise<boolean>;

  /** The vendor's answer document for an incoming or outgoing call: announce recording, stream both tracks to `mediaUrl`, connect. */
  answer(call: {
    mediaUrl: string;
    statusUrl: string;
    callId: string;
    repTrack: Track;
    dial: string;
    announcement: string;
    /** Hears how it goes with the phone that is rung. */
    toldUrl?: string;
    /** Asked what to say to who picks it up, before the two are connected. */
    acceptUrl?: string;
    /** Asked what to do when nobody takes it there; absent, the call ends. */
    nextUrl?: string;
    ringS?: number;
  }): { body: string; contentType: string };
}

/** `mixed`: one microphone that hears everybody. */
export type Track = 'inbound' | 'outbound' | 'mixed';

export type LineEvent =
  | { type: 'started'; externalId: string; account: string; repTrack: Track; callId: string }
  /** 8 kHz mono mu-law; `atMs` counts from the start of the stream. */
  | { type: 'audio'; track: Track; atMs: number; bytes: Uint8Array }
  | { type: 'stopped' }
  | { type: 'ignored' };

/** Whose side of the recording a track is. Where all voices are on one, it is the rep's, whose microphone it is. */
export const roleOf = (track: Track, repTrack: Track): Role => (track === repTrack || track === 'mixed' ? 'rep' : 'customer');

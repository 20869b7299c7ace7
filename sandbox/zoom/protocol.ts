import { randomBytes } from 'node:crypto';
import { type Exchange, serve } from '../kit/serve.ts';
import { answerApi } from './api.ts';
import { noTrouble, type ZoomFaults } from './faults.ts';
import { answerFile } from './files.ts';
import { type HeldMeeting, HOST_ID, recordingScopes, type Stored, type StoredFile, vttOf, type ZoomApp } from './state.ts';
import { tell, validate } from './tell.ts';
import { openTokens } from './tokens.ts';

export interface ZoomOptions {
  port: number;
  app: Omit<ZoomApp, 'scopes'> & { scopes?: readonly string[] };
  record?: (exchange: Exchange) => void;
  now?: () => number;
}

export interface ZoomTwin {
  origin: string;
  faults: ZoomFaults;
  /** What its owner does in the Marketplace: the address for events, which has to prove itself first. */
  subscribe(url: string): Promise<boolean>;
  /** A recorded meeting is over: it is in the cloud, and its webhook's status is the answer. `withTranscript` is there at once. */
  finish(meeting: HeldMeeting, options?: { withTranscript?: boolean; voices?: boolean }): Promise<number>;
  /** The audio transcript is done, too. */
  transcribe(uuid: string): Promise<number>;
  /** The same webhook again. */
  repeat(): Promise<number>;
  /** Its host throws the recording away. */
  discard(uuid: string): void;
  close(): Promise<void>;
}

/** Zoom seen by a server-to-server app: cloud recordings, who was there, and webhooks about both. developers.zoom.us/docs/api/meetings */
export async function startZoom(options: ZoomOptions): Promise<ZoomTwin> {
  const app: ZoomApp = { scopes: recordingScopes, ...options.app };
  const now = options.now ?? Date.now;
  const trouble = noTrouble();
  const tokens = openTokens(app, now);
  const meetings = new Map<string, Stored>();
  const desk = { meetings, tokens, trouble };
  let hook: string | undefined;
  let last: Record<string, unknown> | undefined;

  const served = await serve(
    async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/oauth/token')
        return tokens.grant(request, new URLSearchParams([...searchParams, ...new URLSearchParams(await request.text())]));
      return pathname.startsWith('/v2/') ? answerApi(desk, request) : answerFile(desk, request);
    },
    { vendor: 'zoom', port: options.port, record: options.record },
  );

  async function send(event: Record<string, unknown>): Promise<number> {
    if (hook === undefined) throw new Error('nobody subscribed to events');
    last = event;
    const isForged = trouble.forgeries > 0;
    if (isForged) trouble.forgeries -= 1;
    return tell(app, hook, event, now(), isForged);
  }

  const about = (name: string, { meeting, files }: Stored) => ({
    event: name,
    event_ts: now(),
    payload: {
      account_id: app.accountId,
      object: {
        id: 6840331990,
        uuid: meeting.uuid,
        host_id: HOST_ID,
        account_id: app.accountId,
        topic: meeting.topic,
        type: 2,
        start_time: new Date(meeting.startedMs).toISOString(),
        host_email: meeting.host.email,
        duration: Math.ceil(meeting.durationMs / 60_000),
        recording_count: files.length,
        // What it says of files is not what is to be fetched: an address in a message is anybody's.
        recording_files: [{ id: 'x', file_type: 'M4A', download_url: 'https://zoom.us.evil.example/rec/webhook_download/x' }],
      },
    },
    download_token: 'not-to-be-used',
  });

  const file = (type: StoredFile['type'], name: string, bytes: Uint8Array): StoredFile => ({
    id: randomBytes(12).toString('hex'),
    type,
    name,
    bytes,
    offsetMs: 0,
  });

  return {
    origin: served.origin,
    faults: {
      busyNext: (retryAfterS) => void trouble.busy.push(retryAfterS),
      redirectNext: (location) => void trouble.redirects.push(location),
      addressNext: (downloadUrl) => void trouble.addresses.push(downloadUrl),
      resetNext: () => void trouble.resets++,
      forgeNext: () => void trouble.forgeries++,
      expireTokens: () => tokens.expire(),
    },
    async subscribe(url) {
      const isProven = await validate(app, url, now());
      if (isProven) hook = url;
      return isProven;
    },
    finish(meeting, { withTranscript = false, voices = false } = {}) {
      const files = [file('M4A', 'audio_only', meeting.audio ?? new Uint8Array([0]))];
      if (withTranscript) files.push(file('TRANSCRIPT', 'audio_transcript', vttOf(meeting.said)));
      if (voices) for (const [name, bytes] of Object.entries(meeting.voices ?? {})) files.push(file('VOICE', name, bytes));
      const stored: Stored = { meeting, files, isGone: false };
      meetings.set(meeting.uuid, stored);
      return send(about('recording.completed', stored));
    },
    transcribe(uuid) {
      const stored = meetings.get(uuid);
      if (!stored) throw new Error('there is no such meeting');
      stored.files.push(file('TRANSCRIPT', 'audio_transcript', vttOf(stored.meeting.said)));
      return send(about('recording.transcript_completed', stored));
    },
    repeat() {
      if (!last) throw new Error('nothing was sent yet');
      return send(last);
    },
    discard(uuid) {
      const stored = meetings.get(uuid);
      if (stored) stored.isGone = true;
    },
    close: () => served.close(),
  };
}

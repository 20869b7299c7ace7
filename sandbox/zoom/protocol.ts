import { randomBytes } from 'node:crypto';
import { type Exchange, serve } from '../kit/serve.ts';
import { answerApi } from './api.ts';
import { noTrouble, type ZoomFaults } from './faults.ts';
import { answerFile } from './files.ts';
import { type InstallableApp, openInstalls } from './installs.ts';
import { type LiveMeeting, openLive, type RunningMeeting } from './live.ts';
import { openRtms, type StreamOptions } from './rtms.ts';
import { arrangedScope, type HeldMeeting, HOST_ID, recordingScopes, type Stored, type StoredFile, vttOf, type ZoomApp } from './state.ts';
import { tell, validate } from './tell.ts';
import { openTokens, type Tokens } from './tokens.ts';

export interface ZoomOptions {
  port: number;
  app: Omit<ZoomApp, 'scopes'> & { scopes?: readonly string[] };
  /** An app of the Marketplace that the account's admin can install. */
  installable?: InstallableApp;
  record?: (exchange: Exchange) => void;
  now?: () => number;
}

export interface ZoomTwin {
  origin: string;
  faults: ZoomFaults;
  /** What its owner does in the Marketplace: the address for events, which has to prove itself first. */
  subscribe(url: string): Promise<boolean>;
  /** The same for the installable app; it is told of the account as soon as that has installed it. */
  subscribeInstallable(url: string): Promise<boolean>;
  /** The account's admin takes the installable app out; the status of its webhook. */
  deauthorize(retains: boolean): Promise<number>;
  /** Bearer tokens of the installable app that work now. */
  installed(): boolean;
  /** A recorded meeting is over: it is in the cloud, and its webhook's status is the answer. `withTranscript` is there at once. */
  finish(meeting: HeldMeeting, options?: { withTranscript?: boolean; voices?: boolean }): Promise<number>;
  /** The audio transcript is done, too. */
  transcribe(uuid: string): Promise<number>;
  /** The same webhook again. */
  repeat(): Promise<number>;
  /** A meeting begins, and its stream is told of. */
  goLive(meeting: LiveMeeting, options: Omit<StreamOptions, 'uuid' | 'streamId'> & { isNested?: boolean }): Promise<RunningMeeting>;
  /** Its host throws the recording away. */
  discard(uuid: string): void;
  close(): Promise<void>;
}

/** Zoom seen by a server-to-server app: cloud recordings, who was there, and webhooks about both. developers.zoom.us/docs/api/meetings */
export async function startZoom(options: ZoomOptions): Promise<ZoomTwin> {
  const app: ZoomApp = { scopes: [...recordingScopes, arrangedScope], ...options.app };
  const now = options.now ?? Date.now;
  const trouble = noTrouble();
  const tokens = openTokens(app, now);
  const installs = options.installable ? openInstalls(options.installable, app.accountId, now) : undefined;
  const meetings = new Map<string, Stored>();
  const bearer: Pick<Tokens, 'refusal'> = {
    refusal: (request, scope) => (installs?.knows(request) ? installs.refusal(request, scope) : tokens.refusal(request, scope)),
  };
  const rtms = openRtms(app, now);
  const live = openLive({ accountId: app.accountId, now, rtms, send: (event) => send(event) });
  const desk = { meetings, arranged: live.arranged, tokens: bearer, trouble };
  let hook: string | undefined;
  let installableHook: string | undefined;
  let last: Record<string, unknown> | undefined;

  const served = await serve(
    async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (installs && pathname === '/oauth/authorize') return installs.authorize(new URL(request.url));
      if (installs && pathname === '/oauth/revoke') return installs.revoke(request, new URLSearchParams(await request.text()));
      if (pathname === '/oauth/token') {
        const form = new URLSearchParams([...searchParams, ...new URLSearchParams(await request.text())]);
        return installs?.isFor(request) ? installs.grant(request, form) : tokens.grant(request, form);
      }
      if (installs && pathname === '/v2/users/me') return installs.me(request);
      return pathname.startsWith('/v2/') ? answerApi(desk, request) : answerFile(desk, request);
    },
    { vendor: 'zoom', port: options.port, record: options.record, upgrade: rtms.upgrade },
  );

  async function send(event: Record<string, unknown>): Promise<number> {
    last = event;
    const isForged = trouble.forgeries > 0;
    if (isForged) trouble.forgeries -= 1;
    const { installable } = options;
    if (installable && installableHook !== undefined && installs?.isInstalled())
      return tell(installable, installableHook, event, now(), isForged);
    if (hook === undefined) throw new Error('nobody subscribed to events');
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
      expireTokens() {
        tokens.expire();
        installs?.expire();
      },
    },
    async subscribe(url) {
      const isProven = await validate(app, url, now());
      if (isProven) hook = url;
      return isProven;
    },
    async subscribeInstallable(url) {
      const isProven = options.installable !== undefined && (await validate(options.installable, url, now()));
      if (isProven) installableHook = url;
      return isProven;
    },
    async deauthorize(retains) {
      const { installable } = options;
      if (!installable || !installs || installableHook === undefined) throw new Error('nobody to tell');
      installs.end();
      const payload = {
        account_id: app.accountId,
        user_id: HOST_ID,
        signature: 'deprecated',
        deauthorization_time: new Date(now()).toISOString(),
        client_id: installable.clientId,
        user_data_retention: String(retains),
      };
      last = { event: 'app_deauthorized', event_ts: now(), payload };
      return tell(installable, installableHook, last, now());
    },
    installed: () => installs?.isInstalled() ?? false,
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
    goLive: live.goLive,
    repeat() {
      if (!last) throw new Error('nothing was sent yet');
      return send(last);
    },
    discard(uuid) {
      const stored = meetings.get(uuid);
      if (stored) stored.isGone = true;
    },
    close() {
      rtms.close();
      return served.close();
    },
  };
}

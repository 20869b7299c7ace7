import type { ZoomTrouble } from './faults.ts';
import type { LiveMeeting } from './live.ts';
import { arrangedScope, HOST_ID, recordingScopes, type Stored } from './state.ts';
import type { Tokens } from './tokens.ts';

const [LIST_FILES, LIST_PEOPLE] = recordingScopes;
const USERS = 'user:read:user:admin';
const gone = (code: number, message: string) => Response.json({ code, message }, { status: 404 });

interface ApiDesk {
  meetings: ReadonlyMap<string, Stored>;
  /** By number. */
  arranged: ReadonlyMap<string, LiveMeeting>;
  tokens: Pick<Tokens, 'refusal'>;
  trouble: ZoomTrouble;
}

/** GET /meetings/{uuid}/recordings, /meetings/{number}, /users/{email} and GET /past_meetings/{uuid}/participants of the Meeting API. */
export function answerApi({ meetings, arranged, tokens, trouble }: ApiDesk, request: Request): Response {
  const url = new URL(request.url);
  const busy = trouble.busy.shift();
  if (busy !== undefined)
    return Response.json(
      { code: 429, message: 'You have reached the maximum per-second rate limit for this API.' },
      { status: 429, headers: { 'retry-after': String(busy), 'x-ratelimit-type': 'Light' } },
    );
  const number = /^\/v2\/meetings\/(\d+)$/.exec(url.pathname)?.[1];
  if (number !== undefined && request.method === 'GET')
    return tokens.refusal(request, arrangedScope) ?? arrangement(number, arranged.get(number));
  const user = /^\/v2\/users\/([^/]+)$/.exec(url.pathname)?.[1];
  if (user !== undefined && request.method === 'GET')
    return tokens.refusal(request, USERS) ?? account(decodeURIComponent(user), [...arranged.values()]);
  const path = /^\/v2\/(meetings|past_meetings)\/([^/]+)\/(recordings|participants)$/.exec(url.pathname);
  const [, what, given = '', about] = path ?? [];
  const isRecordings = what === 'meetings' && about === 'recordings';
  if (!path || request.method !== 'GET' || (!isRecordings && !(what === 'past_meetings' && about === 'participants')))
    return gone(404, 'Not found.');
  const refused = tokens.refusal(request, isRecordings ? LIST_FILES : LIST_PEOPLE);
  if (refused) return refused;
  const stored = meetings.get(uuidOf(given) ?? '');
  if (!stored) return isRecordings ? gone(3301, 'There is no recording for this meeting.') : gone(3001, 'Meeting does not exist.');
  if (!isRecordings) return people(stored, url.searchParams);
  if (stored.isGone || stored.files.length === 0) return gone(3301, 'There is no recording for this meeting.');
  return Response.json(recordings(stored, trouble.addresses.shift()));
}

/** GET /meetings/{meetingId}: what was arranged, and nobody's word on who came. */
function arrangement(number: string, meeting: LiveMeeting | undefined): Response {
  if (!meeting) return gone(3001, 'Meeting does not exist.');
  const { uuid, topic, host, invited } = meeting;
  const meeting_invitees = invited.map((email) => ({ email, internal_user: email.split('@')[1] === host.email.split('@')[1] }));
  return Response.json({
    uuid,
    id: Number(number),
    host_id: HOST_ID,
    host_email: host.email,
    topic,
    type: 2,
    settings: { meeting_invitees },
  });
}

/** GET /users/{userId}, by address. */
function account(email: string, meetings: readonly LiveMeeting[]): Response {
  const host = meetings.map((one) => one.host).find((one) => one.email.toLowerCase() === email.toLowerCase());
  return host ? Response.json({ id: HOST_ID, email, display_name: host.name, type: 2 }) : gone(1001, 'User does not exist.');
}

/** A uuid with a slash in front, or two in a row, is understood only when it was encoded twice. */
function uuidOf(given: string): string | null {
  const once = decodeURIComponent(given);
  const twice = decodeURIComponent(once);
  const isSlashed = twice.startsWith('/') || twice.includes('//');
  if (isSlashed) return once === twice ? null : twice;
  return once;
}

function recordings({ meeting, files }: Stored, elsewhere: string | undefined) {
  const { uuid, topic, startedMs, durationMs } = meeting;
  const of = (type: 'VOICE' | 'OTHER') => files.filter((one) => (one.type === 'VOICE') === (type === 'VOICE'));
  const at = (ms: number) => new Date(startedMs + ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const common = ({ id, bytes, offsetMs }: Stored['files'][number]) => ({
    id,
    recording_start: at(offsetMs),
    recording_end: at(durationMs),
    file_size: bytes.length,
    play_url: `https://brightloop.zoom.us/rec/play/${id}`,
    download_url: elsewhere ?? `https://brightloop.zoom.us/rec/webhook_download/${id}`,
    status: 'completed',
  });
  return {
    uuid,
    id: 6840331990,
    account_id: 'sandbox-account',
    host_id: HOST_ID,
    topic,
    type: 2,
    start_time: at(0),
    timezone: 'America/New_York',
    duration: Math.ceil(durationMs / 60_000),
    total_size: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    recording_count: files.length,
    share_url: 'https://brightloop.zoom.us/rec/share/sandbox',
    recording_files: of('OTHER').map((one) => ({
      ...common(one),
      meeting_id: uuid,
      file_type: one.type,
      file_extension: one.type === 'M4A' ? 'M4A' : 'VTT',
      recording_type: one.type === 'M4A' ? 'audio_only' : 'audio_transcript',
    })),
    participant_audio_files: of('VOICE').map((one) => ({ ...common(one), file_name: `Audio only - ${one.name}`, file_type: 'M4A' })),
  };
}

/** Paged, as long lists are; a page holds one person at least. */
function people({ meeting }: Stored, asked: URLSearchParams): Response {
  const size = Number(asked.get('page_size') ?? 30);
  if (!Number.isInteger(size) || size < 1 || size > 300)
    return Response.json({ code: 300, message: 'Invalid page size.' }, { status: 400 });
  const from = Number(asked.get('next_page_token') || 0);
  // However large a page was asked for, the twin hands out two at a time: nobody may rely on one page.
  const until = from + Math.min(size, 2);
  const joined = new Date(meeting.startedMs).toISOString();
  const left = new Date(meeting.startedMs + meeting.durationMs).toISOString();
  return Response.json({
    page_count: 1,
    page_size: size,
    total_records: meeting.people.length,
    next_page_token: until < meeting.people.length ? String(until) : '',
    participants: meeting.people.slice(from, until).map(({ name, email }, nth) => ({
      id: email === meeting.host.email ? HOST_ID : '',
      user_id: String(16_778_240 + from + nth),
      name,
      user_email: email,
      join_time: joined,
      leave_time: left,
      duration: Math.round(meeting.durationMs / 1_000),
      status: 'in_meeting',
      failover: false,
    })),
  });
}

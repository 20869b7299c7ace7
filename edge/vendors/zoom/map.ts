import * as z from 'zod/mini';
import type { FinishedMeeting, MeetingFile, MeetingPerson, MeetingTrack } from '../../ports/meetings.ts';

const text = z.string().check(z.maxLength(8_192));
const file = z.object({
  recording_start: z.optional(text),
  recording_end: z.optional(text),
  file_type: z.optional(text),
  recording_type: z.optional(text),
  file_name: z.optional(text),
  download_url: z.optional(text),
  status: z.optional(text),
});

/** GET /meetings/{uuid}/recordings */
export const recordings = z.object({
  host_id: z.optional(text),
  topic: z.optional(text),
  start_time: text,
  /** Minutes. */
  duration: z.optional(z.number()),
  recording_files: z._default(z.array(file).check(z.maxLength(500)), []),
  participant_audio_files: z._default(z.array(file).check(z.maxLength(500)), []),
});
type Recordings = z.infer<typeof recordings>;

/** GET /past_meetings/{uuid}/participants */
export const participants = z.object({
  next_page_token: z.optional(text),
  participants: z.array(z.object({ id: z.optional(text), name: z.optional(text), user_email: z.optional(text) })),
});
export type Participant = z.infer<typeof participants>['participants'][number];

/** Longer meetings than this are recordings that somebody forgot to stop. */
const HOURS_MAX = 24;

/** Zoom's two answers as one meeting. `hostEmail` is what the webhook said, for accounts whose recordings do not name it. */
export function meetingOf(said: Recordings, was: readonly Participant[], hostEmail: string): FinishedMeeting | null {
  const startMs = Date.parse(said.start_time);
  if (!Number.isFinite(startMs)) return null;
  const done = said.recording_files.filter(({ status }) => status === undefined || status === 'completed');
  const endsMs = [...done, ...said.participant_audio_files]
    .map(({ recording_end }) => Date.parse(recording_end ?? ''))
    .filter(Number.isFinite);
  const toMs = Math.max(startMs + (said.duration ?? 0) * 60_000, ...endsMs);
  const people = peopleOf(was);
  const named = hostEmail.toLowerCase();
  const host = was.find(
    ({ id, user_email }) => (said.host_id !== undefined && id === said.host_id) || (named !== '' && user_email?.toLowerCase() === named),
  );
  const email = named || host?.user_email?.trim().toLowerCase() || '';
  const of = (type: string): MeetingFile | null => {
    const found = done.find(({ file_type, download_url }) => file_type === type && download_url);
    return found?.download_url ? { url: found.download_url, contentType: type === 'TRANSCRIPT' ? 'text/vtt' : 'audio/mp4' } : null;
  };
  return {
    title: said.topic ?? '',
    startedAt: new Date(startMs).toISOString(),
    durationMs: Math.min(HOURS_MAX * 3_600_000, Math.max(0, toMs - startMs)),
    host: { email, name: host?.name || email.split('@')[0] || 'Host' },
    people,
    transcript: of('TRANSCRIPT'),
    tracks: said.participant_audio_files.flatMap((one) => trackOf(one, startMs)),
    audio: of('M4A'),
  };
}

/** Somebody who left and came back is one person. */
function peopleOf(was: readonly Participant[]): MeetingPerson[] {
  const people = new Map<string, MeetingPerson>();
  for (const { name = '', user_email } of was) {
    const email = user_email?.trim().toLowerCase() || null;
    people.set(`${email ?? ''} ${name}`, { name, email });
  }
  return [...people.values()];
}

/** "Audio only - Maya Lindqvist" is what Zoom calls the file of one voice. */
function trackOf({ file_name, download_url, recording_start, status }: z.infer<typeof file>, startMs: number): MeetingTrack[] {
  if (!download_url || (status !== undefined && status !== 'completed')) return [];
  const speaker = (file_name ?? '')
    .replace(/^audio[ _]only\s*-\s*/i, '')
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .trim();
  const atMs = Date.parse(recording_start ?? '');
  const offsetMs = Number.isFinite(atMs) ? Math.max(0, atMs - startMs) : 0;
  return [{ url: download_url, contentType: 'audio/mp4', speaker: speaker || 'Somebody', offsetMs }];
}

import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { FinishedMeeting, MeetingPerson, Meetings } from '../../ports/meetings.ts';
import { type GraphAccess, type GraphClient, graphClient } from './client.ts';
import { transcriptPath } from './transcript-ref.ts';

const text = z.string().check(z.maxLength(2_048));
const words = z.optional(z.nullable(text));
const identity = z.optional(z.nullable(z.object({ displayName: words })));
const attendee = z.object({ upn: words, identity: z.optional(z.nullable(z.object({ user: identity }))) });
const meetingShape = z.object({
  subject: words,
  startDateTime: words,
  participants: z.optional(
    z.nullable(z.object({ organizer: z.optional(z.nullable(attendee)), attendees: z.optional(z.nullable(z.array(attendee))) })),
  ),
});
const transcriptShape = z.object({ createdDateTime: text, endDateTime: words });
const reports = z.object({ value: z.array(z.object({ id: text })) });
const report = z.object({
  attendanceRecords: z.optional(z.nullable(z.array(z.object({ emailAddress: words, role: words, identity })))),
});

/** More attendance reports than this are a series, whose oldest come last. */
const REPORTS_MAX = 5;
const HOURS_MAX = 24;

/** Transcripts of the Teams meetings of one directory. The id of a meeting is its transcript's path, as `transcriptPath` writes it. */
export function graphMeetings(access: GraphAccess): Meetings {
  const client = graphClient(access);
  return {
    async owns() {
      // The cheapest question that only an app with the right permission may ask.
      const asked = await client.send('GET', '/v1.0/subscriptions', z.object({ value: z.array(z.unknown()) }));
      return asked.ok ? ok(true) : asked;
    },
    async meeting({ id }) {
      const at = transcriptPath(id);
      if (!at) return failed({ kind: 'gone', said: 'Microsoft has no such meeting any more.' });
      const [meeting, transcript, was] = await Promise.all([
        client.send('GET', at.meeting, meetingShape),
        client.send('GET', at.transcript, transcriptShape),
        attended(client, at.meeting),
      ]);
      if (!transcript.ok) return transcript;
      if (!meeting.ok) return meeting;
      if (!was.ok) return was;
      return ok(meetingOf(meeting.value, transcript.value, was.value, `${at.transcript}/content?$format=text/vtt`));
    },
    async open({ url }) {
      // Only addresses that we wrote ourselves: nothing that came in a message is asked for.
      const at = transcriptPath(url.replace(/\/content\?\$format=text\/vtt$/, ''));
      if (!at)
        return failed({ kind: 'refused', said: 'The transcript lies at an address that is not Microsoft’s, so it was not fetched.' });
      const opened = await client.open(`${at.transcript}/content?$format=text/vtt`);
      if (!opened.ok) return opened;
      const { body, headers } = opened.value;
      if (!body) return failed({ kind: 'broken', said: 'Teams handed over an empty transcript.' });
      const length = Number(headers.get('content-length') ?? Number.NaN);
      return ok({ body, size: Number.isSafeInteger(length) && length >= 0 ? length : null });
    },
  };
}

type Attended = { name: string; email: string | null; isHost: boolean };

/** Who was really there; empty when the app may not read it: then those count who were invited. */
async function attended(client: GraphClient, meeting: string): Promise<Result<Attended[]>> {
  const list = await client.send('GET', `${meeting}/attendanceReports`, reports);
  if (!list.ok) return list.fault.kind === 'refused' || list.fault.kind === 'gone' ? ok([]) : list;
  const all: Attended[] = [];
  for (const { id } of list.value.value.slice(0, REPORTS_MAX)) {
    const read = await client.send('GET', `${meeting}/attendanceReports/${encodeURIComponent(id)}?$expand=attendanceRecords`, report);
    if (!read.ok) return read;
    for (const one of read.value.attendanceRecords ?? [])
      all.push({ name: one.identity?.displayName ?? '', email: mailOf(one.emailAddress), isHost: one.role === 'Organizer' });
  }
  return ok(all);
}

function meetingOf(
  meeting: z.infer<typeof meetingShape>,
  transcript: z.infer<typeof transcriptShape>,
  was: readonly Attended[],
  url: string,
): FinishedMeeting {
  const { organizer, attendees } = meeting.participants ?? {};
  const invited = [organizer, ...(attendees ?? [])].flatMap((one): Attended[] =>
    one ? [{ name: one.identity?.user?.displayName ?? '', email: mailOf(one.upn), isHost: one === organizer }] : [],
  );
  const people = new Map<string, MeetingPerson>();
  for (const { name, email } of was.length > 0 ? was : invited) people.set(`${email ?? ''} ${name}`, { name, email });
  const host = was.find(({ isHost }) => isHost) ?? invited.find(({ isHost }) => isHost);
  const email = host?.email ?? '';
  // A series begins once; its transcript begins with the meeting that was.
  const startMs = Date.parse(transcript.createdDateTime);
  const endMs = Date.parse(transcript.endDateTime ?? '');
  return {
    title: meeting.subject ?? '',
    startedAt: new Date(Number.isFinite(startMs) ? startMs : Date.parse(meeting.startDateTime ?? '') || 0).toISOString(),
    durationMs: Number.isFinite(endMs - startMs) ? Math.min(HOURS_MAX * 3_600_000, Math.max(0, endMs - startMs)) : 0,
    host: { email, name: host?.name || email.split('@')[0] || 'Host' },
    people: [...people.values()],
    transcript: { url, contentType: 'text/vtt' },
    tracks: [],
    audio: null,
  };
}

const mailOf = (said: string | null | undefined): string | null => {
  const mail = said?.trim().toLowerCase() ?? '';
  return /^[^\s@]+@[^\s@]+$/.test(mail) ? mail : null;
};

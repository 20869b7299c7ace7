import { refusal } from './answer.ts';
import { guidOf, type StoredMeeting, vttOf } from './state.ts';
import type { Tokens } from './tokens.ts';

const missing = () => refusal(404, 'NotFound', 'The requested resource does not exist.');

/** GET below /v1.0/users/{id}/onlineMeetings: a meeting, its transcripts and who attended it. */
export function answerMeetings(
  { meetings, tokens, hasPolicy }: { meetings: readonly StoredMeeting[]; tokens: Tokens; hasPolicy(): boolean },
  request: Request,
): Response {
  const url = new URL(request.url);
  const path = decodeURIComponent(url.pathname);
  const [, userId = '', rest = ''] = /^\/v1\.0\/users\/([^/]+)\/onlineMeetings(\/.*)$/.exec(path) ?? [];
  if (request.method !== 'GET' || rest === '') return missing();
  const permission = /attendanceReports/.test(rest)
    ? 'OnlineMeetingArtifact.Read.All'
    : /transcripts/i.test(rest)
      ? 'OnlineMeetingTranscript.Read.All'
      : 'OnlineMeetings.Read.All';
  const refused = tokens.refusal(request, permission);
  if (refused) return refused;
  // An application reads a user's meetings only under a policy that names it.
  if (!hasPolicy()) return refusal(403, 'Forbidden', 'No application access policy found for this app on the user.');
  const mine = meetings.filter((one) => one.userId === userId);
  const since = /^\/getAllTranscripts\(meetingOrganizerUserId='([^']+)',startDateTime=([^,)]+)\)$/.exec(rest);
  if (since)
    return since[1] === userId
      ? Response.json({ value: mine.filter((one) => one.startedMs + one.durationMs >= Date.parse(since[2] ?? '')).map(transcriptOf) })
      : refusal(400, 'BadRequest', 'The organizer is not the user of this address.');
  const [, meetingId, about = ''] = /^\/([^/]+)(\/.*)?$/.exec(rest) ?? [];
  const meeting = mine.find((one) => one.meetingId === meetingId);
  if (!meeting) return missing();
  return answerOne(meeting, about, url);
}

function answerOne(meeting: StoredMeeting, about: string, url: URL): Response {
  const { transcriptId, reportId } = meeting;
  switch (about) {
    case '':
      return Response.json(meetingOf(meeting));
    case '/transcripts':
      return Response.json({ value: [transcriptOf(meeting)] });
    case `/transcripts/${transcriptId}`:
      return Response.json(transcriptOf(meeting));
    case `/transcripts/${transcriptId}/content`:
      if (url.searchParams.get('$format') !== 'text/vtt') return refusal(400, 'BadRequest', "Invalid format ''.");
      return new Response(vttOf(meeting.said), { headers: { 'content-type': 'text/vtt' } });
    case '/attendanceReports':
      return Response.json({ value: [{ id: reportId, totalParticipantCount: meeting.people.length }] });
    case `/attendanceReports/${reportId}`:
      return Response.json({
        id: reportId,
        ...(url.searchParams.get('$expand') === 'attendanceRecords' ? { attendanceRecords: records(meeting) } : {}),
      });
    default:
      return missing();
  }
}

const iso = (ms: number) => new Date(ms).toISOString();

function meetingOf({ meetingId, subject, organizer, people, startedMs, durationMs }: StoredMeeting) {
  const as = (one: StoredMeeting['organizer'], role: string) => ({
    upn: one.email,
    role,
    identity: { user: { id: guidOf(one.email), displayName: one.name } },
  });
  return {
    id: meetingId,
    subject,
    startDateTime: iso(startedMs),
    endDateTime: iso(startedMs + durationMs),
    participants: {
      organizer: as(organizer, 'presenter'),
      attendees: people.filter(({ email }) => email !== '' && email !== organizer.email).map((one) => as(one, 'attendee')),
    },
  };
}

export function transcriptOf({ userId, meetingId, transcriptId, startedMs, durationMs }: StoredMeeting) {
  return {
    id: transcriptId,
    meetingId,
    callId: guidOf(meetingId),
    contentCorrelationId: `${guidOf(transcriptId)}-0`,
    createdDateTime: iso(startedMs),
    endDateTime: iso(startedMs + durationMs),
    transcriptContentUrl: `https://graph.microsoft.com/v1.0/users/${userId}/onlineMeetings/${meetingId}/transcripts/${transcriptId}/content`,
    meetingOrganizer: { application: null, device: null, user: { id: userId, displayName: null } },
  };
}

const records = ({ people, organizer, durationMs }: StoredMeeting) =>
  people.map(({ name, email }) => ({
    emailAddress: email === '' ? null : email,
    totalAttendanceInSeconds: Math.round(durationMs / 1_000),
    role: email === organizer.email ? 'Organizer' : 'Attendee',
    identity: { id: guidOf(email || name), displayName: name },
  }));

import { wordsFrom } from '../../shared/capture/meeting-words.ts';
import { type Attendee, readMeeting } from '../../shared/capture/read-meeting.ts';
import type { MissedWhy } from '../../shared/contracts/capture.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { type Fault, passes, type Result } from '../../shared/kit/result.ts';
import type { FinishedMeeting, MeetingFile, MeetingRef, Meetings } from '../ports/meetings.ts';
import type { MeetingNews, MeetingOutcome } from './meeting-news.ts';
import { readWhole } from './read-whole.ts';
import type { TrackFile } from './tracks-file.ts';

/** Whom a meeting was with, as the CRM knows them. */
export interface Met {
  record: RecordRef | null;
  contact: RecordRef | null;
  name: string;
  email: string | null;
}

/** A meeting as a call: everything but its words. */
export interface MeetingCall {
  meetingId: string;
  host: { email: string; name: string };
  met: Met;
  startedAt: string;
  durationMs: number;
}

export interface TakeMeetingDeps {
  now(): number;
  meetings: Pick<Meetings, 'meeting' | 'open'>;
  /** The account's admin has said that the platform's own announcement asks everybody for their consent. */
  hasConsent: boolean;
  canHear: boolean;
  isKnown(meetingId: string): Promise<boolean>;
  /** Is this address one of the tenant's own people? */
  isOurs(email: string, hostEmail: string): boolean;
  whoMet(people: readonly { name: string; email: string }[], hostEmail: string): Promise<Result<Met>>;
  /** Stores the call once and sends it on its way. Without words when `utterances` is empty. */
  saveWords(call: MeetingCall, utterances: readonly Utterance[]): Promise<void>;
  /** The same for what still has to be heard. */
  saveAudio(call: MeetingCall, tracks: readonly TrackFile[]): Promise<Fault | null>;
  /** The call is there, and says why its words are not. */
  saveFailed(call: MeetingCall, trouble: string, missed?: MissedWhy): Promise<void>;
  /** Why nobody may hear this meeting; null when it may be heard. */
  whyNotRecorded(call: MeetingCall, about: { emails: readonly string[]; title: string }): Promise<string | null>;
  /** The account does not open any more: a person has to connect it again. */
  lost(said: string): Promise<void>;
}

const TEXT_MAX_BYTES = 20 * 1024 * 1024;
const TEXT_MS = 60_000;
const RECONNECT_MS = 3_600_000;
/** A meeting that is told of is there within a day, or never. */
const HIDDEN_MS = 24 * 3_600_000;
const LOOK_FIRST_MS = 60_000;
const LOOK_LAST_MS = 2 * 3_600_000;
const NO_WORDS =
  'No transcript came for this meeting. Switch on the audio transcript in the meeting platform, or set DEEPGRAM_API_KEY to hear the recording.';

/**
 * A meeting is over and its words are ready: it becomes a call like any other. Consent comes first: without it nothing that was said is
 * fetched. A meeting of nobody but ourselves is none of a CRM's business, and leaves no trace.
 */
export async function takeMeeting(deps: TakeMeetingDeps, news: MeetingNews): Promise<MeetingOutcome> {
  // Heard live, or handed over before: the same meeting is one call.
  if (await deps.isKnown(news.meetingId)) return { is: 'done' };
  const ref: MeetingRef = { id: news.meetingId, ...(news.hostEmail === undefined ? {} : { hostEmail: news.hostEmail }) };
  const found = await deps.meetings.meeting(ref);
  if (!found.ok) return settleHidden(deps, found.fault, news);
  const meeting = found.value;
  const { host } = meeting;
  const guests = meeting.people.filter(({ email }) => email === null || (email !== host.email && !deps.isOurs(email, host.email)));
  if (guests.length === 0) return { is: 'done' };
  const met = await deps.whoMet(
    guests.flatMap(({ name, email }) => (email === null ? [] : [{ name, email }])),
    host.email,
  );
  if (!met.ok) return settleCrm(met.fault);
  const call: MeetingCall = {
    meetingId: news.meetingId,
    host,
    met: met.value.email === null && met.value.record === null ? { ...met.value, name: guests[0]?.name || met.value.name } : met.value,
    startedAt: meeting.startedAt,
    durationMs: meeting.durationMs,
  };
  const emails = guests.flatMap(({ email }) => email ?? []);
  const never = await deps.whyNotRecorded(call, { emails, title: meeting.title });
  if (never !== null) {
    await deps.saveFailed(call, never, 'never-record');
    return { is: 'done' };
  }
  if (!deps.hasConsent) {
    await deps.saveWords(call, []);
    return { is: 'done' };
  }
  return takeWords(deps, news, meeting, call);
}

async function takeWords(deps: TakeMeetingDeps, news: MeetingNews, meeting: FinishedMeeting, call: MeetingCall): Promise<MeetingOutcome> {
  const { transcript, tracks, audio, durationMs } = meeting;
  const seen = { hasTranscript: transcript !== null, tracks: tracks.length, hasAudio: audio !== null, durationMs };
  const words = wordsFrom(seen, { canHear: deps.canHear, ageMs: deps.now() - news.atMs });
  if (words.from === 'later') return { is: 'later', inMs: words.inMs };
  if (words.from === 'transcript' && transcript) return readTranscript(deps, news, transcript, meeting, call);
  const people = attendees(deps, meeting);
  const files: TrackFile[] =
    words.from === 'tracks'
      ? tracks.map((one) => ({ ...one, people }))
      : words.from === 'audio' && audio
        ? [{ ...audio, speaker: '', offsetMs: 0, people }]
        : [];
  if (files.length === 0) {
    await deps.saveFailed(call, NO_WORDS, 'no-words');
    return { is: 'done' };
  }
  const fault = await deps.saveAudio(call, files);
  return fault ? settleFile(deps, fault, call, news) : { is: 'done' };
}

async function readTranscript(
  deps: TakeMeetingDeps,
  news: MeetingNews,
  file: MeetingFile,
  meeting: FinishedMeeting,
  call: MeetingCall,
): Promise<MeetingOutcome> {
  const opened = await deps.meetings.open(file);
  if (!opened.ok) return settleFile(deps, opened.fault, call, news);
  const bytes = await readWhole(opened.value.body, { maxBytes: TEXT_MAX_BYTES, maxMs: TEXT_MS });
  if (bytes === 'broken') return { is: 'again' };
  const read =
    bytes === 'too-large'
      ? { ok: false as const, why: 'The transcript is larger than 20 MB.' }
      : readMeeting(bytes, 'The transcript', attendees(deps, meeting));
  if (read.ok) await deps.saveWords(call, read.utterances);
  else await deps.saveFailed(call, read.why);
  return { is: 'done' };
}

const attendees = (deps: TakeMeetingDeps, { people, host }: FinishedMeeting): Attendee[] => [
  { name: host.name, isOurs: true },
  ...people.flatMap(({ name, email }) =>
    name === '' || email === host.email ? [] : [{ name, isOurs: email !== null && deps.isOurs(email, host.email) }],
  ),
];

/** What may pass, or what a person has to mend; null when neither helps. */
async function settle(deps: TakeMeetingDeps, fault: Fault): Promise<MeetingOutcome | null> {
  if (passes(fault)) return again(fault);
  if (fault.kind !== 'expired') return null;
  await deps.lost(fault.said);
  return { is: 'later', inMs: RECONNECT_MS };
}

/** We were told of it, and the platform does not show it: not yet, or not to us. Looked for less and less often, then missed with its reason. */
async function settleHidden(deps: TakeMeetingDeps, fault: Fault, news: MeetingNews): Promise<MeetingOutcome> {
  const settled = (await settle(deps, fault)) ?? lookAgain(deps, news);
  if (settled) return settled;
  const email = news.hostEmail ?? '';
  const call: MeetingCall = {
    meetingId: news.meetingId,
    host: { email, name: email.split('@')[0] || 'Host' },
    met: { record: null, contact: null, name: 'Customer', email: null },
    startedAt: new Date(news.atMs).toISOString(),
    durationMs: 0,
  };
  await deps.saveFailed(call, fault.said, fault.kind === 'gone' ? 'no-words' : 'failed');
  return { is: 'done' };
}

/** Null a day after it was told. */
function lookAgain(deps: TakeMeetingDeps, { atMs }: MeetingNews): MeetingOutcome | null {
  const ageMs = deps.now() - atMs;
  return ageMs < HIDDEN_MS ? { is: 'later', inMs: Math.min(LOOK_LAST_MS, Math.max(LOOK_FIRST_MS, ageMs)) } : null;
}

/** Its CRM has to be connected again, or is away: the meeting waits. */
const settleCrm = (fault: Fault): MeetingOutcome => (fault.kind === 'expired' ? { is: 'later', inMs: RECONNECT_MS } : again(fault));

/** We know the meeting: whoever held it is told why its words are missing. */
async function settleFile(deps: TakeMeetingDeps, fault: Fault, call: MeetingCall, news: MeetingNews): Promise<MeetingOutcome> {
  const settled = (await settle(deps, fault)) ?? (fault.kind === 'gone' ? lookAgain(deps, news) : null);
  if (settled) return settled;
  await deps.saveFailed(call, fault.said);
  return { is: 'done' };
}

const again = ({ retryAfterMs }: Fault): MeetingOutcome => ({
  is: 'again',
  ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
});

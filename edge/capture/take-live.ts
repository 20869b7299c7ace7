import type { MissedWhy } from '../../shared/contracts/capture.ts';
import { type Fault, passes, type Result } from '../../shared/kit/result.ts';
import type { ComingMeeting } from '../ports/meeting-hosts.ts';
import type { LiveNews } from './live-news.ts';
import type { MeetingOutcome } from './meeting-news.ts';
import type { Met } from './take-meeting.ts';

/** A meeting that runs now, as a call. */
export interface LiveMeeting {
  meetingId: string;
  rep: { email: string; userId: string; name: string };
  met: Met;
}

export interface TakeLiveDeps {
  now(): number;
  /** The call of this meeting, however it came to be. */
  callOf(meetingId: string): Promise<{ id: string; isLive: boolean } | null>;
  /** What was arranged: who holds it, and who was invited. */
  coming(number: string): Promise<Result<ComingMeeting>>;
  /** Who of the tenant's reps holds meetings under this address. */
  repOf(email: string): Promise<LiveMeeting['rep'] | null>;
  isOurs(email: string, hostEmail: string): boolean;
  whoMet(people: readonly { name: string; email: string }[], hostEmail: string): Promise<Result<Met>>;
  whyNotRecorded(meeting: LiveMeeting, about: { emails: readonly string[]; title: string }): Promise<string | null>;
  mayStart(): Promise<'guided' | 'recorded' | 'no'>;
  /** Creates the call once and lets it begin. */
  begin(meeting: LiveMeeting, withoutGuidance: boolean): Promise<string>;
  /** Lets a call begin whose beginning broke off after it was written down; one that began is left as it is. */
  resume(callId: string): Promise<void>;
  /** Lets the call open its line there, unless it stands. */
  dial(callId: string, stream: { meetingId: string; streamId: string; address: string }): Promise<void>;
  hangUp(callId: string): Promise<void>;
  /** What was heard of it goes, everywhere. */
  destroy(callId: string): Promise<void>;
  /** There was a call, and this is why it was not heard. */
  saveMissed(meeting: LiveMeeting, trouble: string, missed: MissedWhy): Promise<void>;
}

/** Zoom waits a minute for us; so much later nobody sends anything any more. */
const LATE_MS = 3 * 60_000;
/** So long a recording of the same meeting may still come, and tell more of who was there. */
const RECORDING_MS = 3 * 3_600_000;
const REVOKED = 8;
/** RTMS_STOP_REASON of trouble on the way: the same meeting may come back with another stream. */
const isTrouble = (reason: number | undefined): boolean => reason !== undefined && ((reason >= 10 && reason <= 19) || reason === 24);

const NOBODY = 'Nobody who was invited to this meeting is known in the CRM, so it was not heard.';
const LATE = 'We heard of this meeting too late to listen to it.';
const OVER_PLAN = 'This month’s call minutes are used up.';
const nobody: Met = { record: null, contact: null, name: 'Customer', email: null };

/**
 * A meeting's stream began, moved, or ended. It becomes a live call when one of our reps holds it and the CRM knows somebody who was invited;
 * otherwise nothing is opened, and if no recording makes a call of it either, the coverage says why.
 */
export async function takeLive(deps: TakeLiveDeps, news: LiveNews): Promise<MeetingOutcome> {
  const known = await deps.callOf(news.meetingId);
  if (news.is === 'stopped') {
    if (known && news.stopReason === REVOKED) await deps.destroy(known.id);
    else if (known?.isLive && !isTrouble(news.stopReason)) await deps.hangUp(known.id);
    return { is: 'done' };
  }
  const stream = { meetingId: news.meetingId, streamId: news.streamId, address: news.address ?? '' };
  if (known) {
    if (!known.isLive) return { is: 'done' };
    await deps.resume(known.id);
    await deps.dial(known.id, stream);
    return { is: 'done' };
  }
  // The stream of a call that we do not have: it began before, and was not for us.
  if (news.is === 'interrupted') return { is: 'done' };
  return begin(deps, news, stream);
}

async function begin(deps: TakeLiveDeps, news: LiveNews, stream: Parameters<TakeLiveDeps['dial']>[1]): Promise<MeetingOutcome> {
  const ageMs = deps.now() - news.atMs;
  const found = news.number === undefined ? null : await deps.coming(news.number);
  if (found && !found.ok && passes(found.fault) && ageMs < LATE_MS) return soon(found.fault);
  const coming = found?.ok ? found.value : null;
  const rep = coming && (await deps.repOf(coming.hostEmail));
  // Whose meeting it was nobody can say: its recording may.
  if (!coming || !rep) return { is: 'done' };
  const guests = coming.invited.filter((email) => email !== coming.hostEmail && !deps.isOurs(email, coming.hostEmail));
  // Of nobody but ourselves: none of a CRM's business.
  if (guests.length === 0 && coming.invited.length > 0) return { is: 'done' };
  const met = await deps.whoMet(
    guests.map((email) => ({ name: '', email })),
    coming.hostEmail,
  );
  if (!met.ok) return ageMs < LATE_MS ? soon(met.fault) : { is: 'later', inMs: RECORDING_MS };
  const meeting: LiveMeeting = { meetingId: news.meetingId, rep, met: met.value.record === null ? nobody : met.value };
  const never = await deps.whyNotRecorded(meeting, { emails: guests, title: coming.title });
  if (never !== null) {
    await deps.saveMissed(meeting, never, 'never-record');
    return { is: 'done' };
  }
  if (meeting.met.record === null || ageMs >= LATE_MS) {
    if (ageMs < RECORDING_MS) return { is: 'later', inMs: RECORDING_MS - ageMs };
    await deps.saveMissed(meeting, meeting.met.record === null ? NOBODY : LATE, 'no-words');
    return { is: 'done' };
  }
  const may = await deps.mayStart();
  if (may === 'no') {
    await deps.saveMissed(meeting, OVER_PLAN, 'over-plan');
    return { is: 'done' };
  }
  await deps.dial(await deps.begin(meeting, may === 'recorded'), stream);
  return { is: 'done' };
}

/** Not in the inbox's own minute: the meeting runs. */
const soon = ({ retryAfterMs }: Fault): MeetingOutcome => ({ is: 'later', inMs: Math.max(2_000, retryAfterMs ?? 5_000) });

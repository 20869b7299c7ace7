import { type Met, pickMeeting } from '../../shared/act/pick-meeting.ts';
import { lookups, type Ours, pickPerson } from '../../shared/act/pick-person.ts';
import type { MissedWhy } from '../../shared/contracts/capture.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { chosenFor } from '../act/known/store.ts';
import { type MeetingNews, type MeetingOutcome, type MeetingProvider, meetingNews } from '../capture/meeting-news.ts';
import { meetingRoutes } from '../capture/meeting-routes.ts';
import * as calls from '../capture/store.ts';
import { type MeetingCall, takeMeeting } from '../capture/take-meeting.ts';
import { takeMeetings } from '../capture/take-meetings.ts';
import { TRACKS_TYPE, TrackFault, type TrackFile, tracksFile } from '../capture/tracks-file.ts';
import * as inbox from '../db/inbox.ts';
import type { RosApp } from '../http/app.ts';
import { log } from '../http/log.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { CrmPerson } from '../ports/crm.ts';
import type { Meetings } from '../ports/meetings.ts';
import { loseConnection } from '../tenants/connect/store.ts';
import * as tenants from '../tenants/store.ts';
import { audioFiles } from './audio-files.ts';
import { idOf } from './call-door.ts';
import { crmReads } from './crm-reads.ts';
import { graphConnection, type MeetingConnection, zoomConnection } from './meeting-accounts.ts';
import { meetingFile } from './meeting-files.ts';
import { neverRecord } from './never-record.ts';
import { ownFile } from './own-file.ts';
import { hashOf } from './people.ts';
import { wirePlatforms } from './platforms.ts';
import { enqueue } from './queue.ts';
import { saveMeetings } from './save-meetings.ts';
import { wireTeams } from './teams.ts';
import { latelyLineAccountOf } from './telephony.ts';
import { wireZoom } from './zoom.ts';
import { leaveZoom } from './zoom-leaves.ts';
import { wireZoomLive } from './zoom-live.ts';

const PROVIDERS = ['zoom', 'graph'] as const;
const TENANTS_A_SWEEP = 50;
/** A meeting of more customers than this is a webinar. */
const GUESTS_MAX = 10;
const BUSY_MS = 60_000;

/** Meetings that were held elsewhere and are over: Zoom's cloud recordings, Teams' transcripts. */
export function wireMeetings(parts: Parts) {
  const { db, now } = parts;

  // One at a time in a tenant: who is at it goes on until nothing is left, and the sweep finds what came too late for that.
  const busy = new Map<string, number>();
  async function take(tenantId: string): Promise<void> {
    if ((busy.get(tenantId) ?? 0) > now()) return;
    busy.set(tenantId, now() + BUSY_MS);
    try {
      await takeMeetings(
        {
          now,
          take: (leaseMs, limit) => inbox.takeNews(db, tenantId, new Date(now()), leaseMs, limit, PROVIDERS),
          read: (provider, body) => newsOf(provider, body),
          hear: ({ provider, news }) => hear(parts, tenantId, provider, news),
          done: (provider, key) => inbox.doneNews(db, tenantId, provider, [key]),
          putOff: (provider, key, atMs, uncounted) => inbox.putOffNews(db, tenantId, provider, [key], new Date(atMs), uncounted),
          fail: (provider, key) => inbox.failNews(db, tenantId, provider, [key]),
        },
        tenantId,
      );
    } catch (error) {
      // What was taken comes back when its lease ends.
      log({
        at: 'cron',
        what: 'meetings-not-taken',
        level: 'warn',
        tenant: tenantId,
        kind: error instanceof Error ? error.name : 'unknown',
      });
    } finally {
      busy.delete(tenantId);
    }
  }

  async function keep(provider: MeetingProvider, tenantId: string, name: string, news: MeetingNews): Promise<void> {
    // A name may be longer than an index takes.
    await inbox.keepNews(db, tenantId, provider, [{ key: await sha256Hex(name), body: { ...news } }]);
  }

  const live = wireZoomLive(parts, {
    oursOf: (tenantId, connection) => oursOf(parts, tenantId, connection),
    isOurs,
    whoMet: (on, people, ours) => whoMet(parts, on, people, ours),
  });
  const zoom = wireZoom(parts, {
    keep: (tenantId, name, news) => keep('zoom', tenantId, name, news),
    take,
    keepLive: live.keep,
    takeLive: live.take,
  });
  const teams = wireTeams(parts, { keep: (tenantId, name, news) => keep('graph', tenantId, name, news), take });
  const settings = meetingRoutes({
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    save: (who, body) => saveMeetings(parts, who, body, teams.subscribe),
  });

  return {
    routes: (app: RosApp) => {
      for (const routes of [zoom.routes, teams.routes, settings, wirePlatforms(parts, teams)]) routes(app);
    },
    spoolBefore: zoom.spoolBefore,
    /** What the minute's sweep has to do. */
    rounds: [
      live.round,
      teams.round,
      async () => {
        for (const tenantId of await inbox.tenantsWithNews(db, new Date(now()), TENANTS_A_SWEEP, PROVIDERS)) await take(tenantId);
      },
    ],
  };
}

function newsOf(provider: string, body: unknown): { provider: MeetingProvider; news: MeetingNews } | null {
  const news = meetingNews.safeParse(body);
  return news.success && (provider === 'zoom' || provider === 'graph') ? { provider, news: news.data } : null;
}

async function hear(parts: Parts, tenantId: string, provider: MeetingProvider, news: MeetingNews): Promise<MeetingOutcome> {
  const { db, now } = parts;
  const account = await accountOf(parts, tenantId, provider, news.connectionId, news.left !== undefined);
  // Disconnected, or waiting to be connected again: a day later it is either there or forgotten.
  if (!account) return { is: 'later', inMs: 3_600_000 };
  const { connection, meetings } = account;
  if (news.left !== undefined) return leaveZoom(parts, connection, news);
  const source = provider === 'zoom' ? 'zoom' : 'teams';
  const ours = await oursOf(parts, tenantId, connection);
  const save = await desk(parts, tenantId, source, connection);
  return takeMeeting(
    {
      now,
      meetings,
      hasConsent: connection.recordingIsConsent,
      canHear: parts.settings.DEEPGRAM_API_KEY !== undefined,
      isKnown: (meetingId) => save.isKnown(meetingId),
      isOurs: (email, hostEmail) => isOurs(email, ours(hostEmail)),
      whoMet: (people, hostEmail) => whoMet(parts, { tenantId, connectionId: connection.crm }, people, ours(hostEmail)),
      saveWords: save.words,
      saveAudio: (call, tracks) => save.audio(call, tracks, meetings),
      saveFailed: save.failed,
      whyNotRecorded: (call, about) => {
        const userId = connection.hosts.find(({ email }) => email.toLowerCase() === call.host.email.toLowerCase())?.userId ?? '';
        return neverRecord(parts, tenantId, { rep: { userId, email: call.host.email }, numbers: [], ...about });
      },
      lost: async (said) => {
        await loseConnection(db, connection.row, said);
      },
    },
    news,
  );
}

async function accountOf(
  parts: Parts,
  tenantId: string,
  provider: MeetingProvider,
  connectionId: string,
  evenLost = false,
): Promise<{ connection: MeetingConnection; meetings: Meetings } | null> {
  if (provider === 'zoom') {
    const connection = await zoomConnection(parts, tenantId, connectionId, evenLost);
    return connection && { connection, meetings: parts.zoom.meetings(connection.account) };
  }
  const connection = await graphConnection(parts, tenantId, connectionId);
  return connection && { connection, meetings: parts.graph.meetings(connection.account) };
}

/** Everybody of the host's company is ours, and everybody an admin named. */
async function oursOf(parts: Parts, tenantId: string, { hosts }: MeetingConnection): Promise<(hostEmail: string) => Ours> {
  const lines = (await latelyLineAccountOf(parts, tenantId))?.lines ?? [];
  const known = [...hosts, ...lines].map(({ email }) => email).filter((email) => email !== '');
  return (hostEmail) => ({ emails: hostEmail === '' ? known : [hostEmail, ...known], numbers: [] });
}

const isOurs = (email: string, ours: Ours): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && lookups({ email }, ours).length === 0;

/** Whom the CRM knows of those who were there, by their exact addresses. */
async function whoMet(
  parts: Parts,
  on: { tenantId: string; connectionId: string },
  people: readonly { name: string; email: string }[],
  ours: Ours,
): Promise<Result<ReturnType<typeof pickMeeting>>> {
  const met: Met<CrmPerson>[] = [];
  for (const { name, email } of people.slice(0, GUESTS_MAX)) {
    const [lookup] = lookups({ email }, ours);
    if (!lookup) continue;
    const found = await crmReads(parts).findPeople(on, lookup);
    if (!found.ok) return failed(found.fault);
    const chosen =
      found.value.length > 1 ? await chosenFor(parts.db, on.tenantId, on.connectionId, await hashOf(on.tenantId, lookup.value)) : null;
    met.push({ name, email: lookup.value, picked: pickPerson(found.value, chosen, ours) });
  }
  return ok(pickMeeting(met));
}

/** Where a meeting becomes a call: once, under an id that is always the same. */
async function desk(parts: Parts, tenantId: string, source: 'zoom' | 'teams', connection: MeetingConnection) {
  const { db, bindings, now } = parts;
  const timeZone = (await parts.lately.tenantOf(tenantId))?.timeZone ?? 'UTC';
  const lines = (await latelyLineAccountOf(parts, tenantId))?.lines ?? [];
  // A name of Microsoft's is longer than an index takes.
  const externalOf = (meetingId: string) => (source === 'zoom' ? meetingId : sha256Hex(meetingId));

  async function rowOf({ meetingId, host, met, startedAt, durationMs }: MeetingCall) {
    const rep = [...connection.hosts, ...lines].find(({ email }) => email.toLowerCase() === host.email);
    const externalId = await externalOf(meetingId);
    return {
      // From the platform's own id: told again, even after a restore, it is the same call with the same keys.
      id: await idOf(`${tenantId}/${source}/${externalId}`),
      connectionId: connection.crm,
      accountId: connection.row.id,
      source,
      externalId,
      record: met.record,
      contactId: met.contact?.id ?? null,
      repId: rep?.userId ?? '',
      repEmail: host.email,
      repName: rep?.name ?? host.name,
      customerName: met.name,
      customerEmail: met.email,
      direction: 'outbound',
      startedAt: new Date(startedAt),
      endedAt: new Date(Date.parse(startedAt) + durationMs),
      durationMs,
      timeZone,
      consent: 'announced',
    } as const;
  }

  /** By the setting an admin made: the platform asked everybody before it recorded. */
  const agree = (callId: string) => calls.setConsent(db, tenantId, callId, 'granted', `${source} recording consent`, new Date(now()));

  return {
    async isKnown(meetingId: string): Promise<boolean> {
      const call = await calls.callByExternal(db, tenantId, source, await externalOf(meetingId));
      // It broke off between two steps; doing them again changes nothing.
      const isHalf = call?.status === 'transcribed' && call.consent === 'announced' && connection.recordingIsConsent;
      // One that was heard live without a yes has no words, and its recording's notice is no yes to that.
      if (call && isHalf && (await calls.utterancesOf(db, tenantId, call.id)).length > 0) await agree(call.id);
      return call !== null;
    },
    async words(call: MeetingCall, utterances: readonly Utterance[]): Promise<void> {
      const id = await calls.takeFinished(db, tenantId, { ...(await rowOf(call)), status: 'transcribed' }, utterances);
      if (utterances.length > 0) await agree(id);
      // Lossy on purpose: the sweep finds what a lost message left behind.
      await enqueue(bindings, { kind: 'call-transcribed', tenantId, callId: id }).catch(() => undefined);
    },
    async audio(call: MeetingCall, tracks: readonly TrackFile[], meetings: Pick<Meetings, 'open'>) {
      const row = await rowOf(call);
      const name = await meetingFile(tenantId, row.id);
      let uploadKey: string;
      try {
        uploadKey = await audioFiles(parts).putPieces(
          tenantId,
          name,
          tracksFile(tracks, (file) => meetings.open(file), now),
          TRACKS_TYPE,
        );
      } catch (error) {
        return error instanceof TrackFault ? error.fault : ({ kind: 'broken', said: 'The recording broke off on its way.' } as const);
      }
      const id = await ownFile(parts, tenantId, { ...row, status: 'ended', uploadKey });
      if (id === null) return null;
      await agree(id);
      await enqueue(bindings, { kind: 'call-ended', tenantId, callId: id }).catch(() => undefined);
      return null;
    },
    async failed(call: MeetingCall, trouble: string, missed?: MissedWhy): Promise<void> {
      const { id } = await calls.createCall(db, tenantId, { ...(await rowOf(call)), status: 'ended' });
      await calls.failCall(db, tenantId, id, trouble, missed);
    },
  };
}

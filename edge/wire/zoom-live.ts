import type { Ours } from '../../shared/act/pick-person.ts';
import { failed, type Result } from '../../shared/kit/result.ts';
import { type LiveNews, liveNews } from '../capture/live-news.ts';
import type { MeetingOutcome } from '../capture/meeting-news.ts';
import * as calls from '../capture/store.ts';
import { type LiveMeeting, takeLive } from '../capture/take-live.ts';
import type { Met } from '../capture/take-meeting.ts';
import { takeMeetings } from '../capture/take-meetings.ts';
import * as inbox from '../db/inbox.ts';
import type { GuideServices } from '../guide/call-needs.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { idOf } from './call-door.ts';
import { destroyWhole } from './destroy.ts';
import { type MeetingConnection, zoomConnection } from './meeting-accounts.ts';
import { consentRuleOf, neverRecord } from './never-record.ts';
import { planAllows } from './plan-minutes.ts';

/** Apart from recordings: one of those may take minutes, and a meeting runs now. */
const PROVIDER = 'zoom-live';
const TENANTS_A_SWEEP = 50;
/** Should we die over it, the next sweep may still be in time. */
const LEASE_MS = 30_000;

/** How the CRM is asked about a meeting's people; the same for recordings. */
export interface MeetingPeople {
  oursOf(tenantId: string, connection: MeetingConnection): Promise<(hostEmail: string) => Ours>;
  isOurs(email: string, ours: Ours): boolean;
  whoMet(
    on: { tenantId: string; connectionId: string },
    people: readonly { name: string; email: string }[],
    ours: Ours,
  ): Promise<Result<Met>>;
}

/** Zoom meetings that run now, heard through their streams. */
export function wireZoomLive(parts: Parts, people: MeetingPeople) {
  const { db, now } = parts;

  async function take(tenantId: string): Promise<void> {
    await takeMeetings<LiveNews>(
      {
        now,
        take: (_leaseMs, limit) => inbox.takeNews(db, tenantId, new Date(now()), LEASE_MS, limit, [PROVIDER]),
        hear: (news) => hear(parts, people, tenantId, news),
        read: (provider, body) => (provider === PROVIDER ? (liveNews.safeParse(body).data ?? null) : null),
        done: (provider, key) => inbox.doneNews(db, tenantId, provider, [key]),
        putOff: (provider, key, atMs, uncounted) => inbox.putOffNews(db, tenantId, provider, [key], new Date(atMs), uncounted),
        fail: (provider, key) => inbox.failNews(db, tenantId, provider, [key]),
      },
      tenantId,
    );
  }

  return {
    keep: async (tenantId: string, name: string, news: LiveNews) => {
      await inbox.keepNews(db, tenantId, PROVIDER, [{ key: await sha256Hex(name), body: { ...news } }]);
    },
    take,
    round: async () => {
      for (const tenantId of await inbox.tenantsWithNews(db, new Date(now()), TENANTS_A_SWEEP, [PROVIDER])) await take(tenantId);
    },
  };
}

async function hear(parts: Parts, people: MeetingPeople, tenantId: string, news: LiveNews): Promise<MeetingOutcome> {
  const { db, now, zoom, bindings } = parts;
  // One that waits to be connected again can still end what it began.
  const connection = await zoomConnection(parts, tenantId, news.connectionId, true);
  if (!connection) return { is: 'done' };
  const ours = await people.oursOf(tenantId, connection);
  const rowOf = async ({ meetingId, rep, met }: LiveMeeting) => ({
    // As its recording would be called: heard live or recorded, it is one call.
    id: await idOf(`${tenantId}/zoom/${meetingId}`),
    connectionId: connection.crm,
    accountId: connection.row.id,
    source: 'zoom' as const,
    externalId: meetingId,
    record: met.record,
    contactId: met.contact?.id ?? null,
    repId: rep.userId,
    repEmail: rep.email,
    repName: rep.name,
    customerName: met.name,
    customerEmail: met.email,
    direction: 'outbound' as const,
    startedAt: new Date(now()),
    timeZone: (await parts.lately.tenantOf(tenantId))?.timeZone ?? 'UTC',
    consent: 'announced' as const,
  });
  const names = connection.hosts.map(({ name }) => name);
  /** The call's object hears of it. Told again, nothing changes. */
  const tell = async (callId: string, withoutGuidance: boolean) => {
    const call = await calls.callOf(db, tenantId, callId);
    if (!call) return;
    await callStub(bindings, tenantId, callId).begin({
      tenantId,
      callId,
      customerName: call.customerName,
      repName: call.repName,
      startedAtMs: call.startedAt.getTime(),
      repTrack: 'outbound',
      source: 'zoom',
      // Nobody's number is known, so nobody's place is.
      consentRule: await consentRuleOf(parts, tenantId, { userId: call.repId, numbers: [null] }),
      ...(withoutGuidance ? { withoutGuidance } : {}),
    });
  };
  return takeLive(
    {
      now,
      callOf: async (meetingId) => {
        const call = await calls.callByExternal(db, tenantId, 'zoom', meetingId);
        return call && { id: call.id, isLive: call.status === 'live' };
      },
      coming: (number) => zoom.coming(connection.account, number),
      repOf: async (email) => {
        const named = connection.hosts.find((host) => host.email.toLowerCase() === email);
        // Where nobody was named, whoever holds the meeting is its rep, as for a recording.
        const name = named || email === '' ? '' : await zoom.nameOf(connection.account, email);
        return named ?? (name === '' ? null : { email, userId: '', name });
      },
      isOurs: (email, hostEmail) => people.isOurs(email, ours(hostEmail)),
      whoMet: (met, hostEmail) => people.whoMet({ tenantId, connectionId: connection.crm }, met, ours(hostEmail)),
      whyNotRecorded: ({ rep }, about) => neverRecord(parts, tenantId, { rep, numbers: [], ...about }),
      mayStart: () => planAllows(parts, tenantId),
      begin: async (meeting, withoutGuidance) => {
        const { id } = await calls.createCall(db, tenantId, await rowOf(meeting));
        await tell(id, withoutGuidance);
        return id;
      },
      resume: async (callId) => tell(callId, (await planAllows(parts, tenantId)) !== 'guided'),
      dial: async (callId, stream) => {
        const rep = (await calls.callOf(db, tenantId, callId))?.repName ?? '';
        const ours = [...new Set([rep, ...names])].filter((name) => name !== '');
        await callStub(bindings, tenantId, callId).dial({ ...stream, connectionId: news.connectionId, ours });
      },
      hangUp: (callId) => callStub(bindings, tenantId, callId).hangUp(),
      destroy: async (callId) => {
        await destroyWhole(parts, tenantId, callId, 'zoom');
      },
      saveMissed: async (meeting, trouble, missed) => {
        await calls.createCall(db, tenantId, { ...(await rowOf(meeting)), status: 'failed', trouble, missed });
      },
    },
    news,
  );
}

/** A meeting's line, opened with its account's own credentials. */
export const dialMeeting =
  (parts: Parts): GuideServices['dialMeeting'] =>
  async ({ tenantId }, { connectionId, ...stream }, hear) => {
    const connection = await zoomConnection(parts, tenantId, connectionId, true);
    if (!connection) return failed({ kind: 'expired', said: 'This Zoom account is not connected any more.' });
    return parts.zoom.line(connection.account).open(stream, hear);
  };

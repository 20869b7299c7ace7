import { failed } from '../../shared/kit/result.ts';
import { archive } from '../capture/archive.ts';
import * as calls from '../capture/store.ts';
import type { GuideServices } from '../guide/call-needs.ts';
import { guideRoutes } from '../guide/routes.ts';
import { mayShow } from '../guide/screen-origin.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import { audioFiles } from './audio-files.ts';
import { callNetwork } from './call-network.ts';
import { learnedOf, saveGuidance, saveMarks } from './cards.ts';
import { dealNow } from './deal-now.ts';
import { destroyWhole } from './destroy.ts';
import { keytermsOf } from './keyterms.ts';
import { monthOf } from './month.ts';
import { openPlaybooks } from './open-playbooks.ts';
import { enqueue } from './queue.ts';
import { secondTier } from './second-tier.ts';
import { speechLedger } from './spend.ts';
import { windowOf } from './window-ticket.ts';
import { dialMeeting } from './zoom-live.ts';

const TICKET_MS = 60_000;

export function wireGuide(parts: Parts, sight: Sight) {
  const { db, bindings, now } = parts;
  const books = openPlaybooks(parts);

  const files = audioFiles(parts);
  const second = secondTier(parts);
  const services: GuideServices = {
    lineOf: (source) => (source === 'twilio' ? parts.line : undefined),
    dialMeeting: dialMeeting(parts),
    revoke: async ({ tenantId, callId }) => {
      await destroyWhole(parts, tenantId, callId, 'zoom');
    },
    speech: parts.liveSpeech,
    decoder: parts.decoder,
    mixedSpeech: parts.mixedSpeech,
    ...(parts.fallbackSpeech ? { fallbackSpeech: parts.fallbackSpeech } : {}),
    now,
    playbook: books.playbook,
    recordOf: books.recordOf,
    keytermsOf: (call) => keytermsOf(parts, call.tenantId, call.callId),
    ledger: speechLedger(parts),
    saveConsent: async (call, consent, by, how) => {
      await calls.setConsent(db, call.tenantId, call.callId, consent, by, new Date(now()), how);
    },
    archive: (call, of) => archive({ put: (...file) => files.put(call.tenantId, ...file) }, call, of),
    network: callNetwork(parts),
    endCall: async (call, durationMs, audioKey, holdMs) => {
      const endedAt = new Date(call.startedAtMs + durationMs);
      const kept = {
        endedAt,
        durationMs: Math.round(durationMs),
        nextAt: holdMs === undefined ? null : new Date(now() + holdMs),
        ...(audioKey === undefined ? {} : { audioKey }),
      };
      const moved = await calls.moveCall(db, call.tenantId, call.callId, 'live', 'ended', kept);
      if (!moved) await calls.moveCall(db, call.tenantId, call.callId, 'ended', 'ended', kept);
      // Counted with the call's own end, so a repeated goodbye costs nobody minutes.
      if (moved) await tenants.addMinutes(db, call.tenantId, monthOf(call.startedAtMs), durationMs / 60_000);
    },
    learnedOf: learnedOf(parts),
    saveGuidance: saveGuidance(parts),
    saveMarks: saveMarks(parts),
    dealOf: ({ tenantId, callId }) => dealNow(parts, tenantId, callId),
    ...(second ? { secondTier: second } : {}),
    enqueue: (job) => enqueue(bindings, job),
  };

  const routes = guideRoutes({
    maySee: (who, callId) => maySeeCall(parts, sight, who, callId),
    live: (tenantId, callId) => callStub(bindings, tenantId, callId),
    issueTicket: async (who, callId) => {
      const token = random();
      const expiresAt = new Date(now() + TICKET_MS);
      await tenants.saveTicket(db, who.tenantId, {
        hash: await sha256Hex(token),
        purpose: 'live',
        subject: callId,
        user: { ...who.user },
        expiresAt,
      });
      return { url: `${parts.settings.PUBLIC_URL.replace(/^http/, 'ws')}/live/${callId}`, token, expiresAt: expiresAt.toISOString() };
    },
    now,
    mayShow: (origin) => mayShow(origin, parts.settings.PUBLIC_URL),
    burnTicket: async (token) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(token), new Date(now()));
      const userId = String(burnt?.user['id'] ?? '');
      if (burnt?.purpose !== 'live') return null;
      // The ticket may be older than the word that the call is private.
      const call = await calls.callOf(db, burnt.tenantId, burnt.subject);
      const isRep = call?.repId === userId || (call?.repEmail ?? '').toLowerCase() === burnt.user['email'];
      if (call?.isPrivate && !isRep) return null;
      const window = windowOf(parts, burnt);
      return { ...burnt, userId, ...(window ? { window } : {}) };
    },
  });
  return { services, routes };
}

/** The one question before anything of a call is shown; a call of another tenant does not exist. */
export async function maySeeCall(parts: Parts, sight: Sight, who: Who, callId: string) {
  const call = await calls.callOf(parts.db, who.tenantId, callId);
  if (!call) return failed({ kind: 'gone' as const, said: 'There is nothing here.' });
  return sight.call(who, call);
}

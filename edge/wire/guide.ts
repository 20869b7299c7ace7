import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { compilePlays } from '../../shared/guide/compile-plays.ts';
import { pack } from '../../shared/guide/pack.ts';
import { failed } from '../../shared/kit/result.ts';
import { archive } from '../capture/archive.ts';
import * as calls from '../capture/store.ts';
import { guideRoutes } from '../guide/routes.ts';
import type { GuideServices } from '../guide/services.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import { audioFiles } from './audio-files.ts';
import { callNetwork } from './call-network.ts';
import { monthOf } from './month.ts';
import { enqueue } from './queue.ts';

const TICKET_MS = 60_000;

export function wireGuide(parts: Parts, sight: Sight) {
  const { db, bindings, now } = parts;
  const compiled = new Map<string, CompiledPlays>();

  const files = audioFiles(parts);
  const services: GuideServices = {
    lineOf: (source) => (source === 'twilio' ? parts.line : undefined),
    speech: parts.liveSpeech,
    ...(parts.fallbackSpeech ? { fallbackSpeech: parts.fallbackSpeech } : {}),
    now,
    playbook: async (tenantId) => {
      const names = (await tenants.tenantOf(db, tenantId))?.competitors ?? [];
      // Compiled once for each set of names, not once a call.
      const key = JSON.stringify(names);
      const plays = compiled.get(key) ?? compilePlays(pack, names);
      if (compiled.size > 500) compiled.clear();
      compiled.set(key, plays);
      return { plays, keyterms: names };
    },
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
    burnTicket: async (token) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(token), new Date(now()));
      const userId = String(burnt?.user['id'] ?? '');
      if (burnt?.purpose !== 'live') return null;
      // The ticket may be older than the word that the call is private.
      const call = await calls.callOf(db, burnt.tenantId, burnt.subject);
      const isRep = call?.repId === userId || (call?.repEmail ?? '').toLowerCase() === burnt.user['email'];
      return call?.isPrivate && !isRep ? null : { ...burnt, userId };
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

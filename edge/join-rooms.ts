import type { Provider } from '../shared/contracts/tenant.ts';
import type { WriterServices } from './act/crm-writer.ts';
import * as calls from './capture/store.ts';
import { buildApp, type RosApp } from './http/app.ts';
import { openSight } from './http/sight.ts';
import type { JobDeps } from './jobs.ts';
import type { Parts } from './parts.ts';
import { writerStub } from './stubs.ts';
import * as tenants from './tenants/store.ts';
import { wireAct } from './wire/act.ts';
import { wireAdherence } from './wire/adherence.ts';
import { wireAnalyze } from './wire/analyze.ts';
import { wireAskCall } from './wire/ask-call.ts';
import { wireBrief } from './wire/brief.ts';
import { wireCallDoor } from './wire/call-door.ts';
import { wireCapture } from './wire/capture.ts';
import { wireCards } from './wire/cards.ts';
import { wireEmail } from './wire/email.ts';
import { readFollowed } from './wire/followed.ts';
import { wireGenerate } from './wire/generate.ts';
import { wireGuide } from './wire/guide.ts';
import { wireListen } from './wire/listen.ts';
import { wireLiveHelp } from './wire/live-help.ts';
import { wireMeetings } from './wire/meetings.ts';
import { wireMemory } from './wire/memory.ts';
import { wireNews } from './wire/news.ts';
import { clearPhones, wirePhone } from './wire/phone.ts';
import { wirePlaybooks } from './wire/playbooks.ts';
import { wirePrivate } from './wire/private.ts';
import { wireRelate } from './wire/relate.ts';
import { wireRemember } from './wire/remember.ts';
import { wireRisks } from './wire/risks.ts';
import { wireSides } from './wire/sides.ts';
import { sweep } from './wire/sweep.ts';
import { wireTenants } from './wire/tenants.ts';
import { wireTold } from './wire/told-people.ts';
import { wireUnderstand } from './wire/understand.ts';
import { wireUninstalls } from './wire/uninstalls.ts';
import { wireUsage } from './wire/usage.ts';
import { hasKeys, wireWatch } from './wire/watch.ts';
import { wireWindow } from './wire/window.ts';

/** The rooms, joined. Where one needs another, it gets a function here; none knows the other's name. */
export function joinRooms(parts: Parts) {
  const sight = openSight({
    crmOf: parts.crmOf,
    sharingOf: async (tenantId) => (await tenants.tenantOf(parts.db, tenantId))?.sharing ?? 'owner',
    now: parts.now,
  });
  const understand = wireUnderstand(parts);
  const act = wireAct(parts, sight);
  const remember = wireRemember(parts, sight);
  const memory = wireMemory(parts, sight);
  const relate = wireRelate(parts, sight);
  const brief = wireBrief(parts);
  const guide = wireGuide(parts, sight);
  const capture = wireCapture(parts, sight);
  const callDoor = wireCallDoor(parts);
  const news = wireNews(parts);
  const meetings = wireMeetings(parts);
  const uninstalls = wireUninstalls(parts);

  const writer: WriterServices = {
    ...act.writer,
    follow: async (tenantId, callId) => {
      const ids = { tenantId, callId };
      const followed = readFollowed(parts, tenantId, callId);
      const planned = await act.plan(ids, followed);
      if (planned === 'again') return 'again';
      // Nothing is left to try: whoever connects it again lets it go on.
      if (planned === 'wait') return (await act.hold(ids)) ? 'done' : 'again';
      const known = await followed;
      await Promise.all([remember.fold(ids, known), remember.observe(ids, known), memory.index(ids, known)]);
      await understand.finish(ids);
      return 'done';
    },
    postpone: (tenantId, callId) => understand.postpone({ tenantId, callId }),
  };
  /** What follows asks the CRM, and so goes through the one object of its connection: a CRM that hangs holds up no other customer's. */
  const hand = async ({ tenantId, callId }: { tenantId: string; callId: string }, connectionId: string) =>
    (await writerStub(parts.bindings, tenantId, connectionId).follow(tenantId, callId)) ? 'done' : 'again';
  const jobs: JobDeps = {
    transcribe: understand.transcribe,
    extract: async (ids) => {
      const connectionId = await understand.extract(ids);
      return connectionId === null ? 'done' : hand(ids, connectionId);
    },
    follow: async (ids) => {
      const call = await calls.callOf(parts.db, ids.tenantId, ids.callId);
      return call ? hand(ids, call.connectionId) : 'done';
    },
    postpone: understand.postpone,
  };

  let app: RosApp | undefined;
  return {
    guide: guide.services,
    writer,
    spool: meetings.spoolBefore(callDoor.spool),
    graph: relate.graph,
    jobs,
    sweep: () => sweep(parts, news, [uninstalls, clearPhones(parts), brief.round, ...meetings.rounds, ...relate.rounds]),
    watch: wireWatch(parts),
    /** Built on the first request: an object or a queue batch never needs it. */
    app: () => {
      app ??= buildApp({
        who: {
          publicUrl: parts.settings.PUBLIC_URL,
          hubspot: parts.hubspot,
          resolveConnection: (provider: Provider, externalId) => tenants.resolveConnection(parts.db, provider, externalId),
          resolveInstallKey: (orgId, hash) => tenants.resolveInstallKey(parts.db, orgId, hash),
        },
        mayKnock: async (visitor, as) => (await parts.bindings[as === 'hook' ? 'HOOKS' : 'KNOCKS'].limit({ key: visitor })).success,
        rooms: [
          // Before the telephone's: both answer on one address, each to its own signature.
          callDoor.routes,
          capture.lineRoutes,
          // Before what shows a call by its id: one of its addresses looks like one.
          wirePhone(parts, sight),
          capture.uploadRoutes,
          wireListen(parts, sight),
          news.routes,
          meetings.routes,
          guide.routes,
          wireLiveHelp(parts, sight),
          wireWindow(parts, sight),
          wireGenerate(parts, sight, guide.services.playbook),
          wireAskCall(parts, sight),
          act.routes,
          remember.routes,
          memory.routes,
          relate.routes,
          wireTold(parts, sight),
          brief.routes,
          wireEmail(parts, sight),
          wireAnalyze(parts, sight),
          wireSides(parts),
          wirePlaybooks(parts, sight),
          wireAdherence(parts, sight),
          wireRisks(parts, sight),
          wirePrivate(parts),
          wireTenants(parts),
          wireUsage(parts),
          wireCards(parts),
        ],
        ready: () => ready(parts),
      });
      return app;
    },
  };
}

/** `keys` cannot be known while the database is away. */
async function ready(parts: Parts) {
  const keys = await hasKeys(parts).catch(() => undefined);
  return { ready: keys === true, parts: { database: keys !== undefined, keys: keys === true } };
}

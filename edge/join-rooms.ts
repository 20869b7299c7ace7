import type { Provider } from '../shared/contracts/tenant.ts';
import { buildApp, type RosApp } from './http/app.ts';
import { openSight } from './http/sight.ts';
import type { JobDeps } from './jobs.ts';
import type { Parts } from './parts.ts';
import * as tenants from './tenants/store.ts';
import { wireAct } from './wire/act.ts';
import { wireCapture } from './wire/capture.ts';
import { wireGuide } from './wire/guide.ts';
import { wireRemember } from './wire/remember.ts';
import { sweep } from './wire/sweep.ts';
import { wireTenants } from './wire/tenants.ts';
import { wireUnderstand } from './wire/understand.ts';

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
  const guide = wireGuide(parts, sight);
  const capture = wireCapture(parts, sight);

  const jobs: JobDeps = {
    transcribe: understand.transcribe,
    extract: understand.extract,
    follow: async (ids) => {
      if ((await act.plan(ids)) === 'again') return 'again';
      await remember.fold(ids);
      await remember.observe(ids);
      await understand.finish(ids);
      return 'done';
    },
    postpone: understand.postpone,
    giveUp: understand.giveUp,
  };

  let app: RosApp | undefined;
  return {
    guide: guide.services,
    writer: act.writer,
    jobs,
    sweep: () => sweep(parts),
    /** Built on the first request: an object or a queue batch never needs it. */
    app: () => {
      app ??= buildApp({
        who: {
          publicUrl: parts.settings.PUBLIC_URL,
          hubspot: parts.hubspot,
          resolveConnection: (provider: Provider, externalId) => tenants.resolveConnection(parts.db, provider, externalId),
          resolveInstallKey: (orgId, hash) => tenants.resolveInstallKey(parts.db, orgId, hash),
        },
        mayKnock: async (visitor) => (await parts.bindings.KNOCKS.limit({ key: visitor })).success,
        rooms: [capture.lineRoutes, capture.uploadRoutes, guide.routes, act.routes, remember.routes, wireTenants(parts)],
        ready: () => ready(parts),
      });
      return app;
    },
  };
}

async function ready(parts: Parts) {
  const database = await tenants.resolveConnection(parts.db, 'hubspot', '0').then(
    () => true,
    () => false,
  );
  return { ready: database, parts: { database } };
}

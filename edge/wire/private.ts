import { captureSettingsOf, setCaptureSettings } from '../capture/consent/store.ts';
import { captureSettingRoutes } from '../capture/consent-routes.ts';
import { coverageCounts, silentCalls } from '../capture/coverage/store.ts';
import { coverageRoutes } from '../capture/coverage-routes.ts';
import { privateRoutes } from '../capture/private-routes.ts';
import { seeSources } from '../capture/see-sources.ts';
import * as calls from '../capture/store.ts';
import { setPrivate } from '../db/private-call.ts';
import type { RosApp } from '../http/app.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { personsOfCalls } from '../relate/store.ts';
import { callStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { destroyWhole } from './destroy.ts';
import { tellGraph } from './relate.ts';
import { sourcesOf } from './sources.ts';

/** Whose calls are heard at all, whose they stay, and what becomes of one that nobody wants to have had. */
export function wirePrivate(parts: Parts): (app: RosApp) => void {
  const { db, bindings, now } = parts;
  const isAdmin = async (who: Who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id;

  const rooms = [
    captureSettingRoutes({
      isAdmin,
      settingsOf: (tenantId) => captureSettingsOf(db, tenantId),
      setSettings: (tenantId, said, by) => setCaptureSettings(db, tenantId, said, by),
    }),
    privateRoutes({
      isAdmin,
      callOf: (tenantId, callId) => calls.callOf(db, tenantId, callId),
      setPrivate: async ({ tenantId, user }, callId, isPrivate) => {
        await setPrivate(db, tenantId, callId, isPrivate, user.id, new Date(now()));
        // What a private call shows of who knows whom is its rep's alone, too.
        await tellGraph(parts, tenantId, await personsOfCalls(db, tenantId, [callId]));
        const call = await calls.callOf(db, tenantId, callId);
        if (isPrivate && call?.status === 'live') await callStub(bindings, tenantId, callId).keepTo(call.repId);
      },
      destroy: ({ tenantId, user }, callId) => destroyWhole(parts, tenantId, callId, user.id),
    }),
    seeSources({ isAdmin, sourcesOf: (who) => sourcesOf(parts, who) }),
    coverageRoutes({
      now,
      isAdmin,
      countsOf: (tenantId, from, to) => coverageCounts(db, tenantId, from, to),
      silentOf: (tenantId, from, to, limit) => silentCalls(db, tenantId, from, to, limit),
    }),
  ];
  return (app) => {
    for (const room of rooms) room(app);
  };
}

import { undoableUntil } from '../../shared/act/undo-change.ts';
import * as changes from '../act/store.ts';
import { captureSettingsOf, setCaptureSettings } from '../capture/consent/store.ts';
import { captureSettingRoutes } from '../capture/consent-routes.ts';
import { coverageCounts, silentCalls } from '../capture/coverage/store.ts';
import { coverageRoutes } from '../capture/coverage-routes.ts';
import { privateRoutes } from '../capture/private-routes.ts';
import * as calls from '../capture/store.ts';
import { destroyCall } from '../db/destroy-call.ts';
import { forgetAudio as forgetKeys } from '../db/erase-person.ts';
import { setPrivate } from '../db/private-call.ts';
import type { RosApp } from '../http/app.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub, spoolStub, writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';

/** Whose calls are heard at all, whose they stay, and what becomes of one that nobody wants to have had. */
export function wirePrivate(parts: Parts): (app: RosApp) => void {
  const { db, bindings, now } = parts;
  const isAdmin = async (who: Who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id;

  async function destroy({ tenantId, user }: Who, callId: string) {
    const call = await calls.callOf(db, tenantId, callId);
    if (!call) return [];
    // Listening first; then what is stored, so that nothing comes after it; the recording last, for it may be on its way still.
    const live = callStub(bindings, tenantId, callId);
    await Promise.all([live.destroy(), writerStub(bindings, tenantId, call.connectionId).forget(callId)]);
    await destroyCall(db, tenantId, callId, user.id, new Date(now()));
    await Promise.all([forgetAudio(parts, tenantId, call), forgetLetters(parts, tenantId, call)]);
    // What was being written when we began is there by now, and goes the same way.
    await destroyCall(db, tenantId, callId, user.id, new Date(now()));
    const left = (await changes.changesOfCall(db, tenantId, callId)).filter(({ undoes }) => undoes === undefined);
    return left.map((row) => {
      const change = changes.itemOf(row);
      const until = change.crmId === undefined ? null : undoableUntil(change, now());
      return { change, ...(until === null ? {} : { undoableUntil: until }) };
    });
  }

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
        const call = await calls.callOf(db, tenantId, callId);
        if (isPrivate && call?.status === 'live') await callStub(bindings, tenantId, callId).keepTo(call.repId);
      },
      destroy,
    }),
    coverageRoutes({
      isAdmin,
      countsOf: (tenantId, from, to) => coverageCounts(db, tenantId, from, to),
      silentOf: (tenantId, from, to, limit) => silentCalls(db, tenantId, from, to, limit),
    }),
  ];
  return (app) => {
    for (const room of rooms) room(app);
  };
}

/** Whatever lies under the call's own name, and the file it was handed over as. */
async function forgetAudio({ db, bindings }: Parts, tenantId: string, { id, uploadKey, audioKey }: calls.CallRow): Promise<void> {
  const named = await bindings.AUDIO.list({ prefix: `audio/${tenantId}/${id}` });
  const keys = [...named.objects.map(({ key }) => key), uploadKey, audioKey].filter((key) => key !== null);
  if (keys.length > 0) await bindings.AUDIO.delete([...new Set(keys)]);
  await forgetKeys(db, tenantId, [id]);
}

/** A letter that hands the same call over once more may still lie in a spool. */
async function forgetLetters({ db, bindings }: Parts, tenantId: string, { source, externalId }: calls.CallRow): Promise<void> {
  if (source !== 'webhook') return;
  const sources = (await tenants.connectionsOf(db, tenantId)).filter(({ provider }) => provider === 'webhook');
  await Promise.all(sources.map((one) => spoolStub(bindings, one.externalId).forget(externalId)));
}

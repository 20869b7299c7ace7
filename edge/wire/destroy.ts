import { undoableUntil } from '../../shared/act/undo-change.ts';
import type { DestroyView } from '../../shared/contracts/capture.ts';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import { destroyCall } from '../db/destroy-call.ts';
import { forgetAudio as forgetKeys } from '../db/erase-person.ts';
import type { Parts } from '../parts.ts';
import { personsOfCalls } from '../relate/store.ts';
import { callStub, spoolStub, writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { meetingFile } from './meeting-files.ts';
import { tellGraph } from './relate.ts';

/** A call that nobody wants to have had: gone everywhere when this answers, and what stands of it in the CRM is told. Again is the same. */
export async function destroyWhole(parts: Parts, tenantId: string, callId: string, by: string): Promise<DestroyView['standing']> {
  const { db, bindings, now } = parts;
  const call = await calls.callOf(db, tenantId, callId);
  if (!call) return [];
  // Listening first; then what is stored, so that nothing comes after it; the recording last, for it may be on its way still.
  const live = callStub(bindings, tenantId, callId);
  await Promise.all([live.destroy(), writerStub(bindings, tenantId, call.connectionId).forget(callId)]);
  const persons = await personsOfCalls(db, tenantId, [callId]);
  await destroyCall(db, tenantId, callId, by, new Date(now()));
  await Promise.all([forgetAudio(parts, tenantId, call), forgetLetters(parts, tenantId, call)]);
  // What was being written when we began is there by now, and goes the same way.
  await destroyCall(db, tenantId, callId, by, new Date(now()));
  await tellGraph(parts, tenantId, persons);
  const left = (await changes.changesOfCall(db, tenantId, callId)).filter(({ undoes }) => undoes === undefined);
  return left.map((row) => {
    const change = changes.itemOf(row);
    const until = change.crmId === undefined ? null : undoableUntil(change, now());
    return { change, ...(until === null ? {} : { undoableUntil: until }) };
  });
}

/** Whatever lies under the call's own names, which its row may not know of yet, and the file it was handed over as. */
async function forgetAudio({ db, bindings }: Parts, tenantId: string, { id, uploadKey, audioKey }: calls.CallRow): Promise<void> {
  const prefixes = [`audio/${tenantId}/${id}`, await meetingFile(tenantId, id)];
  const named = await Promise.all(prefixes.map((prefix) => bindings.AUDIO.list({ prefix })));
  const lying = named.flatMap(({ objects }) => objects.map(({ key }) => key));
  const keys = [...lying, uploadKey, audioKey].filter((key) => key !== null);
  if (keys.length > 0) await bindings.AUDIO.delete([...new Set(keys)]);
  await forgetKeys(db, tenantId, [id]);
}

/** A letter that hands the same call over once more may still lie in a spool. */
async function forgetLetters({ db, bindings }: Parts, tenantId: string, { source, externalId }: calls.CallRow): Promise<void> {
  if (source !== 'webhook') return;
  const sources = (await tenants.connectionsOf(db, tenantId)).filter(({ provider }) => provider === 'webhook');
  await Promise.all(sources.map((one) => spoolStub(bindings, one.externalId).forget(externalId)));
}

import { expect, test } from 'vitest';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import { ask, bindings, connectPortal, openTestDb, quietCall } from '../http/test-host.ts';
import { meetingFile } from './meeting-files.ts';
import { ownFile } from './own-file.ts';

test('a meeting’s file goes with its call, even one that no row names, or that comes when the call is destroyed', async () => {
  const db = openTestDb();
  const owned = await connectPortal(db);
  const callId = await quietCall(db, owned, { status: 'ended', source: 'zoom' });
  const lying = async () => (await bindings.AUDIO.list({ prefix: await meetingFile(owned.tenantId, callId) })).objects.length;
  const uploadKey = `${await meetingFile(owned.tenantId, callId)}.k1`;
  await bindings.AUDIO.put(uploadKey, 'sealed');
  await ask({ method: 'POST', path: `/v1/calls/${callId}/destroy`, body: { requestId: crypto.randomUUID() } });
  expect(await lying()).toBe(0);
  // The other delivery of the same meeting had it on its way.
  await bindings.AUDIO.put(uploadKey, 'sealed');
  const call = await calls.callOf(db, owned.tenantId, callId);
  if (!call) throw new Error('no call');
  expect(await ownFile(compose(bindings), owned.tenantId, { ...call, uploadKey })).toBeNull();
  expect(await lying()).toBe(0);
});

import * as calls from '../capture/store.ts';
import type { Parts } from '../parts.ts';

/**
 * The call that a stored file belongs to. Null when it is not this file's: somebody else was first with the same call, or it was destroyed
 * while the file was on its way. Then the file is deleted, because nobody would find it again.
 */
export async function ownFile(
  { db, bindings }: Parts,
  tenantId: string,
  call: calls.NewCall & { uploadKey: string },
): Promise<string | null> {
  const { id } = await calls.createCall(db, tenantId, call);
  const kept = await calls.callOf(db, tenantId, id);
  if (kept?.uploadKey === call.uploadKey && kept.missed !== 'destroyed') return id;
  await bindings.AUDIO.delete(call.uploadKey);
  return null;
}

import { type Card, requestId, unwrap } from '../ask.ts';
import type { Sandbox } from '../start.ts';

/** An address for calls with its secret, made by the admin; reached at the Worker itself instead of the public address. */
export async function callSource({ publicUrl, worker }: Sandbox, admin: Card): Promise<{ url: string; secret: string }> {
  const made = unwrap<{ url: string; secret: string }>(await admin.post('/v1/settings/call-source', { requestId: requestId() }));
  return { ...made, url: worker.origin + made.url.slice(publicUrl.length) };
}

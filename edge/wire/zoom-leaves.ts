import type { MeetingNews, MeetingOutcome } from '../capture/meeting-news.ts';
import * as calls from '../capture/store.ts';
import type { Parts } from '../parts.ts';
import { uninstallConnection } from '../tenants/connect/store.ts';
import { destroyWhole } from './destroy.ts';
import type { MeetingConnection } from './meeting-accounts.ts';

/** As many calls as are surely destroyed before the inbox hands the news to somebody else. */
const AT_ONCE = 50;
const NEXT_MS = 60_000;
const SAID = 'Relationship OS was removed in Zoom. Connect it again to go on.';

/**
 * An admin took our app out of their Zoom account. Zoom wants everything that came from there deleted within ten days unless they said that
 * it may stay; the secrets go last, because with them we know whose news this is.
 */
export async function leaveZoom(
  parts: Parts,
  { row, crm }: Pick<MeetingConnection, 'row' | 'crm'>,
  { left, atMs }: Pick<MeetingNews, 'left' | 'atMs'>,
): Promise<MeetingOutcome> {
  const { tenantId, settings } = row;
  const connectedAt = settings['connectedAt'];
  // A customer's own app has no such news, and news of an install before this one are over.
  if (typeof connectedAt !== 'string' || Date.parse(connectedAt) > atMs) return { is: 'done' };
  if (left === 'forget') {
    const found = await calls.callsOfAccount(parts.db, tenantId, { connectionId: crm, source: 'zoom', accountId: row.id }, AT_ONCE);
    for (const callId of found) await destroyWhole(parts, tenantId, callId, 'zoom');
    if (found.length === AT_ONCE) return { is: 'later', inMs: NEXT_MS };
  }
  await uninstallConnection(parts.db, row, SAID);
  return { is: 'done' };
}

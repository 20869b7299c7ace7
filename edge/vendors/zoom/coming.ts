import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { ComingMeeting } from '../../ports/meeting-hosts.ts';
import { type ZoomAccess, zoomClient } from './client.ts';

const address = z.string().check(z.maxLength(320));
/** GET /meetings/{meetingId}: what was arranged. Who really came is not in it. */
const meeting = z.object({
  topic: z.optional(z.string().check(z.maxLength(8_192))),
  host_email: z.optional(address),
  settings: z.optional(
    z.object({ meeting_invitees: z.optional(z.array(z.object({ email: z.optional(address) })).check(z.maxLength(2_000))) }),
  ),
});

/** A meeting by the number that people join it by, as its host arranged it. */
export async function zoomComing(access: ZoomAccess, number: string): Promise<Result<ComingMeeting>> {
  if (!/^\d{5,20}$/.test(number)) return failed({ kind: 'gone', said: 'This is no meeting’s number.' });
  const said = await zoomClient(access).get(`/v2/meetings/${number}`, meeting);
  if (!said.ok) return said;
  const { topic = '', host_email: host = '', settings } = said.value;
  const invited = settings?.meeting_invitees ?? [];
  const emails = invited.flatMap(({ email }) => email?.trim().toLowerCase() || []);
  return ok({ title: topic, hostEmail: host.trim().toLowerCase(), invited: [...new Set(emails)] });
}

const user = z.object({ display_name: z.optional(z.string().check(z.maxLength(300))) });

/** What this person of the account is called in meetings; empty where the app may not ask. */
export async function zoomNameOf(access: ZoomAccess, email: string): Promise<string> {
  const said = await zoomClient(access).get(`/v2/users/${encodeURIComponent(email)}`, user);
  return said.ok ? (said.value.display_name ?? '').trim() : '';
}

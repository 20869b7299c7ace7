import type { WindowTicket } from '../guide/routes.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';

/** From one socket to the next one of the same window: as long as a call may last. */
const RESUME_MS = 4 * 3_600_000;

/** What stands in a window's ticket. */
interface Opens {
  id: string;
  email: string;
  /** The call's record in the CRM. */
  back?: string;
}

/** One socket of a live window, for `forMs`. */
export async function issueWindowTicket(
  { db, now }: Parts,
  { tenantId, subject }: { tenantId: string; subject: string },
  opens: Opens,
  forMs: number,
): Promise<{ token: string; expiresAt: string }> {
  const token = random();
  const expiresAt = new Date(now() + forMs);
  const user = { ...opens, isWindow: true };
  await tenants.saveTicket(db, tenantId, { hash: await sha256Hex(token), purpose: 'live', subject, user, expiresAt });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** What a burnt ticket says of the window that brought it; undefined for any other screen's. */
export function windowOf(parts: Parts, burnt: tenants.Burnt): WindowTicket | undefined {
  const { isWindow, id, email, back } = burnt.user;
  if (isWindow !== true) return undefined;
  const record = typeof back === 'string' ? { back } : {};
  const opens = { id: String(id ?? ''), email: String(email ?? ''), ...record };
  return {
    origin: new URL(parts.settings.PUBLIC_URL).origin,
    ...record,
    next: async () => (await issueWindowTicket(parts, burnt, opens, RESUME_MS)).token,
  };
}

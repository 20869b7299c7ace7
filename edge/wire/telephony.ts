import * as z from 'zod/mini';
import type { Provider } from '../../shared/contracts/tenant.ts';
import type { RepLine } from '../capture/calls.ts';
import type { LineAccount } from '../capture/line-routes.ts';
import type { Parts } from '../parts.ts';
import { placeOf } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { meetingHosts } from './meeting-accounts.ts';

const lineShape = z.object({
  number: z.string(),
  dial: z.string(),
  userId: z.string(),
  ownerId: z.string(),
  email: z.string(),
  name: z.string(),
});
const settingsShape = z.object({ lines: z._default(z.array(lineShape), []) });

/** The tenant's telephone account with its secret opened; null when there is none or it does not open. */
export const lineAccountOf = async (parts: Parts, tenantId: string): Promise<LineAccount | null> =>
  lineAccountIn(parts, tenantId, await tenants.connectionsOf(parts.db, tenantId));

/** The same as it stood at most two seconds ago: enough to know whose numbers are ours, not to let somebody in. */
export const latelyLineAccountOf = async (parts: Parts, tenantId: string): Promise<LineAccount | null> =>
  lineAccountIn(parts, tenantId, await parts.lately.connectionsOf(tenantId));

async function lineAccountIn(parts: Parts, tenantId: string, all: readonly tenants.ConnectionRow[]): Promise<LineAccount | null> {
  const by = (provider: Provider) => all.find((one) => one.provider === provider);
  const line = by('twilio');
  const crm = by('hubspot') ?? by('salesforce');
  if (!line?.secretSealed || !crm) return null;
  const secret = await parts.keyring.open(placeOf(line), line.secretSealed);
  if (!secret.ok) return null;
  return {
    tenantId,
    connectionId: line.id,
    crmConnectionId: crm.id,
    secret: secret.value,
    lines: settingsShape.parse(line.settings).lines,
  };
}

/** Who a rep is to the CRM, by the host's user id: from their telephone line, or from the meetings they hold. */
export async function repLineOf(parts: Parts, tenantId: string, userId: string): Promise<Pick<RepLine, 'ownerId'> | undefined> {
  const isRep = (one: { userId: string }) => one.userId === userId;
  const line = (await latelyLineAccountOf(parts, tenantId))?.lines.find(isRep);
  return line ?? meetingHosts(await parts.lately.connectionsOf(tenantId)).find(isRep);
}

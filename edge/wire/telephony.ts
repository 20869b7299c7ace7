import * as z from 'zod/mini';
import type { RepLine } from '../capture/calls.ts';
import type { LineAccount } from '../capture/line-routes.ts';
import type { Parts } from '../parts.ts';
import { placeOf } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';

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
export async function lineAccountOf(parts: Parts, tenantId: string): Promise<LineAccount | null> {
  const { db, keyring } = parts;
  const [line, hubspot, salesforce] = await Promise.all([
    tenants.connectionByProvider(db, tenantId, 'twilio'),
    tenants.connectionByProvider(db, tenantId, 'hubspot'),
    tenants.connectionByProvider(db, tenantId, 'salesforce'),
  ]);
  const crm = hubspot ?? salesforce;
  if (!line?.secretSealed || !crm) return null;
  const secret = await keyring.open(placeOf(line), line.secretSealed);
  if (!secret.ok) return null;
  return {
    tenantId,
    connectionId: line.id,
    crmConnectionId: crm.id,
    secret: secret.value,
    lines: settingsShape.parse(line.settings).lines,
  };
}

/** The telephone line of a rep, by the host's user id. */
export async function repLineOf(parts: Parts, tenantId: string, userId: string): Promise<RepLine | undefined> {
  return (await lineAccountOf(parts, tenantId))?.lines.find((line) => line.userId === userId);
}

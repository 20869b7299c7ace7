import * as z from 'zod/mini';
import type { Parts } from '../parts.ts';
import type { GraphAccount, ZoomAccount } from '../ports/meeting-hosts.ts';
import { placeOf } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';

const host = z.object({ email: z.string(), userId: z.string(), ownerId: z.string(), name: z.string() });
type MeetingHost = z.infer<typeof host>;

const settingsShape = z.object({
  /** The CRM connection its meetings belong to. */
  crm: z.string(),
  recordingIsConsent: z._default(z.boolean(), false),
  hosts: z._default(z.array(host), []),
});

const zoomSecret = z.object({ clientId: z.string(), clientSecret: z.string(), secretToken: z.string() });
const graphSecret = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  clientState: z.string(),
  certificateId: z.string(),
  certificate: z.string(),
  privateKey: z.string(),
});
export type ZoomSecret = z.infer<typeof zoomSecret>;
export type GraphSecret = z.infer<typeof graphSecret>;

export interface MeetingConnection extends z.infer<typeof settingsShape> {
  row: tenants.ConnectionRow;
}
type ZoomConnection = MeetingConnection & { account: ZoomAccount; secretToken: string };
export type GraphConnection = MeetingConnection & { account: GraphAccount; secret: GraphSecret };

/**
 * A tenant's Zoom account with its secrets opened; null when it is not connected, or does not open here. `evenLost`: what it tells is kept
 * while it waits to be connected again.
 */
export async function zoomConnection(
  parts: Parts,
  tenantId: string,
  connectionId: string,
  evenLost = false,
): Promise<ZoomConnection | null> {
  const opened = await open(parts, { tenantId, connectionId, provider: 'zoom', evenLost }, zoomSecret);
  if (!opened) return null;
  const { clientId, clientSecret, secretToken } = opened.secret;
  return { ...opened.about, account: { accountId: opened.about.row.externalId, clientId, clientSecret }, secretToken };
}

/** The same for a directory's Teams. */
export async function graphConnection(
  parts: Parts,
  tenantId: string,
  connectionId: string,
  evenLost = false,
): Promise<GraphConnection | null> {
  const opened = await open(parts, { tenantId, connectionId, provider: 'graph', evenLost }, graphSecret);
  if (!opened) return null;
  const { clientId, clientSecret } = opened.secret;
  return { ...opened.about, account: { directoryId: opened.about.row.externalId, clientId, clientSecret }, secret: opened.secret };
}

/** Everybody that an admin named as a host of meetings. */
export const meetingHosts = (all: readonly tenants.ConnectionRow[]): MeetingHost[] =>
  all.flatMap(({ provider, settings }) =>
    provider === 'zoom' || provider === 'graph' ? (settingsShape.safeParse(settings).data?.hosts ?? []) : [],
  );

interface Wanted {
  tenantId: string;
  connectionId: string;
  provider: 'zoom' | 'graph';
  evenLost: boolean;
}

async function open<T>(parts: Parts, { tenantId, connectionId, provider, evenLost }: Wanted, shape: z.ZodMiniType<T>) {
  const row = await tenants.connectionOf(parts.db, tenantId, connectionId);
  const stands = row?.state === 'connected' || (evenLost && row?.state === 'needs-reconnect');
  if (row?.provider !== provider || !stands || !row.secretSealed) return null;
  const [settings, plain] = [settingsShape.safeParse(row.settings), await parts.keyring.open(placeOf(row), row.secretSealed)];
  const secret = plain.ok ? shape.safeParse(JSON.parse(plain.value)) : null;
  return settings.success && secret?.success ? { about: { ...settings.data, row }, secret: secret.data } : null;
}

import * as z from 'zod/mini';
import type { Parts } from '../parts.ts';
import type { GraphAccount, ZoomAccount } from '../ports/meeting-hosts.ts';
import { placeOf } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { zoomToken } from './zoom-tokens.ts';

const host = z.object({ email: z.string(), userId: z.string(), ownerId: z.string(), name: z.string() });
type MeetingHost = z.infer<typeof host>;

const settingsShape = z.object({
  /** The CRM connection its meetings belong to. */
  crm: z.string(),
  recordingIsConsent: z._default(z.boolean(), false),
  hosts: z._default(z.array(host), []),
});

const zoomSecret = z.object({ clientId: z.string(), clientSecret: z.string(), secretToken: z.string() });
/** What our own app was given; read by edge/wire/zoom-tokens.ts each time. */
const zoomTokens = z.object({ accessToken: z.string(), refreshToken: z.string() });
const graphSecret = z.object({
  /** Absent where the directory consented to our own app. */
  clientId: z.optional(z.string()),
  clientSecret: z.optional(z.string()),
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
type ZoomConnection = MeetingConnection & { account: ZoomAccount; secretToken: string; isOurApp: boolean };
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
  const opened = await open(parts, { tenantId, connectionId, provider: 'zoom', evenLost }, z.union([zoomSecret, zoomTokens]));
  const secret = opened && ('secretToken' in opened.secret ? opened.secret : parts.zoom.connect);
  if (!opened || !secret) return null;
  const { clientId, clientSecret, secretToken } = secret;
  const account = { accountId: opened.about.row.externalId, clientId, clientSecret };
  if ('secretToken' in opened.secret) return { ...opened.about, account, secretToken, isOurApp: false };
  const token = (refused?: string) => zoomToken(parts, { tenantId, connectionId }, refused);
  return { ...opened.about, account: { ...account, token }, secretToken, isOurApp: true };
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
  const { clientId = parts.graph.connect?.clientId, clientSecret = parts.graph.connect?.clientSecret } = opened.secret;
  if (!clientId || !clientSecret) return null;
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

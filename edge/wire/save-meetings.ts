import { ok, type Result } from '../../shared/kit/result.ts';
import type { MeetingsBody } from '../capture/meeting-routes.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import type { GraphSecret, ZoomSecret } from './meeting-accounts.ts';

/** Connects the account whose meetings become calls of the CRM that asks. Null when another tenant holds it. */
export async function saveMeetings(
  parts: Parts,
  who: Who,
  body: MeetingsBody,
  subscribe: (tenantId: string, connectionId: string) => Promise<Result<unknown>>,
): Promise<Result<{ url: string } | null>> {
  const { clientId, clientSecret } = body;
  const isZoom = body.provider === 'zoom';
  const vendor = isZoom
    ? parts.zoom.meetings({ accountId: body.accountId, clientId, clientSecret })
    : parts.graph.meetings({ directoryId: body.directoryId, clientId, clientSecret });
  const owns = await vendor.owns();
  // "Expired" is what a running connection would be; here the credentials are simply not right.
  if (!owns.ok) return owns;
  const secret: ZoomSecret | GraphSecret = isZoom
    ? { clientId, clientSecret, secretToken: body.secretToken }
    : await graphSecretOf(parts, clientId, clientSecret);
  const externalId = isZoom ? body.accountId : body.directoryId;
  const { tenantId } = who;
  const of = { provider: body.provider, externalId };
  const settings = { crm: who.connectionId, recordingIsConsent: body.recordingIsConsent, hosts: body.hosts };
  const added = await tenants.addConnection(parts.db, tenantId, { ...of, settings, by: who.user.id });
  if (!added) return ok(null);
  const { connectionId } = added;
  const place = placeOf({ ...of, tenantId, id: connectionId });
  await parts.keyring.keep(place, JSON.stringify(secret), (sealed) => saveSecret(parts.db, tenantId, connectionId, { sealed }));
  if (isZoom) return ok({ url: `${parts.settings.PUBLIC_URL}/hooks/zoom?account=${encodeURIComponent(externalId)}` });
  // Graph asks at our address before it answers.
  const subscribed = await subscribe(tenantId, connectionId);
  return subscribed.ok ? ok({ url: `${parts.settings.PUBLIC_URL}/hooks/graph` }) : subscribed;
}

async function graphSecretOf(parts: Parts, clientId: string, clientSecret: string): Promise<GraphSecret> {
  const made = await parts.graph.newCertificate(parts.now());
  return { clientId, clientSecret, clientState: random(), certificateId: crypto.randomUUID(), ...made };
}

import * as z from 'zod/mini';
import { failed, ok, passes, type Result } from '../../shared/kit/result.ts';
import type { RosApp } from '../http/app.ts';
import { verifyJwt } from '../http/jwt.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { GraphConnect } from '../ports/meeting-hosts.ts';
import { type Platform, type PlatformRouteDeps, platformRoutes } from '../tenants/connect/platform-routes.ts';
import { dropConnection, takeState } from '../tenants/connect/store.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import { type Owner, random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import type { GraphSecret } from './meeting-accounts.ts';
import { revokeZoom, saveZoomTokens } from './zoom-tokens.ts';

const TICKET_MS = 10 * 60_000;
const SKEW_S = 300;
/** Who may consent for a whole directory: Global Administrator, and Privileged Role Administrator, by Microsoft's template ids. */
const CONSENTING = ['62e90394-69f5-4237-9190-012177145e10', 'e8611ab8-c189-46e8-94e1-60213ab1f814'];

const idClaims = z.object({
  tid: z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
  nonce: z.string(),
  wids: z._default(z.array(z.string()), []),
});
const owner = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  userId: z.string(),
  recordingIsConsent: z.boolean(),
});

interface Teams {
  subscribe(tenantId: string, connectionId: string): Promise<Result<unknown>>;
  unsubscribe(tenantId: string, connectionId: string): Promise<Result<unknown>>;
}

/** Zoom and Teams through our own apps there. A customer's own app comes by `POST /v1/settings/meetings` instead. */
export function wirePlatforms(parts: Parts, teams: Teams): (app: RosApp) => void {
  const { db, now, zoom, graph, settings } = parts;
  const zoomApp = zoom.connect;
  const graphApp = graph.connect;

  return platformRoutes({
    now,
    masters: settings.masters,
    publicUrl: settings.PUBLIC_URL,
    takeState: (hash, at, expiresAt) => takeState(db, hash, at, expiresAt),
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    issueTicket: async (of, platform) => {
      const token = random();
      const expiresAt = new Date(now() + TICKET_MS);
      const ticket = { hash: await sha256Hex(token), purpose: 'connect', subject: platform, user: { ...of }, expiresAt } as const;
      await tenants.saveTicket(db, of.tenantId, ticket);
      return { token, expiresAt: expiresAt.toISOString() };
    },
    burnTicket: async (token) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(token), new Date(now()));
      const of = burnt?.purpose === 'connect' ? owner.safeParse(burnt.user) : null;
      return burnt && of?.success && of.data.tenantId === burnt.tenantId ? { owner: of.data, platform: burnt.subject } : null;
    },
    nameOf: async (tenantId) => (await tenants.tenantOf(db, tenantId))?.name ?? 'this CRM',
    zoom: zoomApp && {
      authorizeUrl: zoomApp.authorizeUrl,
      finish: async (of, grant) => {
        const granted = await zoomApp.exchange(grant);
        if (!granted.ok) return granted;
        const { accountId, accessToken, refreshToken, expiresInS } = granted.value;
        const added = await add(parts, of, 'zoom', accountId);
        // Not revoked: Zoom knows one grant of an app for an account, and it is the holder's too.
        if (!added) return taken('Zoom account');
        await saveZoomTokens(parts, added, { accessToken, refreshToken, expiresAtMs: now() + expiresInS * 1_000 });
        return ok(true);
      },
    },
    graph: graphApp && {
      signInUrl: graphApp.signInUrl,
      consentUrl: graphApp.consentUrl,
      prove: (grant) => prove(parts, graphApp, grant),
      finish: (of, directoryId) => finishGraph(parts, graphApp, teams, of, directoryId),
    },
    disconnect: (who, platform) => disconnectPlatform(parts, teams, who, platform),
  } satisfies PlatformRouteDeps);
}

/** Microsoft's word about who signed in, believed only with its directory's signature; and only from who may consent for all of it. */
async function prove(
  { graph, now }: Parts,
  app: GraphConnect,
  { nonce, ...grant }: { redirectUri: string; code: string; verifier: string; nonce: string },
): Promise<Result<{ directoryId: string }>> {
  const token = await app.idTokenOf(grant);
  if (!token.ok) return token;
  const refused = failed({ kind: 'refused', said: 'Microsoft’s word about who signed in cannot be believed. Start again.' } as const);
  const named = idClaims.safeParse(bodyOf(token.value));
  if (!named.success) return refused;
  const { tid: directoryId } = named.data;
  const signers = await graph.signers(directoryId);
  if (!signers.ok) return signers;
  const [issuer = ''] = signers.value.issuers;
  const policy = { keys: signers.value.keys, algorithms: ['RS256'], issuer, audience: app.clientId, now: now(), skewS: SKEW_S } as const;
  const opened = await verifyJwt(token.value, { ...policy, lifeMaxS: null });
  const claims = idClaims.safeParse(opened);
  if (!claims.success || claims.data.tid !== directoryId || claims.data.nonce !== nonce) return refused;
  return claims.data.wids.some((role) => CONSENTING.includes(role))
    ? ok({ directoryId })
    : failed({ kind: 'refused', said: 'Only a Global Administrator of your Microsoft 365 can connect Teams. Ask one to press Connect.' });
}

async function finishGraph(parts: Parts, app: GraphConnect, teams: Teams, of: Owner, directoryId: string): Promise<Result<unknown>> {
  const { clientId, clientSecret } = app;
  const owns = await parts.graph.meetings({ directoryId, clientId, clientSecret }).owns();
  if (!owns.ok) return owns;
  const added = await add(parts, of, 'graph', directoryId);
  if (!added) return taken('Microsoft 365 directory');
  const { tenantId, connectionId } = added;
  const made = await parts.graph.newCertificate(parts.now());
  const secret: GraphSecret = { clientState: random(), certificateId: crypto.randomUUID(), ...made };
  const place = placeOf({ tenantId, id: connectionId, provider: 'graph', externalId: directoryId });
  await parts.keyring.keep(place, JSON.stringify(secret), (sealed) => saveSecret(parts.db, tenantId, connectionId, { sealed }));
  const subscribed = await teams.subscribe(tenantId, connectionId);
  // What passes is tried again every ten minutes; a permission that lacks is the admin's to see now.
  if (subscribed.ok || passes(subscribed.fault)) return ok(true);
  const row = await tenants.connectionOf(parts.db, tenantId, connectionId);
  if (row) await dropConnection(parts.db, row, of.userId);
  return subscribed;
}

async function add(parts: Parts, of: Owner, provider: Platform, externalId: string): Promise<tenants.Owned | null> {
  const { tenantId, connectionId: crm, userId, recordingIsConsent } = of;
  // Who named hosts for an app of their own keeps them.
  const before = (await tenants.connectionsOf(parts.db, tenantId)).find(
    (row) => row.provider === provider && row.externalId === externalId,
  );
  const hosts = before?.settings['hosts'] ?? [];
  const connectedAt = new Date(parts.now()).toISOString();
  const settings = { crm, recordingIsConsent, hosts, connectedAt };
  const added = await tenants.addConnection(parts.db, tenantId, { provider, externalId, settings, by: userId });
  return added && { tenantId, connectionId: added.connectionId };
}

const taken = (what: string) =>
  failed({ kind: 'refused', said: `This ${what} is connected to another CRM. Disconnect it there first.` } as const);

/** Ends what this CRM has connected there. A platform that is away changes nothing, so that no access of ours is left behind. */
async function disconnectPlatform(parts: Parts, teams: Teams, who: Who, provider: Platform): Promise<Result<true>> {
  const all = await tenants.connectionsOf(parts.db, who.tenantId);
  for (const row of all) {
    if (row.provider !== provider || row.state === 'disconnected' || row.settings['crm'] !== who.connectionId) continue;
    const left = provider === 'zoom' ? await revokeZoom(parts, row) : await teams.unsubscribe(row.tenantId, row.id);
    if (!left.ok && passes(left.fault)) return failed({ ...left.fault, said: `${left.fault.said} Nothing was changed; try again.` });
    await dropConnection(parts.db, row, who.user.id);
  }
  return ok(true);
}

/** A token's claims, believed by nobody yet: only to know whose keys to ask for. */
function bodyOf(token: string): unknown {
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}

import type { Host, Provider } from '../../shared/contracts/tenant.ts';

/** Who asks, proven by the host. The tenant comes from here and from nothing else. */
export interface Who {
  tenantId: string;
  connectionId: string;
  host: Host;
  user: { id: string; email: string };
}

/** `stranger`: truly the host, but nobody has connected this portal or org. `forged`: no proof. */
export type Knock = { is: 'known'; who: Who } | { is: 'stranger'; host: Host } | { is: 'forged' };

export interface WhoDeps {
  /** The Worker's own address as the host calls it. */
  publicUrl: string;
  hubspot: { appId: string | undefined; isSigned(request: Signed): Promise<boolean> } | undefined;
  resolveConnection(provider: Provider, externalId: string): Promise<{ tenantId: string; connectionId: string } | null>;
  resolveInstallKey(orgId: string, hash: string): Promise<{ tenantId: string; connectionId: string } | null>;
}

export interface Signed {
  method: string;
  url: string;
  rawBody: string;
  signature: string;
  timestamp: string;
}

/** Reads the proof a request carries. The body must be the raw text as it came. */
export async function whoKnocks(deps: WhoDeps, request: Request, rawBody: string): Promise<Knock> {
  const signature = request.headers.get('x-hubspot-signature-v3');
  if (signature !== null) return hubspotKnock(deps, request, rawBody, signature);
  const key = /^Bearer (ros_[A-Za-z0-9_-]{20,80})$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (key !== undefined) return salesforceKnock(deps, request, key);
  return { is: 'forged' };
}

async function hubspotKnock(deps: WhoDeps, request: Request, rawBody: string, signature: string): Promise<Knock> {
  if (!deps.hubspot) return { is: 'forged' };
  const asked = new URL(request.url);
  const url = deps.publicUrl + asked.pathname + asked.search;
  const timestamp = request.headers.get('x-hubspot-request-timestamp') ?? '';
  if (!(await deps.hubspot.isSigned({ method: request.method, url, rawBody, signature, timestamp }))) return { is: 'forged' };

  // Identity is read only from the query HubSpot appended and signed; a repeated name would let a caller choose.
  const said = (name: string) => {
    const all = asked.searchParams.getAll(name);
    return all.length === 1 ? (all[0] ?? '') : '';
  };
  const portalId = said('portalId');
  const userId = said('userId');
  if (!isNumber(portalId) || !isNumber(userId) || said('appId') !== deps.hubspot.appId) return { is: 'forged' };
  const ids = await deps.resolveConnection('hubspot', portalId);
  if (!ids) return { is: 'stranger', host: 'hubspot' };
  return { is: 'known', who: { ...ids, host: 'hubspot', user: { id: userId, email: said('userEmail').toLowerCase() } } };
}

const isNumber = (id: string) => /^\d{1,20}$/.test(id);

async function salesforceKnock(deps: WhoDeps, request: Request, key: string): Promise<Knock> {
  const orgId = request.headers.get('x-ros-org-id') ?? '';
  const userId = request.headers.get('x-ros-user-id') ?? '';
  if (!/^00D[A-Za-z0-9]{15}$/.test(orgId) || !/^005[A-Za-z0-9]{15}$/.test(userId)) return { is: 'forged' };
  const ids = await deps.resolveInstallKey(orgId, await sha256Hex(key));
  if (!ids) return { is: 'forged' };
  return { is: 'known', who: { ...ids, host: 'salesforce', user: { id: userId, email: '' } } };
}

export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

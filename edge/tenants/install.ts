import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { sha256Hex } from '../http/who.ts';
import type { Capabilities } from '../ports/crm.ts';
import { random } from './oauth-state.ts';
import { bearerLogin } from './salesforce-login.ts';

/** What a host says when an admin connects us. */
export interface HubspotGrant {
  accessToken: string;
  refreshToken: string;
  expiresInS: number;
  hubId: number | string;
  userId: number | string;
  scopes: readonly string[];
}
export interface SalesforceGrant {
  orgId: string;
  instanceUrl: string;
  userId: string;
  username: string;
  /** The origin the person signed in at. */
  login: string;
}

interface Owned {
  tenantId: string;
  connectionId: string;
}

export interface InstallDeps {
  now(): number;
  /** Makes or finds the tenant, its key and its connection. */
  install(it: {
    provider: 'hubspot' | 'salesforce';
    externalId: string;
    tenantName: string;
    timeZone: string;
    instanceUrl?: string;
    installKeyHash?: string;
    installerId: string;
    installerEmail: string;
    settings?: Record<string, unknown>;
  }): Promise<Owned>;
  saveHubspotTokens(owned: Owned, tokens: { accessToken: string; refreshToken: string; expiresAtMs: number }): Promise<unknown>;
  /** Makes the fields we write with; says whether writes can be made exactly once. */
  prepareHubspot(accessToken: string): Promise<Result<Capabilities>>;
  /** What the app asks for. */
  hubspotScopes: { required: readonly string[]; optional: readonly string[] };
  /** Proves that we can act for the org with this integration user, and finds out what the org can do. */
  probeSalesforce(grant: SalesforceGrant): Promise<Result<Capabilities>>;
  pause(ms: number): Promise<void>;
  /** Everything is stored: what waited for this connection may go on. */
  connected(owned: Owned): Promise<void>;
}

const DEFAULT_ZONE = 'America/New_York';

/** HubSpot said yes: the portal becomes a tenant, connected, with the fields our writes need. */
export async function installHubspot(
  deps: Pick<InstallDeps, 'now' | 'pause' | 'install' | 'saveHubspotTokens' | 'prepareHubspot' | 'hubspotScopes' | 'connected'>,
  grant: HubspotGrant,
): Promise<Result<Owned & { effectOnce: boolean }>> {
  const lacking = (asked: readonly string[]) => asked.filter((scope) => !grant.scopes.includes(scope));
  const missing = lacking(deps.hubspotScopes.required);
  if (missing.length > 0) {
    return failed({
      kind: 'refused',
      said: `HubSpot did not grant everything that Relationship OS needs. Missing: ${missing.join(', ')}. Start again as an admin who may grant it.`,
    });
  }
  // Before anything is stored: a portal we cannot write to is not connected halfway.
  const prepared = await patiently(deps, () => deps.prepareHubspot(grant.accessToken));
  if (!prepared.ok) return prepared;
  const owned = await deps.install({
    provider: 'hubspot',
    externalId: String(grant.hubId),
    tenantName: `HubSpot ${grant.hubId}`,
    timeZone: DEFAULT_ZONE,
    installerId: String(grant.userId),
    installerEmail: '',
    settings: {
      ...connectedNow(deps),
      scopes: [...grant.scopes],
      missingScopes: lacking(deps.hubspotScopes.optional),
      ...prepared.value,
    },
  });
  await deps.saveHubspotTokens(owned, {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAtMs: deps.now() + grant.expiresInS * 1_000,
  });
  await deps.connected(owned);
  return ok({ ...owned, ...prepared.value });
}

const TRIES = 5;
const PAUSE_MS = 3_000;

/** A portal whose cards have just used up its ten seconds is asked again, while the admin still looks at the page. */
async function patiently<T>(deps: Pick<InstallDeps, 'pause'>, ask: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 1; ; tries += 1) {
    const asked = await ask();
    if (asked.ok || asked.fault.kind !== 'busy' || tries === TRIES) return asked;
    await deps.pause(PAUSE_MS);
  }
}

/** Salesforce said yes: the org becomes a tenant and gets a new install key, shown this once; an earlier one opens nothing any more. */
export async function installSalesforce(
  deps: Pick<InstallDeps, 'now' | 'install' | 'probeSalesforce' | 'connected'>,
  asked: SalesforceGrant,
): Promise<Result<Owned & { installKey: string }>> {
  const grant = { ...asked, login: bearerLogin(asked.instanceUrl, asked.login) };
  const probed = await deps.probeSalesforce(grant);
  if (!probed.ok) {
    if (probed.fault.kind !== 'expired') return probed;
    return failed({
      ...probed.fault,
      said: 'Salesforce does not let us in for this user yet: assign the permission set ROS_Integration and pre-authorize the app.',
    });
  }
  const installKey = `ros_${random()}`;
  const owned = await deps.install({
    provider: 'salesforce',
    externalId: grant.orgId,
    tenantName: `Salesforce ${grant.orgId}`,
    timeZone: DEFAULT_ZONE,
    instanceUrl: grant.instanceUrl,
    installKeyHash: await sha256Hex(installKey),
    installerId: grant.userId,
    installerEmail: grant.username,
    settings: { ...connectedNow(deps), ...probed.value, username: grant.username, login: grant.login },
  });
  await deps.connected(owned);
  return ok({ ...owned, installKey });
}

/** A late word about the connection of before is told apart by its time; what was wrong with that one is over. */
const connectedNow = ({ now }: Pick<InstallDeps, 'now'>) => ({ connectedAt: new Date(now()).toISOString(), trouble: null });

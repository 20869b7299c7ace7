import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { sha256Hex } from '../http/who.ts';
import { random } from './oauth-state.ts';

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
}

interface Owned {
  tenantId: string;
  connectionId: string;
}

export interface InstallDeps {
  now(): number;
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
  saveHubspotTokens(owned: Owned, tokens: { accessToken: string; refreshToken: string; expiresAtMs: number }): Promise<void>;
  /** Makes the fields we write with; says whether writes can be made exactly once. */
  prepareHubspot(accessToken: string): Promise<Result<{ effectOnce: boolean }>>;
  /** Proves that we can act for the org with this integration user. */
  probeSalesforce(grant: SalesforceGrant): Promise<Result<unknown>>;
}

const DEFAULT_ZONE = 'America/New_York';

/** HubSpot said yes: the portal becomes a tenant, connected, with the fields our writes need. */
export async function installHubspot(
  deps: Pick<InstallDeps, 'now' | 'install' | 'saveHubspotTokens' | 'prepareHubspot'>,
  grant: HubspotGrant,
): Promise<Result<Owned & { effectOnce: boolean }>> {
  // Before anything is stored: a portal we cannot write to is not connected halfway.
  const prepared = await deps.prepareHubspot(grant.accessToken);
  if (!prepared.ok) return prepared;
  const owned = await deps.install({
    provider: 'hubspot',
    externalId: String(grant.hubId),
    tenantName: `HubSpot ${grant.hubId}`,
    timeZone: DEFAULT_ZONE,
    installerId: String(grant.userId),
    installerEmail: '',
    settings: { scopes: [...grant.scopes], effectOnce: prepared.value.effectOnce },
  });
  await deps.saveHubspotTokens(owned, {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAtMs: deps.now() + grant.expiresInS * 1_000,
  });
  return ok({ ...owned, ...prepared.value });
}

/** Salesforce said yes: the org becomes a tenant and gets its install key, shown this once. */
export async function installSalesforce(
  deps: Pick<InstallDeps, 'install' | 'probeSalesforce'>,
  grant: SalesforceGrant,
): Promise<Result<Owned & { installKey: string }>> {
  const probed = await deps.probeSalesforce(grant);
  if (!probed.ok) {
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
    settings: { username: grant.username },
  });
  return ok({ ...owned, installKey });
}

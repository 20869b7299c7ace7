import type { Result } from '../shared/kit/result.ts';
import type { Db } from './db/client.ts';
import type { Bindings, Settings } from './env.ts';
import type { Signed } from './http/who.ts';
import type { Crm } from './ports/crm.ts';
import type { Line } from './ports/line.ts';
import type { Model } from './ports/model.ts';
import type { BatchSpeech, LiveSpeech } from './ports/speech.ts';
import type { HubspotGrant, SalesforceGrant } from './tenants/install.ts';

/** Everything the rooms stand on, with the vendors already behind their ports. `compose.ts` makes it. */
export interface Parts {
  bindings: Bindings;
  settings: Settings;
  db: Db;
  now(): number;
  line: Line;
  liveSpeech: LiveSpeech;
  batchSpeech: BatchSpeech;
  /** Absent without a key. */
  model: Model | undefined;
  /** The CRM of a connection, with its own credentials; `expired` when it has to be connected again. */
  crmOf(tenantId: string, connectionId: string): Promise<Result<Crm>>;
  hubspot: HubspotHost | undefined;
  salesforce: SalesforceHost | undefined;
}

export interface HubspotHost {
  appId: string | undefined;
  isSigned(request: Signed): Promise<boolean>;
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
  exchange(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<HubspotGrant>>;
  refresh(refreshToken: string): Promise<Result<{ accessToken: string; refreshToken: string; expiresInS: number }>>;
  prepare(token: () => Promise<Result<string>>): Promise<Result<{ effectOnce: boolean }>>;
}

export interface SalesforceHost {
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
  exchange(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<SalesforceGrant>>;
  probe(grant: SalesforceGrant): Promise<Result<unknown>>;
}

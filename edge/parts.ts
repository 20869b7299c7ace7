import type { RecordRef } from '../shared/contracts/record.ts';
import type { Result } from '../shared/kit/result.ts';
import type { Db } from './db/client.ts';
import type { Bindings, Settings } from './env.ts';
import type { Signed } from './http/who.ts';
import type { AudioDecoder } from './ports/audio-decoder.ts';
import type { Capabilities, Crm } from './ports/crm.ts';
import type { CrmCalendar } from './ports/crm-calendar.ts';
import type { CrmCheck, CrmNews } from './ports/crm-news.ts';
import type { TypedPhone } from './ports/crm-phones.ts';
import type { Line } from './ports/line.ts';
import type { LineDesk } from './ports/line-desk.ts';
import type { Meaning } from './ports/meaning.ts';
import type { GraphHost, ZoomHost } from './ports/meeting-hosts.ts';
import type { LiveModel, Model } from './ports/model.ts';
import type { BatchSpeech, LiveSpeech } from './ports/speech.ts';
import type { Telephone } from './ports/telephone.ts';
import type { Journal } from './tenants/hear-uninstalls.ts';
import type { HubspotGrant, SalesforceGrant } from './tenants/install.ts';
import type { Keyring } from './tenants/keys/keyring.ts';
import type { Lately } from './tenants/lately.ts';
import type { Session } from './tenants/salesforce-session.ts';
import type { ConnectionRow } from './tenants/store.ts';

/** Everything the rooms stand on, with the vendors already behind their ports. `compose.ts` makes it. */
export interface Parts {
  bindings: Bindings;
  settings: Settings;
  db: Db;
  lately: Lately;
  now(): number;
  /** Seals and opens every stored secret. */
  keyring: Keyring;
  line: Line;
  lineDesk: LineDesk;
  telephone: Telephone;
  /** Opus, as a browser's recorder writes it. */
  decoder: AudioDecoder;
  liveSpeech: LiveSpeech;
  /** Tells voices apart on one track. */
  mixedSpeech: LiveSpeech;
  /** Another way of the same vendor's to hear, for when the first one is down. */
  fallbackSpeech: LiveSpeech | undefined;
  batchSpeech: BatchSpeech;
  /** Absent where Workers AI is not bound. */
  secondSpeech: BatchSpeech | undefined;
  /** What a text is about; absent where Workers AI is not bound. */
  meaning: Meaning | undefined;
  /** Absent without a key. */
  model: Model | undefined;
  /** The one that is asked during calls. */
  liveModel: LiveModel | undefined;
  /** The CRM of a connection, with its own credentials; `expired` when it has to be connected again. */
  crmOf(tenantId: string, connectionId: string): Promise<Result<Crm>>;
  /** What is asked of that CRM from time to time, in the same way. */
  checkOf(tenantId: string, connectionId: string): Promise<Result<CrmCheck>>;
  /** Whom one could call about a record, as that CRM has it. */
  phonesOf(tenantId: string, connectionId: string, ref: RecordRef): Promise<Result<TypedPhone[]>>;
  /** What is planned in that CRM, in the same way. */
  calendarOf(tenantId: string, connectionId: string): Promise<Result<CrmCalendar>>;
  news: { hubspot: CrmNews; salesforce: CrmNews };
  /** How much of its daily API calls a connection has used, where its CRM counts them and we have heard. */
  apiUsageOf(connectionId: string): { used: number; max: number } | undefined;
  hubspot: HubspotHost | undefined;
  salesforce: SalesforceHost | undefined;
  zoom: ZoomHost;
  graph: GraphHost;
}

export interface HubspotHost {
  appId: string | undefined;
  isSigned(request: Signed): Promise<boolean>;
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
  exchange(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<HubspotGrant>>;
  scopes: { required: readonly string[]; optional: readonly string[] };
  refresh(refreshToken: string): Promise<Result<{ accessToken: string; refreshToken: string; expiresInS: number }>>;
  /** Takes the app out of the portal; `expired` when it is out already. */
  uninstall(accessToken: string): Promise<Result<true>>;
  prepare(token: () => Promise<Result<string>>): Promise<Result<Capabilities>>;
  /** Where HubSpot writes down who took the app out. */
  journal: Journal;
}

/** `login` is the org's own address; without one it is the setting `SALESFORCE_LOGIN`. */
export interface SalesforceHost {
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string; login?: string }): string;
  exchange(grant: { redirectUri: string; code: string; verifier: string; login?: string }): Promise<Result<SalesforceGrant>>;
  /** Proves that we can act for the org, and finds out what it can do; leaves no session open. */
  probe(grant: SalesforceGrant): Promise<Result<Capabilities>>;
  /** Another session for the org of a connection; `expired` when a person has to connect it again. */
  openSession(connection: ConnectionRow): Promise<Result<Session>>;
  /** Ends a session, within some seconds. One that is over already is as good. */
  endSession(session: Session): Promise<Result<true>>;
}

import type { Result } from '../../shared/kit/result.ts';
import type { DialledLine } from './dialled-line.ts';
import type { Meetings } from './meetings.ts';

/** A customer's Zoom account: seen by a server-to-server app of their own, or by ours when `token` is there. */
export interface ZoomAccount {
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** A bearer token that works for some minutes; another one than `refused`. */
  token?: (refused?: string) => Promise<Result<string>>;
}

export interface ZoomTokens {
  accessToken: string;
  refreshToken: string;
  expiresInS: number;
}

/** What an account's admin granted our own app. */
export interface ZoomGrant extends ZoomTokens {
  accountId: string;
}

/** Our own app at Zoom, which any account can install. */
interface ZoomConnect {
  clientId: string;
  clientSecret: string;
  /** Signs what Zoom tells this app, whatever account it is about. */
  secretToken: string;
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
  /** `refused` names the scopes that were not granted. */
  exchange(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<ZoomGrant>>;
  refresh(refreshToken: string): Promise<Result<ZoomTokens>>;
  revoke(accessToken: string): Promise<Result<true>>;
}

/** A webhook as it came; absent headers are null. */
export interface ZoomKnock {
  /** The app's secret token. */
  secret: string;
  rawBody: string;
  signature: string | null;
  /** Seconds, as text. */
  timestamp: string | null;
  now: number;
}

export interface ZoomHost {
  /** Absent when this Worker has no app registered with Zoom. */
  connect: ZoomConnect | undefined;
  isSigned(knock: ZoomKnock): Promise<boolean>;
  /** The answer to Zoom's question whether the address is ours; null when it is no such question, or not harmless to answer. */
  answerValidation(knock: ZoomKnock): Promise<{ plainToken: string; encryptedToken: string } | null>;
  meetings(account: ZoomAccount): Meetings;
  /** A meeting as it was arranged, by the number that people join it by. */
  coming(account: ZoomAccount, number: string): Promise<Result<ComingMeeting>>;
  /** What a person of the account is called in meetings; empty where we may not ask. */
  nameOf(account: ZoomAccount, email: string): Promise<string>;
  /** Running meetings' audio. */
  line(account: ZoomAccount): DialledLine;
}

/** A meeting that is being held, as far as its host arranged it. Addresses in lower case. */
export interface ComingMeeting {
  /** Never stored. */
  title: string;
  hostEmail: string;
  /** The host may be one of them; empty when nobody was invited by address. */
  invited: readonly string[];
}

/** An app registration in the customer's own directory. */
export interface GraphAccount {
  directoryId: string;
  clientId: string;
  clientSecret: string;
}

export interface GraphNotice {
  subscriptionId: string;
  /** The directory it comes from, as it says itself; proven by the client state that this one was given. */
  directoryId?: string;
  changeType?: string;
  lifecycleEvent?: 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired';
  resource?: string;
  /** What a rich notification carried, opened. */
  content?: unknown;
}

export interface GraphAnswer {
  status: 200 | 202 | 400 | 401;
  headers: Record<string, string>;
  body: string;
  /** Only what was proven to be Graph's, for our subscription. */
  notices: GraphNotice[];
}

export interface GraphReadDeps {
  clientStateOf: (subscriptionId: string, directoryId: string | undefined) => Promise<string | undefined>;
  /** Signature, issuer, time and `aud` = our application id; the claims when all of them fit. */
  openToken: (jwt: string) => Promise<Record<string, unknown> | null>;
  certificateKeyOf: (certificateId: string) => Promise<CryptoKey | undefined>;
}

/** Our own app at Microsoft, which any directory can consent to. */
export interface GraphConnect {
  clientId: string;
  clientSecret: string;
  signInUrl(ask: { redirectUri: string; state: string; challenge: string; nonce: string }): string;
  /** The token that says who signed in, not believed yet. */
  idTokenOf(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<string>>;
  consentUrl(ask: { directoryId: string; redirectUri: string; state: string }): string;
}

export interface GraphHost {
  /** Absent when this Worker has no app registered with Microsoft. */
  connect: GraphConnect | undefined;
  read(request: { url: string; rawBody: string }, deps: GraphReadDeps): Promise<GraphAnswer>;
  meetings(account: GraphAccount): Meetings;
  subscription(account: GraphAccount): GraphSubscription;
  /** The keys that a directory's tokens are signed with, and who may issue them. */
  signers(directoryId: string): Promise<Result<{ keys: readonly Record<string, unknown>[]; issuers: readonly string[] }>>;
  newCertificate(nowMs: number): Promise<{ certificate: string; privateKey: string }>;
  certificateKey(privateKey: string): Promise<CryptoKey | null>;
  /** The one name of the transcript that a notice is about; null for anything else. */
  transcriptOf(resource: string): string | null;
}

export interface GraphSubscription {
  subscribe(it: {
    notificationUrl: string;
    clientState: string;
    /** DER, base64. */
    certificate: string;
    certificateId: string;
  }): Promise<Result<Subscribed>>;
  /** `gone` when Graph has ended it: then it takes a new one. */
  renew(id: string): Promise<Result<Subscribed>>;
  unsubscribe(id: string): Promise<Result<unknown>>;
  /** The names of one organizer's transcripts since then; what a lost notification told. */
  transcriptsSince(organizerId: string, since: string): Promise<Result<string[]>>;
}

export interface Subscribed {
  id: string;
  /** As Graph granted it, ISO 8601. */
  until: string;
}

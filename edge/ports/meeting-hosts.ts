import type { Result } from '../../shared/kit/result.ts';
import type { Meetings } from './meetings.ts';

/** A server-to-server app in the customer's own Zoom account. */
export interface ZoomAccount {
  accountId: string;
  clientId: string;
  clientSecret: string;
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
  isSigned(knock: ZoomKnock): Promise<boolean>;
  /** The answer to Zoom's question whether the address is ours; null when it is no such question, or not harmless to answer. */
  answerValidation(knock: ZoomKnock): Promise<{ plainToken: string; encryptedToken: string } | null>;
  meetings(account: ZoomAccount): Meetings;
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

export interface GraphHost {
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

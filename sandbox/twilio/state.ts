import { cast } from '../cast.ts';
import { openStore, type Store } from '../kit/store.ts';

export interface Account {
  accountSid: string;
  authToken: string;
  number: string;
}

export interface CallRecord {
  sid: string;
  accountSid: string;
  from: string;
  to: string;
  status: 'queued' | 'ringing' | 'in-progress' | 'completed' | 'failed' | 'busy' | 'no-answer' | 'canceled';
  /** `inbound` unless said. */
  direction?: 'outbound-api' | 'outbound-dial';
  parent?: string;
  startedAt: number;
  endedAt?: number;
}

export interface TwilioState {
  accounts: Account[];
  calls: Record<string, CallRecord>;
}

export const openState = (file: string | undefined): Store<TwilioState> =>
  openStore(file, () => ({ accounts: [{ ...cast.twilio.hubspot }, { ...cast.twilio.salesforce }], calls: {} }));

import {
  callingSessionView,
  type DialView,
  dialView,
  myPhoneView,
  phoneCall,
  type RingingView,
  ringingView,
} from '../../../shared/contracts/phone.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { asker, type Said } from '../ask.ts';

export type { Said } from '../ask.ts';

const service = asker({
  kept: localStorage,
  key: 'calling.session',
  away: 'Relationship OS could not be reached. Nothing was lost; try again in a minute.',
});

export const { isSignedIn } = service;

/** True when the code was good: from then on this browser is known, for a week. */
export const signIn = (code: string): Promise<Said<true>> => service.signIn('/calling/session', callingSessionView, { code });

export const dial = (record: RecordRef, body: { requestId: string; number: string }): Promise<Said<DialView>> =>
  service.ask('POST', `/calling/v1/record/${record.object}/${record.id}/call`, dialView, body);
export const ringing = (since: number): Promise<Said<RingingView>> =>
  service.ask('GET', `/calling/v1/calls/ringing?since=${since}`, ringingView);
export const hangUp = (callId: string) =>
  service.ask('POST', `/calling/v1/calls/${callId}/hang-up`, phoneCall, { requestId: crypto.randomUUID() });
export const saveMyPhone = (number: string) =>
  service.ask('POST', '/calling/v1/settings/my-phone', myPhoneView, { requestId: crypto.randomUUID(), number });

import type { MissedWhy } from '../contracts/capture.ts';
import type { Consent } from '../contracts/guidance.ts';
import { mayKeep } from './consent/consent.ts';

/** What a call's row says of whether it was heard. */
export interface KnownCall {
  status: 'live' | 'ended' | 'transcribed' | 'understood' | 'failed';
  consent: Consent;
  /** As it was decided when it happened. */
  missed: MissedWhy | null;
  isErased: boolean;
  /** Its words are kept. */
  hasWords: boolean;
}

/** caught, or why not; null while nobody can say yet. */
export function caughtOr(call: KnownCall): 'caught' | MissedWhy | null {
  if (call.missed !== null) return call.missed;
  if (call.isErased) return 'erased';
  if (call.status === 'live' || call.status === 'ended') return null;
  if (call.hasWords) return 'caught';
  if (call.consent === 'refused') return 'refused';
  if (!mayKeep(call.consent)) return 'no-consent';
  return call.status === 'failed' ? 'failed' : 'no-words';
}

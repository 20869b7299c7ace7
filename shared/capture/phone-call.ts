import type { PhonePhase } from '../contracts/phone.ts';
import { never } from '../kit/must.ts';

/** Why a call came to nothing, or how it ended before anybody talked. */
export type PhoneWhy =
  | 'rep-busy'
  | 'rep-no-answer'
  | 'rep-unreachable'
  | 'customer-busy'
  | 'customer-no-answer'
  | 'customer-unreachable'
  | 'hung-up'
  | 'invalid-number'
  | 'no-caller-id'
  | 'not-allowed-there'
  | 'no-funds'
  | 'account-shut'
  | 'network';

/** What of a bridged call decides what comes next. */
export interface PhoneState {
  direction: 'out' | 'in';
  phase: PhonePhase;
  why: PhoneWhy | null;
}

export type LegStatus = 'ringing' | 'answered' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/** leg: the network tells of one of the two phones. Anything may come twice, late, or in another order. */
export type PhoneHeard =
  | { is: 'placed' }
  | { is: 'refused'; why: PhoneWhy }
  | { is: 'leg'; leg: 'rep' | 'customer'; status: LegStatus }
  /** Somebody at the rep's phone pressed the key; a voicemail presses none. */
  | { is: 'accepted' }
  | { is: 'hung-up' };

const order: readonly PhonePhase[] = ['asked', 'ringing-rep', 'ringing-customer', 'talking', 'ended', 'failed'];
export const isOver = ({ phase }: Pick<PhoneState, 'phase'>): boolean => phase === 'ended' || phase === 'failed';

/** Never back: a late word of an earlier moment changes nothing. The same object when nothing changed. */
export function hearPhone(call: PhoneState, heard: PhoneHeard): PhoneState {
  switch (heard.is) {
    case 'placed':
      return onwards(call, 'ringing-rep');
    case 'refused':
      return call.phase === 'asked' ? over(call, 'failed', heard.why) : call;
    case 'hung-up':
      return isOver(call) ? call : over(call, 'ended', call.phase === 'talking' ? null : 'hung-up');
    case 'accepted':
      return onwards(call, call.direction === 'out' ? 'ringing-customer' : 'talking');
    case 'leg':
      return hearLeg(call, heard.leg, heard.status);
    default:
      return never(heard);
  }
}

function hearLeg(call: PhoneState, leg: 'rep' | 'customer', status: LegStatus): PhoneState {
  // Who was rung last brings both together: the customer of a call out, the rep of a call in.
  const last = call.direction === 'out' ? 'customer' : 'rep';
  if (status === 'ringing')
    return onwards(call, leg === 'rep' ? 'ringing-rep' : call.direction === 'out' ? 'ringing-customer' : call.phase);
  // A rep's phone that was picked up may be a voicemail: the rep is there when they say so.
  if (status === 'answered') return onwards(call, leg === 'customer' && call.direction === 'out' ? 'talking' : call.phase);
  const missed = missedWhy(call, leg, status);
  // The other phone's goodbye may come before the word why there was nobody to talk to.
  if (call.phase === 'ended' && call.why === 'hung-up' && missed !== null && leg === last) return over(call, 'failed', missed);
  if (isOver(call)) return call;
  if (call.phase === 'talking') return over(call, 'ended', null);
  return missed === null ? over(call, 'ended', 'hung-up') : over(call, 'failed', missed);
}

function missedWhy({ phase }: PhoneState, leg: 'rep' | 'customer', status: Exclude<LegStatus, 'ringing' | 'answered'>): PhoneWhy | null {
  if (status === 'canceled') return null;
  // Picked up and laid down again, by a voicemail or by a rep who did not take it.
  if (status === 'completed') return leg === 'rep' && (phase === 'asked' || phase === 'ringing-rep') ? 'rep-no-answer' : null;
  return missedBy[leg][status];
}

const missedBy = {
  rep: { busy: 'rep-busy', 'no-answer': 'rep-no-answer', failed: 'rep-unreachable' },
  customer: { busy: 'customer-busy', 'no-answer': 'customer-no-answer', failed: 'customer-unreachable' },
} as const;

const onwards = (call: PhoneState, phase: PhonePhase): PhoneState =>
  order.indexOf(phase) > order.indexOf(call.phase) && !isOver(call) ? { ...call, phase } : call;
const over = (call: PhoneState, phase: 'ended' | 'failed', why: PhoneWhy | null): PhoneState => ({ ...call, phase, why });

/** What came of it, for the rep. `name` is the customer. */
export function sayWhy({ direction, why }: Pick<PhoneState, 'direction' | 'why'>, name: string): string | null {
  if (why === null) return null;
  if (direction === 'in' && why !== 'hung-up') return `You missed ${name}.`;
  switch (why) {
    case 'rep-busy':
      return `Your phone was busy, so ${name} was not called.`;
    case 'rep-no-answer':
      return `You did not pick up, so ${name} was not called.`;
    case 'rep-unreachable':
      return `Your phone could not be reached, so ${name} was not called. Check its number.`;
    case 'customer-busy':
      return `${name} is busy.`;
    case 'customer-no-answer':
      return `${name} did not pick up.`;
    case 'customer-unreachable':
      return `${name}’s number could not be reached. Check it in the CRM.`;
    case 'hung-up':
      return direction === 'in' ? `${name} hung up before anybody picked up.` : `Hung up before ${name} picked up.`;
    case 'invalid-number':
      return 'The telephone network does not know your phone’s number. Check it.';
    case 'no-caller-id':
      return 'Your company’s number is not verified with Twilio, so nobody was called. Ask an admin to verify it there.';
    case 'not-allowed-there':
      return 'Your Twilio account may not call this country. Ask an admin to allow it there.';
    case 'no-funds':
      return 'Your Twilio account is not active or has no funds left, so nobody was called. Ask an admin to look there.';
    case 'account-shut':
      return 'Twilio no longer accepts your company’s account token. Ask an admin to connect the telephone account again.';
    case 'network':
      return 'Twilio could not be reached, so nobody was called. Try again in a minute.';
    default:
      return never(why);
  }
}

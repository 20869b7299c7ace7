import type { PhoneWhy } from '../../shared/capture/phone-call.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { DeskCall } from './line-desk.ts';

export type TelephoneAccount = Pick<DeskCall, 'account' | 'secret'>;

/** `isUnsure`: it may ring for all we know, so look before another try. */
export type Rung = { ok: true; externalId: string } | { ok: false; why: PhoneWhy; isUnsure: boolean };

/** A telephone network that rings people for us and brings them together. It has no idempotency keys: who asks remembers what was asked. */
export interface Telephone {
  /** Rings `to` with `from` shown. Once somebody picks up, `answerUrl` is asked what to do; `toldUrl` hears how it goes. */
  ring(account: TelephoneAccount, ask: { to: string; from: string; answerUrl: string; toldUrl: string; ringS: number }): Promise<Rung>;

  /** A call from here to there that we had begun since then, if there is one: newest first. */
  findRung(account: TelephoneAccount, ask: { to: string; from: string; sinceMs: number }): Promise<Result<string | null>>;

  /** Ends it, ringing or answered. Over already is fine. */
  hangUp(call: DeskCall): Promise<Result<true>>;

  /** Asks who picked up to press a key (`question`); `acceptedUrl` is asked what to do then. Who presses none, as a voicemail, is hung up on. */
  accept(ask: { question: string; acceptedUrl: string }): { body: string; contentType: string };

  /** Rings another phone of ours for who has called; whoever picks up is asked by `acceptUrl` first. */
  ringNext(to: { dial: string; acceptUrl: string; toldUrl: string; ringS: number }): { body: string; contentType: string };

  /** What the network does with who has picked up: rings the customer; `announceUrl` says what they hear first, alone. */
  bridge(to: { dial: string; from: string; announceUrl: string; toldUrl: string; ringS: number }): { body: string; contentType: string };

  /** Says this to who has picked up, before they are connected; null: nothing. */
  say(words: string | null): { body: string; contentType: string };

  /** Nobody is to be called any more. */
  goodbye(): { body: string; contentType: string };
}

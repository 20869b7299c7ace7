/** One contact between one of ours and one other person. */
export interface Touch {
  /** ISO 8601. */
  at: string;
  /** How long it took; 0 where length means nothing. */
  minutes: number;
  /** `call`, `meeting`, `email`, `message`, `sms` or `intro`; anything else counts as a message. */
  channel: string;
  /** Who spoke to whom, seen from us; a conversation, which is the default, goes both ways. */
  way?: Way;
  /** How many other people took part beside the one who wrote or spoke; 1 is a conversation of two, the default. */
  others?: number;
  /** Sent by a machine or to a list. */
  bulk?: boolean;
}

export type Way = 'in' | 'out' | 'both';

// A meeting is worth three mails and a message half of one; an accepted introduction is the best proof there is.
const weights: Record<string, number> = { intro: 5, meeting: 3, call: 3, email: 1, message: 0.5, sms: 0.5 };
const fullMinutes = 15;
// Beyond this many people, being there together says nothing about any two of them.
const mostOthers = 20;

/** How much a contact says about the two who had it: 0 for what says nothing, 5 for an accepted introduction. */
export function weighTouch({ channel, minutes, others = 1, bulk = false }: Touch): number {
  if (bulk || !(others <= mostOthers)) return 0;
  const weight = (weights[channel] ?? 0.5) / (1 + Math.log2(Math.max(1, others)));
  // A missed or minute-long call is a quarter of a real one.
  return channel === 'call' || channel === 'meeting' ? weight * (0.25 + 0.75 * Math.min(1, Math.max(0, minutes) / fullMinutes)) : weight;
}

import { cast } from '../cast.ts';
import { sampleCall } from '../sample-call/read.ts';
import type { Tracks } from './line.ts';

/** The rep's own phone calling out, or rung first, puts the rep on the inbound track; anybody else is the customer. */
export function tracksFrom(phone: string): Tracks {
  const { rep, customer } = sampleCall().tracks;
  return phone === cast.rep.phone ? { inbound: rep.audio, outbound: customer.audio } : { inbound: customer.audio, outbound: rep.audio };
}

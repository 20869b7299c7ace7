import { setTimeout as pause } from 'node:timers/promises';
import { type Card, hubspotCard, requestId, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import type { SampleCall } from '../sample-call/read.ts';
import type { Sandbox } from '../start.ts';
import type { Books } from './books.ts';
import { SECRET_MS, type Talk, talkOf } from './talk.ts';

/** What happens to one call on its way. */
export interface Fate {
  consent: 'granted' | 'refused' | 'none';
  loses: number;
  repeats: number;
  disorders: number;
  cutAtMs?: number;
  stallAtMs?: number;
  dice(): number;
}

export interface RanCall {
  fate: Fate;
  talk: Talk;
  callSid: string;
  /** Our id of it; undefined when nobody took it. */
  callId?: string;
  /** Time of the call at which the consent was asked to be taken, and when that was answered; undefined when nobody said yes. */
  askedMs?: number;
  takenMs?: number;
  /** When we were first sent its audio: our time of the call counts from there. */
  streamsFromMs?: number;
}

const STALL_MS = 2_000;
const patienceMs = 30_000;

/** A customer calls, is asked, and talks to the end. */
export async function runCall(sandbox: Sandbox, books: Books, sample: SampleCall, fate: Fate): Promise<RanCall> {
  const talk = talkOf(sample, fate.consent === 'granted');
  const { loses, repeats, disorders, dice } = fate;
  const { faults } = sandbox.twilio;
  faults.roughNext({
    loses,
    repeats,
    disorders,
    dice,
    stallMs: STALL_MS,
    ...(fate.stallAtMs === undefined ? {} : { stallAtMs: fate.stallAtMs }),
  });
  if (fate.cutAtMs !== undefined) faults.cutStreamNext(fate.cutAtMs);
  const line = await sandbox.twilio.placeCall({
    account: cast.twilio.hubspot,
    from: cast.customer.phone,
    to: cast.twilio.hubspot.number,
    voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
    tracks: talk.tracks,
  });
  const ran: RanCall = { fate, talk, callSid: line.callSid };
  // The network could not put it through: the customer hears its own message, and calls again.
  if (!Number.isFinite(line.nowMs())) return ran;
  const booked = await again(() => books.callOf(line.callSid), 5_000);
  if (booked) ran.callId = booked.id;
  if (booked && fate.consent !== 'none') {
    while (line.nowMs() < SECRET_MS + 200) await pause(10);
    const card: Card = hubspotCard(sandbox);
    const askedMs = line.nowMs();
    const taken = await again(
      async () =>
        unwrap<{ consent: string }>(await card.post(`/v1/calls/${booked.id}/consent`, { requestId: requestId(), consent: fate.consent })),
      patienceMs,
    );
    if (taken?.consent === 'granted') Object.assign(ran, { askedMs, takenMs: line.nowMs() });
  }
  await line.done;
  const streamsFromMs = line.streamsFromMs();
  return streamsFromMs === undefined ? ran : { ...ran, streamsFromMs };
}

/** Asks until there is an answer, through whatever breaks meanwhile; undefined when the time is over. */
export async function again<T>(ask: () => Promise<T | null | undefined>, forMs: number): Promise<T | undefined> {
  const endsAt = Date.now() + forMs;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && answer !== null) return answer;
    if (Date.now() > endsAt) return undefined;
    await pause(150);
  }
}

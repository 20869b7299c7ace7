import { setTimeout as pause } from 'node:timers/promises';
import { type Call, signed } from './calls.ts';

export interface Sent {
  call: Call;
  /** When its sender hung up and began to hand it over. */
  startedMs: number;
  /** When we said that we have it. */
  ackedMs: number;
}

const atOnce = 24;
const patienceMs = 5_000;
const firstWaitMs = 500;
const lastWaitMs = 10_000;

/**
 * Hands calls over as a dialler does: a try of 5 s, then again later and later until it is taken. `perSecond` new ones a second; a share
 * of them is sent twice, or a little later than the next ones. Calls of one deal keep their order.
 */
export async function handOver(
  worker: string,
  publicUrl: string,
  calls: readonly Call[],
  perSecond: number,
  random: () => number,
  told: (sent: Sent, tries: number) => void,
): Promise<void> {
  const queue = [...calls];
  const deals = new Map<string, Promise<void>>();
  const startMs = Date.now();
  let begun = 0;

  async function one(call: Call): Promise<void> {
    const deal = `${call.account.n}/${call.dealId}`;
    const before = deals.get(deal);
    const mine = (async () => {
      await before;
      const startedMs = Date.now();
      let waitMs = firstWaitMs;
      for (let tries = 1; ; tries++) {
        const isTaken = await send(worker, publicUrl, call);
        if (isTaken) {
          told({ call, startedMs, ackedMs: Date.now() }, tries);
          if (random() < 0.1) await send(worker, publicUrl, call);
          return;
        }
        await pause(waitMs * (0.5 + random()));
        waitMs = Math.min(lastWaitMs, waitMs * 2);
      }
    })();
    deals.set(deal, mine);
    await mine;
  }

  const hands = Array.from({ length: atOnce }, async () => {
    for (let call = queue.shift(); call; call = queue.shift()) {
      const dueMs = startMs + (begun++ / perSecond) * 1_000;
      await pause(Math.max(0, dueMs - Date.now()));
      await one(call);
    }
  });
  await Promise.all(hands);
}

async function send(worker: string, publicUrl: string, { account, body }: Call): Promise<boolean> {
  const { url, secret } = account.source;
  try {
    const answer = await fetch(worker + url.slice(publicUrl.length), {
      method: 'POST',
      headers: signed(secret, body, Date.now()),
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.arrayBuffer();
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) throw new Error(`A call was refused: ${answer.status}`);
    return answer.ok;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('A call was refused')) throw error;
    return false;
  }
}

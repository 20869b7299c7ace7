import { type CallMemory, isTelephone } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import type { LineClock } from './line-clock.ts';
import type { SafetyNet } from './safety-net.ts';

/** A line that works sends a frame every 20 ms, in silence too. */
const DEAF_LINE_MS = 4_000;
const SOON_MS = 200;
const AGAIN_MS = 2_000;
const COME_BACK_MS = 10_000;
const PAST = 'past';

export interface BringBackDeps {
  ctx: DurableObjectState;
  services(): GuideServices;
  call: CallMemory;
  clock: LineClock;
  net: SafetyNet;
}

/** Brings a line back that broke or fell silent without a goodbye, and keeps the network's own recording in step with the consent. */
export class BringBack {
  readonly #it: BringBackDeps;

  constructor(it: BringBackDeps) {
    this.#it = it;
  }

  /** The newest line has the call: each counts its own time, and two of them would be two clocks. */
  tookOver(socket: WebSocket): void {
    for (const line of this.#lines()) {
      if (line === socket) continue;
      line.serializeAttachment(PAST);
      line.close(1000, 'taken over');
    }
  }

  /** A line that another one took over from: what it still says counts no more. */
  isPast(socket: WebSocket): boolean {
    return socket.deserializeAttachment() === PAST;
  }

  #lines(): WebSocket[] {
    return this.#it.ctx.getWebSockets('line').filter((line) => !this.isPast(line));
  }

  /** A socket closed without a goodbye: looked after in a moment. */
  async broke(socket: WebSocket): Promise<void> {
    const { ctx, services, call, net } = this.#it;
    if (this.isPast(socket) || this.#lines().some((line) => line !== socket)) return;
    net.broke(call.durationMs);
    await ctx.storage.setAlarm(services().now() + SOON_MS);
  }

  /** `silentMs`: since the last frame. Answers whether the call is over. */
  async look(silentMs: number): Promise<boolean> {
    const { ctx, services, call, clock, net } = this.#it;
    if (!call.facts) return false;
    const lines = this.#lines();
    if (lines.length === 0 || silentMs >= DEAF_LINE_MS) {
      net.broke(call.durationMs);
      const asked = await services().network.streamAgain(call.facts);
      // Where nobody can be asked, whoever sends has a moment to come back.
      if (asked === 'over' || (!isTelephone(call) && lines.length === 0 && silentMs >= COME_BACK_MS)) return true;
      // Only now: a socket that is closed before another one is asked for would end the call.
      if (asked === 'asked') for (const line of lines) line.close(1011);
      await ctx.storage.setAlarm(services().now() + AGAIN_MS);
    }
    if (call.session?.consent === 'granted') await net.spread(call.facts, () => clock.nowMs());
    // Asked again where it could not be stopped.
    else await net.fold(call.facts, clock.nowMs());
    return false;
  }
}

import type { AudioLog } from './audio-log.ts';
import type { CallMemory } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import type { CardTrail } from './card-trail.ts';
import type { ConsentTrail } from './consent-trail.ts';
import type { SafetyNet } from './safety-net.ts';

const RETRY_MS = 5_000;
const SOON_MS = 200;
const AGAIN_MS = 2_000;
/** How long a recording of the network's is waited for after the call. */
const MEND_MAX_MS = 180_000;

export interface CallEndDeps {
  storage: DurableObjectStorage;
  services(): GuideServices;
  call: CallMemory;
  audio: AudioLog;
  net: SafetyNet;
  consent: ConsentTrail;
  cards: CardTrail;
}

/** The end of a call: its recording mended and kept, its end told, everything here forgotten. Broken off anywhere, the alarm goes on with it. */
export class CallEnd {
  readonly #it: CallEndDeps;
  #running: Promise<void> | undefined;

  constructor(it: CallEndDeps) {
    this.#it = it;
  }

  get running(): Promise<void> | undefined {
    return this.#running;
  }

  /** Once at a time; a second asker waits for the first. `mayMend`: what the network recorded may be waited for. */
  run(mayMend = false): Promise<void> {
    this.#running ??= this.#end(mayMend).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #end(mayMend: boolean): Promise<void> {
    const { storage, services, call, audio, net, consent, cards } = this.#it;
    const { facts } = call;
    if (!facts || call.isFinished || call.isDestroyed) return;
    await storage.setAlarm(services().now() + RETRY_MS);
    await consent.storeLast();
    if (this.#isMissingSome()) {
      const endedAtMs = (await storage.get<number>('endedAtMs')) ?? services().now();
      if (!mayMend) {
        await storage.put('endedAtMs', endedAtMs);
        // First what we have: the network may never answer.
        await services().endCall(facts, call.durationMs, await this.#keep(), MEND_MAX_MS * 2);
        return storage.setAlarm(services().now() + SOON_MS);
      }
      const isLate = services().now() - endedAtMs > MEND_MAX_MS;
      if (!isLate && (await net.mend(facts, audio)) === 'later') return storage.setAlarm(services().now() + AGAIN_MS);
      call.durationMs = Math.max(call.durationMs, audio.reachedMs());
    }
    const audioKey = await this.#keep();
    if (call.isDestroyed) return;
    await services().endCall(facts, call.durationMs, audioKey);
    await cards.keep();
    await services().enqueue({ kind: 'call-ended', tenantId: facts.tenantId, callId: facts.callId });
    // Before we forget: a recording that could not be deleted there is deleted when the alarm comes.
    await net.drop(facts);
    call.isFinished = true;
    await storage.put('finished', true);
    audio.clear();
    await storage.deleteAlarm();
  }

  /** What is kept was heard with consent, whatever became of that since; a no has emptied it. */
  #mayKeep(): boolean {
    const consent = this.#it.call.session?.consent;
    return consent === 'granted' || (consent !== 'refused' && !this.#it.audio.isEmpty());
  }

  #isMissingSome(): boolean {
    const { call, audio, net } = this.#it;
    return this.#mayKeep() && net.isNeeded(audio, call.durationMs);
  }

  async #keep(): Promise<string | undefined> {
    const { services, call, audio } = this.#it;
    if (!call.facts || !this.#mayKeep() || audio.isEmpty()) return undefined;
    return services().archive(call.facts, (role) => audio.of(role), call.durationMs);
  }
}

import type { Session } from '../../shared/guide/session.ts';
import { log } from '../http/log.ts';
import type { AudioLog } from './audio-log.ts';
import type { CallMemory } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import type { LineClock } from './line-clock.ts';
import type { SafetyNet } from './safety-net.ts';

export interface ConsentTrailDeps {
  ctx: DurableObjectState;
  services(): GuideServices;
  call: CallMemory;
  clock: LineClock;
  audio: AudioLog;
  net: SafetyNet;
}

/** What follows from every change of consent: it is noted, a no empties what was kept, and the network records exactly while there is a yes. */
export class ConsentTrail {
  readonly #it: ConsentTrailDeps;
  #saving: Promise<void> = Promise.resolve();
  #isUnsaved = false;

  constructor(it: ConsentTrailDeps) {
    this.#it = it;
  }

  changed(session: Session): void {
    if (session.consent === 'refused') this.#it.audio.clear();
    this.#tape(session.consent);
    this.#note(session);
  }

  /** Rejects when the last change could not be stored. */
  stored(): Promise<void> {
    return this.#saving;
  }

  /** Once more what could not be stored when it was said. */
  storeLast(): Promise<void> {
    if (this.#it.call.session && this.#isUnsaved) this.#note(this.#it.call.session);
    return this.#saving;
  }

  /** Who, when and how, one after the other. */
  #note({ consent, consentBy, consentAtMs, asking }: Session): void {
    const { ctx, services, call } = this.#it;
    const { facts } = call;
    if (!facts) return;
    const how = { rule: asking.rule, callMs: Math.round(consentAtMs ?? 0) };
    this.#isUnsaved = true;
    this.#saving = this.#saving
      .catch(() => undefined)
      .then(() => services().saveConsent(facts, consent, consentBy ?? '', how))
      .then(() => {
        this.#isUnsaved = false;
      });
    ctx.waitUntil(this.#saving.catch(() => log({ at: 'call', what: 'consent-not-noted', level: 'warn', trace: facts.callId })));
  }

  #tape(consent: Session['consent']): void {
    const { ctx, call, clock, net } = this.#it;
    const { facts } = call;
    if (!facts) return;
    const work = async () => {
      if (consent === 'granted') {
        await net.spread(facts, () => clock.nowMs());
        // Destroyed, or no longer agreed to, while the network was asked for a recording.
        if (call.isDestroyed) await net.drop(facts);
        else if (call.session?.consent !== 'granted') await net.fold(facts, clock.nowMs());
        return;
      }
      await net.fold(facts, call.durationMs);
      if (consent === 'refused') await net.drop(facts);
    };
    ctx.waitUntil(work().catch(() => log({ at: 'call', what: 'not-taped', level: 'warn', trace: facts.callId })));
  }
}

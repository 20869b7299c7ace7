import { cardLog } from '../../shared/guide/card-log.ts';
import { paintedAt } from '../../shared/guide/painted.ts';
import type { Heard } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import type { CallMemory } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import type { LineClock } from './line-clock.ts';

export interface CardTrailDeps {
  ctx: Pick<DurableObjectState, 'waitUntil'>;
  services(): GuideServices;
  call: CallMemory;
  clock: LineClock;
  take(heard: Heard): void;
}

const SENT_MAX = 50;

/** What earlier calls taught comes in, how long each card took to a screen is noted, and what became of them is kept at the end. */
export class CardTrail {
  readonly #it: CardTrailDeps;
  /** When each card left us, our clock. After an eviction nobody knows, and a screen's own word counts for nothing. */
  readonly #sentMs = new Map<string, number>();

  constructor(it: CardTrailDeps) {
    this.#it = it;
  }

  /** Nobody waits for it: until it is known, the rep is anybody. */
  learn(): void {
    const { ctx, services, call, take } = this.#it;
    const { facts } = call;
    if (!facts) return;
    const learnt = services()
      .learnedOf(facts)
      .then((learned) => take({ type: 'learned', learned }));
    ctx.waitUntil(learnt.catch(() => log({ at: 'call', what: 'nothing-learned', level: 'warn', trace: facts.callId })));
  }

  sent(cardId: string): void {
    if (this.#sentMs.has(cardId)) return;
    this.#sentMs.set(cardId, this.#it.services().now());
    for (const oldest of this.#sentMs.keys()) if (this.#sentMs.size > SENT_MAX) this.#sentMs.delete(oldest);
  }

  /** `saidMs`: the screen's own clock. */
  painted(cardId: string, saidMs: number): void {
    const { services, clock, take } = this.#it;
    const heardMs = services().now();
    const atMs = paintedAt({ saidMs, sentMs: this.#sentMs.get(cardId) ?? heardMs, heardMs });
    take({ type: 'painted', cardId, atMs: clock.nowMs() - (heardMs - atMs) });
  }

  /** Once the call is over. Again is the same. */
  async keep(): Promise<void> {
    const { services, call } = this.#it;
    if (!call.facts || !call.session) return;
    await services().saveGuidance(call.facts, cardLog(call.session), Math.round(call.facts.startedAtMs + call.session.nowMs));
    await services().saveMarks(call.facts, call.session.flags ?? []);
  }
}

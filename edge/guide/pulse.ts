import type { GuidanceDown, Hearing } from '../../shared/contracts/guidance.ts';
import { monologueMs, paceNow } from '../../shared/guide/moments/floor.ts';
import { noMoments } from '../../shared/guide/moments/state.ts';
import { type Session, snapshot } from '../../shared/guide/session.ts';

type Pulsed = Extract<GuidanceDown, { type: 'stat' | 'health' }>;
/** What the call costs, and why nobody guides it where that is so. */
export type Cost = Pick<Extract<Pulsed, { type: 'stat' }>, 'spend' | 'unguided'>;

const STAT_MS = 1_000;
/** Words that come later than this after they were said are told to be late. */
const BEHIND_MS = 4_000;

/** What a screen shows beside the words: how the talk stands, at most once a second, and how well it is heard, when that changes. */
export class Pulse {
  readonly #tell: (frame: Pulsed) => void;
  readonly #cost: () => Cost;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #stat = '';
  #speech: Hearing = 'listening';

  constructor(tell: (frame: Pulsed) => void, cost: () => Cost) {
    this.#tell = tell;
    this.#cost = cost;
  }

  /** Something was understood. `lagMs`: how far the words are behind the line. */
  heard(session: Session, lagMs: number): void {
    this.#hears(lagMs > BEHIND_MS ? 'behind' : 'listening', lagMs);
    this.stand(session);
  }

  /** Says how the talk stands, where that is news. */
  stand(session: Session): void {
    if (session.nowMs - this.#toldAtMs < STAT_MS) return;
    const moments = session.moments ?? noMoments;
    const stat: Pulsed = {
      type: 'stat',
      talkShareRep: snapshot(session).talkShareRep,
      monologueMs: monologueMs(moments, session.nowMs),
      wordsPerMinute: paceNow(moments, []),
      ...this.#cost(),
    };
    const text = JSON.stringify(stat);
    if (text === this.#stat) return;
    this.#stat = text;
    this.#toldAtMs = session.nowMs;
    this.#tell(stat);
  }

  get hearing(): Hearing {
    return this.#speech;
  }

  /** A recogniser went away by itself. */
  lost(): void {
    this.#hears('away', 0);
  }

  #hears(speech: Hearing, lagMs: number): void {
    if (speech === this.#speech) return;
    this.#speech = speech;
    this.#tell({ type: 'health', speech, lagMs: Math.max(0, Math.round(lagMs)) });
  }
}

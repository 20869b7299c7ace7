import { type Activity, activityAt, neverSeen, rankFactor, see } from '../../shared/relate/activity.ts';
import { addTouch, momentumAt, stranger, type Tie, turn } from '../../shared/relate/tie.ts';
import { weighTouch } from '../../shared/relate/touch.ts';
import { trustAt } from '../../shared/relate/trust.ts';
import type { Row } from './read.ts';

/** Everybody's ties and activity as of the last touch added; touches come in order of time. */
export class Network {
  readonly #ties = new Map<string, Tie>();
  readonly #sent = new Map<string, Activity>();
  readonly #seen = new Map<string, Activity>();

  add({ from, to, touch, atMs }: Row): void {
    if (weighTouch(touch) === 0) return;
    // A pair is kept once, seen from the one whose name comes first.
    const [us, them] = from < to ? [from, to] : [to, from];
    const key = `${us} ${them}`;
    const tie = addTouch(this.#ties.get(key) ?? stranger, { ...touch, way: from === us ? 'out' : 'in' });
    if (tie) this.#ties.set(key, tie);
    this.#sent.set(from, see(this.#sent.get(from) ?? neverSeen, atMs));
    for (const who of [from, to]) this.#seen.set(who, see(this.#seen.get(who) ?? neverSeen, atMs));
  }

  /** `reply` ranks who writes to ego, `reach` whom ego writes to, `trust` is the probability of the first within 28 days. */
  judge(ego: string, other: string, atMs: number): { reach: number; reply: number; trust: number } {
    const tie = this.#tie(ego, other);
    return {
      reach: momentumAt(turn(tie), atMs) * rankFactor(activityAt(this.#seen.get(other) ?? neverSeen, atMs)),
      reply: momentumAt(tie, atMs) * rankFactor(activityAt(this.#sent.get(other) ?? neverSeen, atMs)),
      trust: trustAt(tie, atMs),
    };
  }

  #tie(us: string, them: string): Tie {
    const kept = this.#ties.get(us < them ? `${us} ${them}` : `${them} ${us}`) ?? stranger;
    return us < them ? kept : turn(kept);
  }
}

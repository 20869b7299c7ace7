import { dice } from '../kit/dice.ts';
import { json } from './answer.ts';
import { tooMany } from './limits.ts';

/**
 * What can go wrong on the way.
 * `rate-limit` 429 before anything happened · `fail-before` 500 before · `fail-after` 500 although it happened ·
 * `timeout` no answer for `hangMs`, although it happened · `truncate` 200 with half its JSON.
 */
type FaultKind = 'rate-limit' | 'fail-before' | 'fail-after' | 'timeout' | 'truncate';

export interface FaultPlan {
  /** Share of CRM requests that meet a fault, 0..1. */
  share: number;
  kinds: readonly FaultKind[];
  /** The same seed meets the same requests. */
  seed?: number;
  hangMs?: number;
  /** Only these requests; all CRM requests when absent. */
  only?: (method: string, path: string) => boolean;
}

export interface Faults {
  set(plan: FaultPlan | undefined): void;
  /** The answer a request gets, with the plan's fault on it. `carryOut` is not called when the fault comes before. */
  meet(method: string, path: string, carryOut: () => Response): Promise<Response>;
  met(): number;
}

/** Off until `set`. */
export function openFaults(first: FaultPlan | undefined): Faults {
  let plan: FaultPlan | undefined;
  let random = () => 1;
  let met = 0;
  const set = (next: FaultPlan | undefined) => {
    plan = next;
    random = dice(next?.seed ?? 1);
  };
  set(first);
  return {
    set,
    met: () => met,
    async meet(method, path, carryOut) {
      if (!plan || (plan.only && !plan.only(method, path)) || random() >= plan.share) return carryOut();
      met++;
      const kind = plan.kinds[Math.floor(random() * plan.kinds.length)];
      if (kind === 'rate-limit') return tooMany('TEN_SECONDLY_ROLLING');
      if (kind === 'fail-before') return broken();
      const answered = carryOut();
      if (kind === 'fail-after') return broken();
      if (kind === 'truncate') {
        const text = await answered.text();
        return new Response(text.slice(0, Math.floor(text.length / 2)), {
          status: answered.status === 204 ? 200 : answered.status,
          headers: { 'content-type': 'application/json' },
        });
      }
      await hang(plan.hangMs ?? 12_000);
      return broken();
    },
  };
}

const broken = () => json(500, { status: 'error', message: 'internal error', category: 'INTERNAL_ERROR' });

/** The process may end meanwhile. */
const hang = (ms: number) =>
  new Promise<void>((done) => {
    setTimeout(done, ms).unref();
  });

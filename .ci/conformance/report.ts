import type { Exchange } from '../../sandbox/kit/serve.ts';
import { senderOf } from './not-ours.ts';
import type { Verdict } from './operation.ts';

/** A finding that stands although we are right, with the reason. `said` is the finding's own sentence. */
export interface Excuse {
  vendor: string;
  operation: string;
  said: string;
  because: string;
}

export interface Report {
  /** `vendor METHOD path: what is wrong`, each once. */
  findings: string[];
  /** Excuses that were needed, with how many requests needed them. */
  excused: (Excuse & { times: number })[];
  checked: number;
  byVendor: Record<string, number>;
  /** Vendor → requests that nobody's specification speaks of. */
  uncovered: Record<string, number>;
  /** Who sent them → how many. */
  notOurs: Record<string, number>;
  /** `vendor METHOD path` → requests. */
  operations: Record<string, number>;
}

export type Checks = ReadonlyMap<string, (exchange: Exchange) => Verdict>;

export function report(exchanges: readonly Exchange[], checks: Checks, excuses: readonly Excuse[]): Report {
  const findings = new Set<string>();
  const times = new Map<Excuse, number>();
  const made: Report = { findings: [], excused: [], checked: 0, byVendor: {}, uncovered: {}, notOurs: {}, operations: {} };
  for (const exchange of exchanges) {
    const { vendor } = exchange;
    const sender = senderOf(exchange);
    const check = checks.get(vendor);
    if (sender) count(made.notOurs, sender);
    else if (!check) count(made.uncovered, vendor);
    else {
      const { operation, findings: said } = check(exchange);
      made.checked += 1;
      count(made.byVendor, vendor);
      count(made.operations, `${vendor} ${operation}`);
      for (const one of said) {
        const excuse = excuses.find((it) => it.vendor === vendor && it.operation === operation && it.said === one);
        if (excuse) times.set(excuse, (times.get(excuse) ?? 0) + 1);
        else findings.add(`${vendor} ${operation}: ${one}`);
      }
    }
  }
  made.findings = [...findings];
  made.excused = [...times].map(([excuse, n]) => ({ ...excuse, times: n }));
  return made;
}

const count = (tally: Record<string, number>, name: string) => {
  tally[name] = (tally[name] ?? 0) + 1;
};

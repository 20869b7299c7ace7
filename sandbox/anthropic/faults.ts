/** `cut` runs out of tokens, `slow` answers after two seconds, `malformed` breaks its promise of JSON, `thinks` thinks aloud first. */
export type Fault = 'rate-limit' | 'overloaded' | 'broken' | 'refusal' | 'slow' | 'malformed' | 'cut' | 'thinks';

export interface Faults {
  /** The next `times` requests go wrong like this. */
  next(fault: Fault, times?: number): void;
}

export function faults(): Faults & { take(): Fault | undefined } {
  const queue: Fault[] = [];
  return {
    next(fault, times = 1) {
      for (let at = 0; at < times; at++) queue.push(fault);
    },
    take: () => queue.shift(),
  };
}

/**
 * `rate-limit` and `overloaded` say to come back at once, `later` in half a minute; `cut` runs out of tokens, `slow` answers after two
 * seconds, `malformed` breaks its promise of JSON, `thinks` thinks aloud first. Of a stream alone: `trouble` tells of an overload in the
 * middle, `breaks` ends the connection there, `stuck` sends pings and nothing more.
 */
export type Fault =
  | ('rate-limit' | 'later' | 'overloaded' | 'broken' | 'refusal' | 'slow' | 'malformed' | 'cut' | 'thinks')
  | ('trouble' | 'breaks' | 'stuck');

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

// Half a day after the epoch, as lists are that were written last night; a path below one in five hundred is none.
export const ageDays = 0.5;
export const least = 0.002;

export interface Spread {
  p50: number;
  p95: number;
}

export function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

export function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

/** To four digits. */
export const round = (value: number) => Math.round(value * 10_000) / 10_000;

/** Median and 95th percentile by nearest rank, to a tenth. */
export function spread(values: readonly number[]): { p50: number; p95: number } {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => Math.round((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

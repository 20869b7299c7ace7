/** A stretch of the call. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/** Stretches in order, those that touch or overlap made one. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { startMs, endMs } of stretches.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = joined.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else joined.push({ startMs, endMs });
  }
  return joined;
}

export const lengthOf = (stretches: readonly Stretch[]): number => stretches.reduce((sum, one) => sum + one.endMs - one.startMs, 0);

/** How long both go on at once; each list as `union` gives it. */
export function overlapOf(mine: readonly Stretch[], theirs: readonly Stretch[]): number {
  let sum = 0;
  for (let i = 0, j = 0; i < mine.length && j < theirs.length; ) {
    const [one, other] = [mine[i], theirs[j]];
    if (!one || !other) break;
    sum += Math.max(0, Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs));
    if (one.endMs < other.endMs) i++;
    else j++;
  }
  return sum;
}

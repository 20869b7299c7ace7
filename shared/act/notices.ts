import type { Alert, AlertLevel, AlertName } from './slo.ts';

/** An alert that people were told of. */
export interface KnownAlert {
  name: AlertName;
  level: AlertLevel;
  sinceMs: number;
  /** When it was last true. */
  seenMs: number;
  toldMs: number;
}

export interface Notice extends Alert {
  is: 'raised' | 'still' | 'over';
  sinceMs: number;
}

const hourMs = 3_600_000;
/** A warning that stands is somebody's work for the day, not for the hour. */
const tellAgainMs: Record<AlertLevel, number> = { error: hourMs, warn: 24 * hourMs };
/** One good minute between two bad ones is not the end of it. */
const quietMs = 5 * 60_000;

/** Whom to tell what, and what to remember once they were told. Nobody hears of one alert more than once an hour, unless it got worse or ended. */
export function notices(known: readonly KnownAlert[], alerts: readonly Alert[], nowMs: number): { tell: Notice[]; keep: KnownAlert[] } {
  const tell: Notice[] = [];
  const keep: KnownAlert[] = [];
  for (const alert of alerts) {
    const { name, level } = alert;
    const before = known.find((one) => one.name === name);
    const sinceMs = before?.sinceMs ?? nowMs;
    const isWorse = before !== undefined && before.level === 'warn' && level === 'error';
    const isDue = before === undefined || isWorse || nowMs - before.toldMs >= tellAgainMs[level];
    if (isDue) tell.push({ ...alert, is: before === undefined || isWorse ? 'raised' : 'still', sinceMs });
    keep.push({ name, level, sinceMs, seenMs: nowMs, toldMs: isDue ? nowMs : before.toldMs });
  }
  for (const before of known) {
    const { name, level, sinceMs, seenMs } = before;
    if (alerts.some((alert) => alert.name === name)) continue;
    if (nowMs - seenMs < quietMs) keep.push(before);
    else tell.push({ name, level, is: 'over', sinceMs });
  }
  return { tell, keep };
}

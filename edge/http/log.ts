/**
 * One JSON line. Only these fields exist, so nothing anybody said can slip in: ids, counts, kinds and durations.
 * `trace` is the call's id wherever a call is concerned; it joins a call's lines across requests, queues and objects.
 */
export interface LogLine {
  at: 'http' | 'queue' | 'call' | 'writer' | 'spool' | 'graph' | 'cron';
  what: string;
  level?: 'info' | 'warn' | 'error';
  trace?: string | undefined;
  tenant?: string | undefined;
  route?: string;
  status?: number;
  kind?: string;
  count?: number;
  ms?: number;
}

export function log(line: LogLine): void {
  const { at, what, level = 'info', trace, tenant, route, status, kind, count, ms } = line;
  console.log(JSON.stringify({ level, at, what, trace, tenant, route, status, kind, count, ms }));
}

/** Runs a step and leaves one line: what, for which call, how long, how it ended. Never its content. */
export async function span<T>(about: Pick<LogLine, 'at' | 'what' | 'trace' | 'tenant'>, work: () => Promise<T>): Promise<T> {
  const startedMs = Date.now();
  try {
    const done = await work();
    log({ ...about, ms: Date.now() - startedMs });
    return done;
  } catch (error) {
    log({ ...about, level: 'error', ms: Date.now() - startedMs, kind: error instanceof Error ? error.name : 'unknown' });
    throw error;
  }
}

import * as z from 'zod/mini';

/** What is promised; docs/runbook.md says it to people. */
const slo = {
  ackMs: 1_000,
  lagP95Ms: 5_000,
  lagMaxMs: 120_000,
  outboxP99Ms: 10 * 60_000,
  errorShare: 0.05,
  /** No promise of its own, but long before this the sweep has moved a call or an event on. */
  openMs: 15 * 60_000,
} as const;

/** Below so many, a share or a percentile says nothing. */
const samplesMin = 20;

/** How the product does for everybody together: over the last hour where it is about what happened, else as it stands. Null: nothing there. */
export interface Figures {
  /** How long the database took to answer: an acknowledgement waits for about one such answer. */
  tookMs: number;
  /** Changes to be sent over connections that work; `p99Ms` also over what was sent. */
  due: { count: number; oldestMs: number | null; p99Ms: number | null };
  /** The same over connections that must be connected again. */
  held: { count: number; oldestMs: number | null };
  /** Hang-up to the call in the CRM. */
  lag: { count: number; p50Ms: number | null; p95Ms: number | null; maxMs: number | null };
  tries: { count: number; failed: number };
  /** `lastHour` by why. */
  parked: { lastHour: Readonly<Record<string, number>>; inAll: number };
  /** Calls that are over and not understood yet; without those that wait for their CRM to be connected again. */
  calls: { count: number; oldestMs: number | null };
  /** What vendors told us and nobody has looked at. */
  inbox: { count: number; oldestMs: number | null };
  needsReconnect: number;
  /** Handed-over calls that failed for a day and were set aside, last hour. */
  lettersAside: number;
}

export const alertName = z.enum([
  'database-away',
  'keys-missing',
  'ack-slow',
  'lag-slow',
  'lag-late',
  'outbox-old',
  'errors-many',
  'changes-parked',
  'calls-stuck',
  'inbox-old',
  'reconnect-needed',
  'letters-aside',
]);
export type AlertName = z.infer<typeof alertName>;

/** error: somebody is called now · warn: somebody looks today. */
export const alertLevel = z.enum(['warn', 'error']);
export type AlertLevel = z.infer<typeof alertLevel>;

export interface Alert {
  name: AlertName;
  level: AlertLevel;
  /** What was measured: how many, how long. */
  count?: number;
  ms?: number;
}

/** What is wrong, by these figures. */
export function judge({ tookMs, due, lag, tries, parked, calls, inbox, needsReconnect, lettersAside }: Figures): Alert[] {
  const parkedCount = Object.values(parked.lastHour).reduce((sum, n) => sum + n, 0);
  return [
    ...alertIf(tookMs > slo.ackMs, { name: 'ack-slow', level: 'warn', ms: tookMs }),
    ...overdue('lag-slow', 'warn', lag.count >= samplesMin ? lag.p95Ms : null, slo.lagP95Ms, lag.count),
    ...overdue('lag-late', 'error', lag.maxMs, slo.lagMaxMs, lag.count),
    ...overdue('outbox-old', 'error', due.p99Ms, slo.outboxP99Ms, due.count),
    ...alertIf(tries.count >= samplesMin && tries.failed / tries.count > slo.errorShare, {
      name: 'errors-many',
      level: 'warn',
      count: tries.failed,
    }),
    ...alertIf(parkedCount > 0, { name: 'changes-parked', level: 'warn', count: parkedCount }),
    ...overdue('calls-stuck', 'error', calls.oldestMs, slo.openMs, calls.count),
    ...overdue('inbox-old', 'error', inbox.oldestMs, slo.openMs, inbox.count),
    ...alertIf(needsReconnect > 0, { name: 'reconnect-needed', level: 'warn', count: needsReconnect }),
    ...alertIf(lettersAside > 0, { name: 'letters-aside', level: 'error', count: lettersAside }),
  ];
}

const alertIf = (isWrong: boolean, alert: Alert): Alert[] => (isWrong ? [alert] : []);
const overdue = (name: AlertName, level: AlertLevel, ms: number | null, limitMs: number, count: number): Alert[] =>
  ms !== null && ms > limitMs ? [{ name, level, ms, count }] : [];

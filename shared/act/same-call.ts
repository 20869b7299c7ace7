/** A call that stands in the CRM. */
export interface LoggedCall {
  id: string;
  /** Moments at which it may have begun; some products note only when it was over. */
  startsMs: readonly number[];
  durationMs: number | null;
  numbers: readonly string[];
}

const skewMs = 5 * 60_000;

/**
 * Which of these is the same conversation: begun within five minutes of ours, and as long as ours or between the same numbers.
 * Null when none is, or when two are equally likely, because words on a wrong record are worse than a second record.
 */
export function sameCall(
  ours: { startedAt: string; durationMs: number; fromNumber?: string; toNumber?: string },
  logged: readonly LoggedCall[],
): string | null {
  const startMs = Date.parse(ours.startedAt);
  const numbers = [ours.fromNumber, ours.toNumber].flatMap((number) => (number ? [digits(number)] : []));
  const likely = logged
    .filter(({ startsMs }) => startsMs.some((ms) => Math.abs(ms - startMs) <= skewMs))
    .map((call) => ({ id: call.id, score: scoreOf(call, ours.durationMs, numbers) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [first, second] = likely;
  return first && first.score > (second?.score ?? 0) ? first.id : null;
}

function scoreOf(call: LoggedCall, durationMs: number, numbers: readonly string[]): number {
  const theirs = call.numbers.map(digits).filter((number) => number !== '');
  const isBetweenSame = numbers.length > 0 && numbers.every((number) => theirs.includes(number));
  // Both sides known, and they are others: another conversation that happened to be as long.
  if (!isBetweenSame && numbers.length === 2 && theirs.length >= 2) return 0;
  const isAsLong = call.durationMs !== null && Math.abs(call.durationMs - durationMs) <= Math.max(30_000, durationMs / 5);
  return (isBetweenSame ? 2 : 0) + (isAsLong ? 1 : 0);
}

/** The last nine digits: what a number has in common with and without its country. */
const digits = (number: string) => number.replace(/\D/g, '').slice(-9);

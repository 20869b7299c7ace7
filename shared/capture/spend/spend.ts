import type { Prices, SpendState } from '../../contracts/usage.ts';

/** What was used, of a call or a month. Seconds are of one voice, heard once. */
export interface Spend {
  liveSeconds: number;
  batchSeconds: number;
  whisperSeconds: number;
  tokensIn: number;
  tokensOut: number;
  tokensCached: number;
  tokensWritten: number;
}

export const speechSeconds = ({
  liveSeconds,
  batchSeconds,
  whisperSeconds,
}: Pick<Spend, `${'live' | 'batch' | 'whisper'}Seconds`>): number => liveSeconds + batchSeconds + whisperSeconds;

/** US dollars. */
export function usdOf(spend: Spend, prices: Prices): { speech: number; model: number } {
  const { liveSeconds, batchSeconds, whisperSeconds, tokensIn, tokensOut, tokensCached, tokensWritten } = spend;
  const speech = (liveSeconds * prices.liveMinute + batchSeconds * prices.batchMinute + whisperSeconds * prices.whisperMinute) / 60;
  const model =
    (tokensIn * prices.tokensIn +
      tokensOut * prices.tokensOut +
      tokensCached * prices.tokensCached +
      tokensWritten * prices.tokensWritten) /
    1_000_000;
  return { speech, model };
}

/** A minute of a plan is heard twice, two voices each time; the fifth is for what has to be heard again. */
const SPEECH_A_MINUTE = 5;
/** A short call costs about a cent a minute at the model. */
const MODEL_USD_A_MINUTE = 0.02;

/** What a month may cost: the plan's own, or less where the admin says so. */
export function capsOf(
  minutesPerMonth: number,
  said: { speechMinutes: number | null; modelUsd: number | null },
): { speechSeconds: number; modelUsd: number } {
  const speechMinutes = Math.min(minutesPerMonth * SPEECH_A_MINUTE, said.speechMinutes ?? Number.POSITIVE_INFINITY);
  return {
    speechSeconds: speechMinutes * 60,
    modelUsd: Math.min(minutesPerMonth * MODEL_USD_A_MINUTE, said.modelUsd ?? Number.POSITIVE_INFINITY),
  };
}

const NEAR = 0.8;

/** How far a month is. A cap of nothing is used up from the start. */
export function shareOf(used: number, cap: number): { share: number; state: SpendState } {
  const share = cap > 0 ? used / cap : 1;
  return { share, state: share >= 1 ? 'over' : share >= NEAR ? 'near' : 'open' };
}

const DAY_MS = 24 * 3_600_000;
/** Half a day of a month says little of the rest. */
const DAYS_MIN = 1;

/** What a month comes to if it goes on as it went so far, by days that are over; in its first day, what it is now. `month`: "2026-11", UTC. */
export function forecast(used: number, month: string, nowMs: number): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const beganMs = Date.UTC(year, number - 1, 1);
  const days = (Date.UTC(year, number, 1) - beganMs) / DAY_MS;
  const gone = Math.min(days, (nowMs - beganMs) / DAY_MS);
  return gone < DAYS_MIN ? used : (used / gone) * days;
}

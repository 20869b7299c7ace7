import type { Prices, UsageView } from '../../contracts/usage.ts';
import { pricesAsOf } from './prices.ts';
import { forecast, type Spend, shareOf, speechSeconds, usdOf } from './spend.ts';

interface Month {
  /** "2026-11" */
  month: string;
  nowMs: number;
  used: Spend;
  prices: Prices;
  caps: { speechSeconds: number; modelUsd: number };
  notices: readonly { of: 'speech' | 'model'; state: 'near' | 'over'; atMs: number }[];
}

const said: Record<'speech' | 'model', Record<'near' | 'over', string>> = {
  speech: {
    near: '80 % of this month’s speech minutes are used. At 100 % live guidance stops; calls are still recorded and read.',
    over: 'This month’s speech minutes are used up, so live guidance is off until next month. Calls are still recorded and read.',
  },
  model: {
    near: '80 % of this month’s language model budget is used. At 100 % calls are read without it.',
    over: 'This month’s language model budget is used up, so calls are read without it until next month.',
  },
};

/** A month in figures and sentences for an admin. */
export function sayUsage({ month, nowMs, used, prices, caps, notices }: Month): UsageView {
  const usd = usdOf(used, prices);
  const minutes = (seconds: number) => round(seconds / 60, 2);
  const speech = speechSeconds(used);
  return {
    month,
    speech: {
      live: minutes(used.liveSeconds),
      batch: minutes(used.batchSeconds),
      whisper: minutes(used.whisperSeconds),
      minutes: minutes(speech),
      usd: round(usd.speech, 4),
      capMinutes: minutes(caps.speechSeconds),
      forecastMinutes: minutes(forecast(speech, month, nowMs)),
      ...rounded(shareOf(speech, caps.speechSeconds)),
    },
    model: {
      tokensIn: used.tokensIn,
      tokensOut: used.tokensOut,
      tokensCached: used.tokensCached,
      usd: round(usd.model, 4),
      capUsd: caps.modelUsd,
      forecastUsd: round(forecast(usd.model, month, nowMs), 4),
      ...rounded(shareOf(usd.model, caps.modelUsd)),
    },
    usd: round(usd.speech + usd.model, 4),
    forecastUsd: round(forecast(usd.speech + usd.model, month, nowMs), 4),
    pricesAsOf,
    notices: notices.map(({ of, state, atMs }) => ({ at: new Date(atMs).toISOString(), said: said[of][state] })),
  };
}

const round = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;
const rounded = <T extends { share: number }>(it: T): T => ({ ...it, share: round(it.share, 4) });

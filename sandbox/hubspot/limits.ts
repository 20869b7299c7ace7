import { randomUUID } from 'node:crypto';
import { json } from './answer.ts';

/** Requests an app may make to one portal, as reference/hubspot.md §5 gives them. */
export interface Rates {
  perTenSeconds: number;
  searchesPerSecond: number;
}
export const hubspotRates: Rates = { perTenSeconds: 110, searchesPerSecond: 5 };

export interface Limits {
  /** Counts one request; a Response is the refusal. Headers belong on every other answer, searches excepted. */
  take(isSearch: boolean): Response | Record<string, string>;
  /** How many requests were refused so far. */
  refused(): number;
}

/** Rolling windows: ten seconds for everything, one second for searches. */
export function openLimits(rates: Rates, now: () => number): Limits {
  const all: number[] = [];
  const searches: number[] = [];
  let refused = 0;
  // Neither list grows past its rate, so taking from the front stays cheap.
  const trim = (times: number[], span: number) => {
    while (times.length > 0 && (times[0] ?? 0) <= now() - span) times.shift();
  };
  return {
    take(isSearch) {
      trim(all, 10_000);
      trim(searches, 1_000);
      const policy =
        isSearch && searches.length >= rates.searchesPerSecond
          ? 'SECONDLY'
          : all.length >= rates.perTenSeconds
            ? 'TEN_SECONDLY_ROLLING'
            : undefined;
      if (policy) {
        refused++;
        return tooMany(policy);
      }
      all.push(now());
      if (!isSearch) return headers(rates, rates.perTenSeconds - all.length);
      searches.push(now());
      return {};
    },
    refused: () => refused,
  };
}

/** HubSpot's 429; it says how long to wait only now and then. */
export const tooMany = (policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY', retryAfterS?: number) =>
  json(
    429,
    {
      status: 'error',
      message: `You have reached your ${policyName.toLowerCase()} limit.`,
      errorType: 'RATE_LIMIT',
      correlationId: randomUUID(),
      policyName,
    },
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) },
  );

const headers = (rates: Rates, remaining: number) => ({
  'x-hubspot-ratelimit-max': String(rates.perTenSeconds),
  'x-hubspot-ratelimit-remaining': String(remaining),
  'x-hubspot-ratelimit-interval-milliseconds': '10000',
});

import * as z from 'zod/mini';

const money = z.number().check(z.nonnegative());

/** What vendors ask, in US dollars: speech a minute of one voice, the model a million tokens. */
export const prices = z.object({
  liveMinute: money,
  batchMinute: money,
  whisperMinute: money,
  tokensIn: money,
  tokensOut: money,
  /** Read from the cache, and written into it. */
  tokensCached: money,
  tokensWritten: money,
});
export type Prices = z.infer<typeof prices>;
/** Those of them that are another's than the list's. */
export const pricesSaid = z.partial(prices);
export type PricesSaid = z.infer<typeof pricesSaid>;

/**
 * `GET`, and with a `requestId` `PUT /v1/settings/budget`: what a month may cost. Null is what the plan gives; of the plan and the admin's
 * word the smaller one counts.
 */
const budget = {
  /** Minutes of one voice, heard once: a minute of a call is two live and two afterwards. */
  speechMinutes: z.nullable(z.int().check(z.nonnegative(), z.lte(10_000_000))),
  modelUsd: z.nullable(money.check(z.lte(1_000_000))),
};
export const budgetView = z.object(budget);
export type BudgetView = z.infer<typeof budgetView>;
export const budgetBody = z.object({ requestId: z.uuid(), ...budget });

/** open: go on · near: 80 % is used · over: live guidance is off, and the embedded analyzer reads alone. */
export const spendState = z.enum(['open', 'near', 'over']);
export type SpendState = z.infer<typeof spendState>;

const share = {
  /** 0 upward; used ÷ cap. */
  share: z.number(),
  state: spendState,
};

/** `GET /v1/usage` — this month, UTC, and where it leads. */
export const usageView = z.object({
  /** "2026-11" */
  month: z.string(),
  speech: z.object({
    /** Minutes of one voice, by who heard them. */
    live: z.number(),
    batch: z.number(),
    whisper: z.number(),
    minutes: z.number(),
    usd: z.number(),
    capMinutes: z.number(),
    /** At the month's end, if every day is like those that are over. */
    forecastMinutes: z.number(),
    ...share,
  }),
  model: z.object({
    tokensIn: z.number(),
    tokensOut: z.number(),
    tokensCached: z.number(),
    usd: z.number(),
    capUsd: z.number(),
    forecastUsd: z.number(),
    ...share,
  }),
  usd: z.number(),
  forecastUsd: z.number(),
  /** Which price list: "2026-11-21". */
  pricesAsOf: z.string(),
  /** What an admin was told this month, oldest first, each once. */
  notices: z.array(z.object({ at: z.string(), said: z.string() })),
});
export type UsageView = z.infer<typeof usageView>;

/** What a running call has cost so far. `usd` is for its speech; the reading comes after. */
export const callSpend = z.object({ speechSeconds: z.number(), usd: z.optional(z.number()) });
export type CallSpend = z.infer<typeof callSpend>;

import { type Prices, type PricesSaid, prices } from '../../contracts/usage.ts';

/** When somebody last looked the prices below up. */
export const pricesAsOf = '2026-11-21';

/**
 * Public list prices without a contract, in US dollars. Where two sources differ the higher one stands, so that a budget ends early and never
 * late; a contract's own go into the setting PRICES.
 * Deepgram (deepgram.com/pricing): Flux English 0.0065 a minute and nova-3 live 0.0048 as its fallback, so 0.0065; nova-3 recorded 0.0043 to
 * 0.0077. Billed by the second, and for each channel. Add-ons are not in it.
 * Whisper large v3 turbo on Workers AI (developers.cloudflare.com/workers-ai/platform/pricing).
 * Claude Sonnet 5.5 (platform.claude.com/docs/en/about-claude/pricing), cache kept for five minutes.
 */
export const listPrices: Prices = {
  liveMinute: 0.0065,
  batchMinute: 0.0077,
  whisperMinute: 0.0005,
  tokensIn: 2,
  tokensOut: 10,
  tokensCached: 0.2,
  tokensWritten: 2.5,
};

/** The list, and what others say of it, the last word counting. */
export const pricesFrom = (...said: readonly PricesSaid[]): Prices => prices.parse(Object.assign({ ...listPrices }, ...said));

/** What a token costs against one that is put in: a month's budget is kept in those. */
export const tokenWeight = {
  out: listPrices.tokensOut / listPrices.tokensIn,
  cached: listPrices.tokensCached / listPrices.tokensIn,
  written: listPrices.tokensWritten / listPrices.tokensIn,
};

/**
 * What a token of Claude Haiku 5.5, which is asked during calls, costs against one of the same kind of Sonnet 5.5: 0.10 and 0.50 US dollars a
 * million where that one takes 2 and 10, in prompts of up to 100,000 tokens (platform.claude.com/docs/en/models/haiku-5-5/overview).
 */
export const liveModelWeight = 0.05;

/** How fast one connection may write: `perSecond` writes in the long run, `burst` of them at once after a rest. */
export interface WriteRate {
  perSecond: number;
  burst: number;
}

export interface Bucket {
  tokens: number;
  atMs: number;
}

/** A write that left before a crash may not be in any count but this one: within this time of it a new bucket is empty. */
const windowMs = 10_000;

/** The bucket after a start: a rest that nobody slept through is still a rest. `leftMs` is when the last write left, 0 for never. */
export const newBucket = (rate: WriteRate, leftMs: number, nowMs: number): Bucket => ({
  tokens: nowMs - leftMs > windowMs ? rate.burst : 0,
  atMs: nowMs,
});

export function refill({ tokens, atMs }: Bucket, { perSecond, burst }: WriteRate, nowMs: number): Bucket {
  return { tokens: Math.min(burst, tokens + (Math.max(0, nowMs - atMs) * perSecond) / 1_000), atMs: Math.max(nowMs, atMs) };
}

/** When a whole token is there; the bucket's own time when one is there already. */
export const nextTokenMs = ({ tokens, atMs }: Bucket, { perSecond }: WriteRate): number =>
  tokens >= whole ? atMs : atMs + Math.ceil(((1 - tokens) * 1_000) / perSecond);

/** Tokens are fractions added up, so a whole one may fall short of 1 by an error nobody can wait for. */
const whole = 1 - 1e-6;
export const hasToken = ({ tokens }: Bucket): boolean => tokens >= whole;
export const takeToken = (bucket: Bucket): Bucket => ({ ...bucket, tokens: Math.max(0, bucket.tokens - 1) });

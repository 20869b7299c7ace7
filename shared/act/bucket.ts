/** How fast one connection may ask: `perSecond` requests in the long run, `burst` of them at once after a rest. */
export interface WriteRate {
  perSecond: number;
  burst: number;
  /** `kind`: a request for each kind of change · `bundle`: one for all that only add. */
  asks: 'kind' | 'bundle';
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

/** When `count` tokens are there; the bucket's own time when they are there already. Never more than a full bucket is asked for. */
export const tokensAtMs = (bucket: Bucket, { perSecond, burst }: WriteRate, count: number): number =>
  hasTokens(bucket, Math.min(count, burst))
    ? bucket.atMs
    : bucket.atMs + Math.ceil(((Math.min(count, burst) - bucket.tokens) * 1_000) / perSecond);

/** Tokens are fractions added up, so a whole one may fall short by an error nobody can wait for. */
export const hasTokens = ({ tokens }: Bucket, count: number): boolean => tokens >= count - 1e-6;
export const takeTokens = (bucket: Bucket, count: number): Bucket => ({ ...bucket, tokens: Math.max(0, bucket.tokens - count) });

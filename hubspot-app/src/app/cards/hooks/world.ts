import { hubspot } from '@hubspot/ui-extensions';

/** What a card reaches out with. Tests hand in their own, so that time is given and never waited for. */
export interface World {
  fetch: typeof hubspot.fetch;
  /** Milliseconds, for showing how long a call has run. */
  now(): number;
  /** Calls `then` once after `ms`; the answer takes it back. */
  after(ms: number, then: () => void): () => void;
}

export const hostWorld: World = {
  fetch: (url, options) => hubspot.fetch(url, options),
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

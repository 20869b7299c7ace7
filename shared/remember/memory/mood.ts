import type { CustomerMemory } from '../../contracts/memory.ts';
import type { HeldCall } from './held.ts';

const CALLS_MAX = 10;
/** Less than this on a scale of 0 to 1 is the noise of reading a mood. */
const STEP = 0.08;

/** How the customer feels by their last calls, and where it goes. */
export function mood(calls: readonly HeldCall[]): Pick<CustomerMemory, 'sentiment' | 'sentimentTrend'> {
  const heard = calls
    .flatMap(({ id, atMs, insight }) => (insight ? [{ callId: id, atMs, sentiment: insight.sentiment }] : []))
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(-CALLS_MAX);
  if (heard.length === 0) return { sentiment: null, sentimentTrend: null };
  const now = mean(heard.slice(-3));
  const sentiment = now > 0.5 + STEP ? 'positive' : now < 0.5 - STEP ? 'negative' : 'neutral';
  if (heard.length < 2) return { sentiment, sentimentTrend: null };
  const part = Math.max(1, Math.floor(heard.length / 3));
  const [from, to] = [mean(heard.slice(0, part)), mean(heard.slice(-part))];
  const direction = to - from > STEP ? 'rising' : from - to > STEP ? 'falling' : 'steady';
  const moved =
    direction === 'steady'
      ? `stayed near ${percent(to)}`
      : `${direction === 'rising' ? 'rose' : 'fell'} from ${percent(from)} to ${percent(to)}`;
  const all = heard.map(({ atMs, ...one }) => ({ ...one, at: new Date(atMs).toISOString() }));
  return { sentiment, sentimentTrend: { direction, why: `Over ${heard.length} calls the mood ${moved} of 100`, calls: all } };
}

const mean = (some: readonly { sentiment: number }[]): number => some.reduce((sum, one) => sum + one.sentiment, 0) / some.length;
const percent = (share: number): number => Math.round(share * 100);

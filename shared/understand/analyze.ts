import type { Insight } from '../contracts/insight.ts';
import { claimsOf } from './claims-of.ts';
import { intentOf } from './intent.ts';
import { type Call, readCall } from './read-call.ts';
import { sentimentOfCall } from './sentiment.ts';
import { bulletsOf, headlineOf } from './summarise.ts';
import { talkShare } from './talk-share.ts';
import { widen } from './widen.ts';
import { withinLimits } from './within-limits.ts';

/**
 * What a call meant, by rules and small trained heads: no model, no clock, no chance. Every claim carries the transcript's own words.
 * Never throws on any text: what could not be done stands in `limits`, and an empty call is an insight without claims.
 */
export const analyze = (call: Call): Insight => withinLimits(call, whole);

function whole(call: Call): Insight {
  const reading = readCall(call);
  const claims = claimsOf(reading, call);
  const words = new Map(call.utterances.map((one) => [one.seq, one]));
  const insight = {
    analyzer: 'heads-1',
    // Counted by rule hits: what names a call was set by them.
    intent: intentOf(reading.said, {
      objections: new Set(reading.hits.objections.map((one) => one.said.utterance.seq)).size,
      commits: reading.hits.buying.filter((one) => one.type === 'commit').length,
      brushoffs: reading.hits.objections.filter((one) => one.type === 'brushoff').length,
    }),
    sentiment: sentimentOfCall(
      reading.turns.map(({ seq, sentiment }) => {
        const utterance = words.get(seq);
        return {
          sentiment,
          words: utterance?.text.match(/\S+/g)?.length ?? 0,
          isCustomer: utterance !== undefined && utterance.role !== 'rep',
        };
      }),
    ),
    talkShareRep: talkShare(call.utterances),
    headline: headlineOf(claims, call.customerName),
    bullets: bulletsOf(claims, call.customerName),
    ...claims,
    turns: reading.turns,
  };
  return { ...insight, ...widen(call, reading.said, insight) };
}

import type { Insight } from '../../contracts/insight.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import type { DealStory } from './deal-story.ts';
import type { RiskRule } from './found-risk.ts';

/** How many of the newest calls speak for what is so now. */
const NOW_CALLS = 2;
/** A quarter of the call to another, on a scale of 0 to 1. */
const DROP = -0.2;

/** Risks of what was said, or left unsaid, on the calls. */
export const fromCalls = {
  pricing_not_mentioned: ({ deal, calls }) => {
    if (deal.phase === undefined || calls.length === 0) return 'unknown';
    if (deal.phase === 'early' || calls.some((call) => call.insight.pricing.length > 0)) return null;
    return {
      code: 'pricing_not_mentioned',
      text: `Price did not come up on any of ${calls.length === 1 ? 'the one call' : `${calls.length} calls`}`,
      severity: deal.phase === 'late' ? 'high' : 'medium',
      // It may have been talked of in a mail.
      confidence: 0.85,
      isDeterministic: true,
      basis: deal.stageId ?? deal.phase,
      evidence: [],
    };
  },

  red_flag: ({ calls }) => {
    if (calls.length === 0) return 'unknown';
    const evidence = lately(calls, (insight) => [
      ...insight.objections.filter((one) => one.type === 'brushoff' || RED.test(one.evidence.quote)).map((one) => one.evidence),
      ...(insight.budget?.state === 'none' ? [insight.budget.evidence] : []),
    ]);
    return {
      code: 'red_flag',
      text: 'They said that it has no priority, no money, or goes another way',
      severity: 'high',
      confidence: 0.9,
      isDeterministic: false,
      basis: calls.at(-1)?.callId ?? '',
      evidence,
    };
  },

  no_next_step: ({ calls }) => {
    const last = calls.at(-1);
    if (!last?.insight.commitments) return 'unknown';
    const { commitments, speakers = [] } = last.insight;
    // Who was heard alone agreed to nothing that we could read.
    if (!speakers.some((one) => one.role === 'rep') || !speakers.some((one) => one.role === 'customer')) return 'unknown';
    if (commitments.some((one) => one.dueAt !== undefined && (one.by === 'both' || one.assent !== undefined))) return null;
    return {
      code: 'no_next_step',
      text: 'The last call ended without a dated step that both sides agreed to',
      severity: 'medium',
      confidence: 0.85,
      isDeterministic: true,
      basis: last.callId,
      evidence: [],
    };
  },

  competitor_late: ({ deal, calls }) => {
    if (deal.phase === undefined || calls.length === 0) return 'unknown';
    if (deal.phase !== 'late') return null;
    const evidence = lately(calls, (insight) => [
      ...insight.competitors.map((one) => one.evidence),
      ...insight.objections.filter((one) => one.type === 'competitor').map((one) => one.evidence),
    ]).filter((one) => one.role === 'customer');
    const names = [...new Set(calls.slice(-NOW_CALLS).flatMap((call) => call.insight.competitors.map((one) => one.name)))];
    return {
      code: 'competitor_late',
      text: `${names.slice(0, 2).join(' and ') || 'Another seller'} came up late in the sale`,
      severity: 'high',
      confidence: 0.88,
      isDeterministic: false,
      basis: `${names
        .map((name) => name.toLowerCase())
        .sort()
        .join()} ${calls.at(-1)?.callId ?? ''}`,
      evidence,
    };
  },

  sentiment_drop: ({ calls }) => {
    const last = calls.at(-1);
    if (!last?.insight.quarters || !last.insight.turningPoints) return 'unknown';
    const heard = last.insight.quarters.filter((one) => one !== null);
    const [first, end] = [heard[0], heard.at(-1)];
    if (heard.length < 2 || first === undefined || end === undefined || end - first > DROP) return null;
    const falls = last.insight.turningPoints.filter((one) => one.delta < 0).map((one) => one.evidence);
    const from = falls[0]?.seq ?? Number.POSITIVE_INFINITY;
    const said = last.insight.objections.map((one) => one.evidence).filter((one) => one.seq > from);
    return {
      code: 'sentiment_drop',
      text: 'The mood fell in the course of the last call',
      severity: 'medium',
      confidence: 0.85,
      isDeterministic: false,
      basis: last.callId,
      evidence: [...falls, ...said].map((one) => ({ ...one, callId: last.callId })).slice(0, PROOFS_MAX),
    };
  },
} satisfies Record<string, RiskRule>;

/** Proofs from the newest calls, newest first. */
const lately = (calls: DealStory['calls'], pick: (insight: Insight) => Evidence[]) =>
  calls
    .slice(-NOW_CALLS)
    .reverse()
    .flatMap(({ callId, insight }) => pick(insight).map((evidence) => ({ ...evidence, callId })))
    .slice(0, PROOFS_MAX);

const PROOFS_MAX = 6;
const RED =
  /\b(?:not (?:a|our|the|my|really a)? ?(?:top )?priority|hold off|on hold|on ice|budget (?:was |got |has been |is )?(?:cut|frozen|gone)|budget freeze|hiring freeze|(?:going|go|went|gone) (?:in )?(?:a|another|a different|the other) (?:direction|way|vendor)|(?:went|going|gone|decided to go|signed) with (?:another|someone|somebody|a different)|not (?:moving|going) (?:forward|ahead)|no longer (?:interested|looking|need|a)|put (?:this|it|everything) (?:on hold|off)|(?:pause|paused|pausing|shelve|shelved) (?:this|it|the|everything|all)|next year at the earliest|stay(?:ing)? with (?:what|our)|lost (?:our|the) (?:sponsor|champion))\b/i;

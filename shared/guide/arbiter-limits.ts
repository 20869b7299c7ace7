import { type Topic, topicOf } from './arbiter-score.ts';
import type { Play } from './play.ts';

/** How often a rule may come, and what it weighs. */
export interface Limits {
  topic: Topic;
  /** 0..1, see `Weighed`. */
  stageFit: number;
  /** Among cards of one topic the higher one goes first. */
  priority: number;
  cooldownMs: number;
  oncePerCall: boolean;
  maxPerCall: number;
}

const ANY_STAGE = 0.5;

/** The limits of a rule, or the house's own. */
export function limitsOf({ kind, moment }: Pick<Play, 'kind' | 'moment'>): Limits {
  const limits = { topic: topicOf(kind), stageFit: ANY_STAGE, priority: 50, cooldownMs: 60_000, oncePerCall: true, maxPerCall: 20 };
  if (!moment) return limits;
  const { rule, stages, priority, cooldownSeconds, oncePerCall, maxPerCall } = moment;
  return {
    topic: kind === 'compliance' ? 'compliance' : (byRule[rule.is] ?? limits.topic),
    // A rule for certain stages only comes where the deal is in one of them.
    stageFit: stages.length > 0 ? 1 : ANY_STAGE,
    priority,
    cooldownMs: cooldownSeconds * 1_000,
    oncePerCall,
    maxPerCall: oncePerCall ? limits.maxPerCall : maxPerCall,
  };
}

const byRule: Partial<Record<string, Topic>> = {
  monologue: 'etiquette',
  pace: 'etiquette',
  interruptions: 'etiquette',
  silence: 'etiquette',
  'talk-share': 'etiquette',
  'not-said': 'missing-step',
};

import type { GuidanceRulesView, RuleMetrics } from '../contracts/guidance-rules.ts';

/** What is counted of one rule. `shownNow` and `dismissedNow`: since it was last put back. */
export interface CountedRule
  extends Pick<RuleMetrics, 'ruleId' | 'name' | 'topic' | 'fired' | 'shown' | 'used'>,
    Pick<RuleMetrics, 'dismissed' | 'ignored' | 'retracted' | 'actedOn'> {
  shownNow: number;
  dismissedNow: number;
  p50: number | null;
  p95: number | null;
  /** What it was put aside for; `at` is null while it brings cards. */
  aside: { at: Date | null; shown: number | null; dismissed: number | null };
}

export function sayRule({ shownNow, dismissedNow, p50, p95, aside, ...counted }: CountedRule): RuleMetrics {
  return {
    ...counted,
    overrideRate: shownNow === 0 ? null : dismissedNow / shownNow,
    speechToScreenMs: p50 === null || p95 === null ? null : { p50: Math.round(p50), p95: Math.round(p95) },
    asideSince: aside.at?.toISOString() ?? null,
  };
}

/** What a manager has to know: a rule brings no card any more, and why. The latest first. */
export const sayRules = (rules: readonly CountedRule[]): GuidanceRulesView['notices'] =>
  rules
    .flatMap(({ ruleId, name, aside: { at, shown, dismissed } }) =>
      at === null
        ? []
        : [{ ruleId, text: `“${name}” was put aside: ${dismissed} of its ${shown} cards were dismissed.`, at: at.toISOString() }],
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));

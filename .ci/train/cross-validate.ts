import { type Head, scoreOf } from '../../shared/understand/heads/score.ts';
import type { Example } from './examples.ts';
import { fitHead } from './fit.ts';
import type { Plan } from './judges.ts';

const FOLDS = 5;

/** What a head said of a turn it had not seen in training. */
export interface Unseen {
  one: Example;
  isTrue: boolean;
  odds: number;
}

export const train = (plan: Plan, examples: readonly Example[]): Head =>
  fitHead(
    examples
      .filter(plan.about)
      .map((one) => ({ features: one.features, habits: one.habits, isTrue: plan.truth(one), weight: plan.weight?.(one) ?? weightOf(one) })),
    plan,
  );

/**
 * A dialogue stands twice in the lessons, once bare, so each half counts half. Talk without selling and plain speech are rarer in the
 * corpus than on the telephone, so they count more.
 */
const weightOf = (one: Example): number => 0.5 * (one.isTalk ? 3 : one.industry === 'plain talk' ? 2 : 1);

/** Every turn judged by a head that never met its group: its dialogue, or its whole industry. `always` is learned from and never judged. */
export function crossValidate(
  plan: Plan,
  examples: readonly Example[],
  groupOf: (one: Example) => string,
  always: readonly Example[] = [],
): Unseen[] {
  const about = examples.filter(plan.about);
  const groups = [...new Set(about.map(groupOf))].sort();
  const foldOf = new Map(groups.map((group, nth) => [group, nth % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const held = about.filter((one) => foldOf.get(groupOf(one)) === fold);
    const rest = about.filter((one) => foldOf.get(groupOf(one)) !== fold);
    if (held.length === 0) return [];
    const head = train(plan, [...rest, ...always]);
    return held.map((one) => ({ one, isTrue: plan.truth(one), odds: scoreOf(head, one.features).odds }));
  });
}

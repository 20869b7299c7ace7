import type { Moment } from '../../contracts/playbook.ts';
import type { Play } from '../play.ts';

/** The words of a moment, as something to listen for; undefined where it has none. */
export function playOf(moment: Moment): Play | undefined {
  const { id, name, headline, say, rule } = moment;
  // Compliance is above the arbiter's sums, whatever the card is about.
  const kind = moment.compliance ? 'compliance' : moment.kind;
  const play = { id, kind, name, headline, say, once: true, moment } as const;
  switch (rule.is) {
    case 'phrase':
      return { ...play, ...wordsOf(rule), not: rule.not, ...(rule.asQuestion ? { asQuestion: true } : {}) };
    case 'not-said':
    case 'step':
      return { ...play, ...wordsOf(rule), not: [], silent: true };
    default:
      return undefined;
  }
}

const wordsOf = (rule: { phrases: readonly string[]; said: Play['heardFrom']; relatedForms: boolean }) => ({
  phrases: rule.phrases,
  heardFrom: rule.said,
  ...(rule.relatedForms ? {} : ({ exact: true } as const)),
});

import { plain } from '../../kit/ids.ts';

/** What is remembered under a name of its own, and so can be told without a search. */
export type AskedKind =
  | 'budget'
  | 'timeline'
  | 'decider'
  | 'person'
  | 'pain'
  | 'goal'
  | 'objection'
  | 'competitor'
  | 'promise'
  | 'last'
  | 'mood'
  | 'next';

const CUES: readonly [AskedKind, RegExp][] = [
  ['budget', /\b(?:budget|afford|spend|money)\b|\bbudget(?:rahmen)?\b|\bhow much (?:can|could|would|do) they\b/],
  [
    'timeline',
    /\b(?:timeline|deadline|go live|when (?:do|will|would|can|does|did) (?:they|he|she) (?:want|need|plan|decide|start|buy|sign|renew)|by when)\b/,
  ],
  ['decider', /\b(?:who (?:decides|signs|approves|has the last word)|decision ?maker|economic buyer|buying committee)\b/],
  [
    'person',
    /\b(?:who is (?:involved|who|on (?:the|their) (?:team|side))|stakeholders?|which people|who works there|who (?:did|do) we know)\b/,
  ],
  ['competitor', /\b(?:competitors?|competition|who else|other (?:vendors?|suppliers?|tools?)|alternatives?|compar(?:e|ing) (?:us|it)?)\b/],
  ['objection', /\b(?:objections?|concerns?|worr(?:y|ies|ied)|against it|hesitat\w*|in the way|push(?:ed)? back)\b/],
  ['pain', /\b(?:pains?|pain points?|problems?|troubles?|struggl\w*|challenges?)\b/],
  ['goal', /\b(?:goals?|objectives?|want to (?:reach|achieve)|trying to achieve|outcomes?)\b/],
  ['promise', /\b(?:promis\w*|next steps?|commitments?|follow ups?|owe|agreed|action items?|to dos?)\b/],
  ['last', /\b(?:last (?:talk|spoke|call|contact|touch|time)|when did (?:we|i|you|anybody) (?:last )?(?:talk|speak|call|meet))\b/],
  ['mood', /\b(?:mood|sentiment|how (?:do|are) they feel\w*|happy|unhappy)\b/],
  ['next', /\b(?:what (?:should|shall|do) (?:i|we) do|what now|recommend\w*)\b/],
];

/** What a question about a customer asks for; empty where only a search can tell. At most two: a long question asks for something of its own. */
export function kindsAsked(question: string): AskedKind[] {
  const said = plain(question);
  return CUES.filter(([, cue]) => cue.test(said))
    .map(([kind]) => kind)
    .slice(0, 2);
}

import type { Play } from '../play.ts';

/** Whom they look at besides us. */
export const competitors: readonly Play[] = [
  {
    id: 'competitor',
    kind: 'competitor',
    name: 'Competitor named',
    headline: '{competitor} came up',
    say: '“What do you like about {competitor}?” Listen first. Then ask how it handles what hurts most.',
    heardFrom: 'customer',
    phrases: ['{competitor}'],
    not: [],
    once: true,
  },
];

import { expect, test } from 'vitest';
import { scoreOf, type Weighed } from './arbiter-score.ts';

const plain: Weighed = { topic: 'objection', confidence: 1, stageFit: 0.5, acceptRate: 0.5, wasShownRecently: false, cardsLately: 0 };

test.each<[string, Partial<Weighed>, number]>([
  ['compliance', { topic: 'compliance' }, 157.5],
  ['deal risk', { topic: 'deal-risk' }, 117.5],
  ['price', { topic: 'price' }, 112.5],
  ['objection', {}, 112.5],
  ['competitor', { topic: 'competitor' }, 107.5],
  ['missing step', { topic: 'missing-step' }, 92.5],
  ['next question', { topic: 'next-question' }, 87.5],
  ['etiquette', { topic: 'etiquette' }, 77.5],
  ['hardly sure', { confidence: 0.8 }, 104.5],
  ['for this stage', { stageFit: 1 }, 120],
  ['for another stage', { stageFit: 0 }, 105],
  ['a rep who takes up all of them', { acceptRate: 1 }, 122.5],
  ['a rep who takes up none', { acceptRate: 0 }, 102.5],
  ['one of the kind a moment ago', { wasShownRecently: true, cardsLately: 1 }, 77.5],
  ['the third within five minutes', { cardsLately: 2 }, 92.5],
  ['a question after a question', { topic: 'next-question', wasShownRecently: true, cardsLately: 1 }, 52.5],
])('%s', (_, over, score) => {
  expect(scoreOf({ ...plain, ...over })).toBe(score);
});

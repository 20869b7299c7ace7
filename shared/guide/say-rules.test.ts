import { expect, test } from 'vitest';
import { type CountedRule, sayRule, sayRules } from './say-rules.ts';

const counted: CountedRule = {
  ruleId: 'price-objection',
  name: 'Price is too high',
  topic: 'price',
  fired: 40,
  shown: 22,
  used: 2,
  dismissed: 14,
  ignored: 6,
  retracted: 1,
  actedOn: 1,
  shownNow: 20,
  dismissedNow: 13,
  p50: 410.4,
  p95: 622.6,
  aside: { at: new Date('2026-11-20T15:00:00.000Z'), shown: 20, dismissed: 13 },
};

test('a rule’s figures, and the sentence for whoever manages it', () => {
  expect(sayRule(counted)).toMatchObject({
    overrideRate: 0.65,
    speechToScreenMs: { p50: 410, p95: 623 },
    asideSince: '2026-11-20T15:00:00.000Z',
  });
  expect(sayRules([counted])).toEqual([
    {
      ruleId: 'price-objection',
      text: '“Price is too high” was put aside: 13 of its 20 cards were dismissed.',
      at: '2026-11-20T15:00:00.000Z',
    },
  ]);
});

test('a rule that brings cards has no notice, and one without figures has none', () => {
  const fresh = { ...counted, shownNow: 0, dismissedNow: 0, p50: null, p95: null, aside: { at: null, shown: null, dismissed: null } };
  expect(sayRule(fresh)).toMatchObject({ overrideRate: null, speechToScreenMs: null, asideSince: null });
  expect(sayRules([fresh])).toEqual([]);
});

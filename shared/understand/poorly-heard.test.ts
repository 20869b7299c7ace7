import { expect, test } from 'vitest';
import type { Insight } from '../contracts/insight.ts';
import { quietInsight } from '../contracts/quiet-insight.ts';
import { asSureAsHeard, isPoorlyHeard } from './poorly-heard.ts';

const evidence = (quote: string, seq = 0) => ({ quote, seq, role: 'rep' as const, speaker: 'Sam', startMs: 0, endMs: 900 });
const step = (quote: string, seq = 0) => ({
  text: 'Send the plan',
  owner: 'rep' as const,
  hedged: false,
  confidence: 0.9,
  evidence: evidence(quote, seq),
});
const heardIn = (insight: Insight) => insight.nextSteps.map(({ evidence: { heard } }) => heard ?? null);

test('a promise in words that were badly heard on average says so, and the others are left as they are', () => {
  const insight = quietInsight({ nextSteps: [step('I will send it', 0), step('I will call you', 1), step('I will write', 7)] });
  const marked = asSureAsHeard(insight, [
    { seq: 0, confidence: 0.95 },
    { seq: 1, confidence: 0.4 },
  ]);
  expect(heardIn(marked)).toEqual([null, 0.4, null]);
  expect(marked.nextSteps[0]).toBe(insight.nextSteps[0]);
  expect(marked.nextSteps.map((one) => isPoorlyHeard(one.evidence))).toEqual([false, true, false]);
});

test.each([
  ['the sum', "I'll send the offer over $50,000 by Thursday.", [{ text: '$50,000', confidence: 0.31 }], 0.31],
  ['the day', "I'll send the offer by Thursday.", [{ text: 'Thursday.', confidence: 0.42 }], 0.42],
  ['a no', 'I will not send it.', [{ text: 'not', confidence: 0.5 }], 0.5],
  ['a word that means nothing', "Well, I'll send the offer.", [{ text: 'Well,', confidence: 0.2 }], null],
  ['a word of another sentence', "I'll send the offer.", [{ text: 'rollout', confidence: 0.2 }], null],
  ['none', "I'll send the offer.", undefined, null],
])('one mumbled word in a clear sentence counts when it is %s', (_, quote, unsure, heard) => {
  const insight = quietInsight({ nextSteps: [step(quote)] });
  expect(heardIn(asSureAsHeard(insight, [{ seq: 0, confidence: 0.93, ...(unsure ? { unsure } : {}) }]))).toEqual([heard]);
});

test('what the deal’s fields come from is marked, too', () => {
  const insight = quietInsight({
    buyingSignals: [{ type: 'budget', confidence: 0.9, evidence: evidence('We have fifty thousand') }],
    bullets: [{ text: 'They have a budget', evidence: evidence('We have fifty thousand') }],
  });
  const marked = asSureAsHeard(insight, [{ seq: 0, confidence: 0.3 }]);
  expect([marked.buyingSignals[0]?.evidence.heard, marked.bullets[0]?.evidence.heard]).toEqual([0.3, 0.3]);
});

import { expect, test } from 'vitest';
import type { Insight } from '../contracts/insight.ts';
import { asSureAsHeard } from './poorly-heard.ts';

const step = (seq: number, confidence: number) => ({ confidence, evidence: { seq } });
const insight = (...nextSteps: object[]) => ({ nextSteps }) as unknown as Insight;

test('a promise is no surer than the hearing of its words', () => {
  const said = [
    { seq: 0, confidence: 0.95 },
    { seq: 1, confidence: 0.4 },
  ];
  expect(asSureAsHeard(insight(step(0, 0.9), step(1, 0.9), step(1, 0.3), step(7, 0.8)), said)).toEqual(
    insight(step(0, 0.9), step(1, 0.4), step(1, 0.3), step(7, 0.8)),
  );
});

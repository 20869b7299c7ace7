import { join } from 'node:path';
import { calibrate } from './calibrate.ts';
import { crossValidate } from './cross-validate.ts';
import { callExamplesOf, examplesOf } from './examples.ts';
import { families, SOLD, selling } from './judges.ts';
import { soldOf, talkOf } from './model-card.ts';
import { readCorpus } from './read-corpus.ts';

/** How often talk where nobody sells is taken for an objection, by heads that never met its industry: one sentence with the figures. */
export function smallTalk(): string {
  const [corpus, plain] = ['corpus', 'plain'].map((name) => readCorpus(join(import.meta.dirname, name)));
  const plan = families.find(({ name }) => name === 'objection');
  if (!corpus || !plain || !plan) return '';
  const byIndustry = crossValidate(plan, examplesOf(corpus), (one) => one.industry, examplesOf(plain));
  const calls = crossValidate(selling, callExamplesOf([...corpus, ...plain]), (one) => one.industry);
  const objection = { plan, calibration: calibrate(byIndustry), byIndustry, byDialogue: [] };
  const sold = soldOf([{ plan: selling, calibration: { ...calibrate(calls), threshold: SOLD }, byIndustry: calls, byDialogue: [] }]);
  return talkOf(objection, sold);
}

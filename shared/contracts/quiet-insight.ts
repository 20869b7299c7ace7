import type { Insight } from './insight.ts';

/** The insight of a call in which nothing was found, for tests; what was found is put on top. */
export const quietInsight = (over: Partial<Insight> = {}): Insight => ({
  analyzer: 'rules-1',
  intent: 'discovery',
  sentiment: 0.5,
  talkShareRep: 0.5,
  headline: '',
  bullets: [],
  objections: [],
  nextSteps: [],
  buyingSignals: [],
  competitors: [],
  pricing: [],
  turns: [],
  ...over,
});

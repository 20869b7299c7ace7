import { expect, test } from 'vitest';
import type { BuyingType, Insight } from '../contracts/insight.ts';
import type { Role } from '../contracts/transcript.ts';
import { suggestStage } from './suggest-stage.ts';

const pipeline = (...labels: string[]) =>
  labels.map((label, i) => ({ id: label.toLowerCase(), label, probability: i / labels.length, closed: label.startsWith('Closed') }));
const hubspot = pipeline(
  'Appointment Scheduled',
  'Qualified To Buy',
  'Presentation Scheduled',
  'Decision Maker Bought-In',
  'Contract Sent',
  'Closed Won',
  'Closed Lost',
);
const salesforce = pipeline(
  'Prospecting',
  'Needs Analysis',
  'Value Proposition',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
);

const heard = (quote: string, type: BuyingType = 'commit', role: Role = 'customer', confidence = 0.9): Insight => ({
  analyzer: 'rules-1',
  intent: 'close',
  sentiment: 0.7,
  talkShareRep: 0.5,
  headline: '',
  bullets: [],
  objections: [],
  nextSteps: [],
  buyingSignals: [{ type, confidence, evidence: { quote, seq: 0, role, speaker: 'Maya', startMs: 0, endMs: 1 } }],
  competitors: [],
  pricing: [],
  turns: [],
});
const to = (insight: Insight, from: string, stages = hubspot) => suggestStage(insight, from, stages)?.to.id ?? null;
const proposal = heard('We want to go ahead with a proposal for one hundred and twenty seats.');

test('moves to the stage named after what they asked for', () => {
  expect(to(proposal, 'needs analysis', salesforce)).toBe('proposal/price quote');
  expect(to(heard('Please send the contract', 'request'), 'qualified to buy')).toBe('contract sent');
});

test('moves to the next open stage when none has that name', () => {
  expect(to(proposal, 'qualified to buy')).toBe('presentation scheduled');
});

test.each([
  ['a stage that is not in the pipeline', proposal, 'nowhere'],
  ['a closed deal', proposal, 'closed won'],
  ['the last open stage', proposal, 'contract sent'],
  ['praise', heard('We love the proposal', 'praise'), 'qualified to buy'],
  ['a request that no stage is about', heard('Send me the case study', 'request'), 'qualified to buy'],
  ['a commitment with a condition', heard('We go ahead if legal agrees'), 'qualified to buy'],
  ['a commitment taken back', heard("We don't want a proposal"), 'qualified to buy'],
  ['words of the rep', heard('We go ahead', 'commit', 'rep'), 'qualified to buy'],
  ['an unsure signal', heard('We go ahead', 'commit', 'customer', 0.6), 'qualified to buy'],
])('stays silent on %s', (_, insight, from) => {
  expect(to(insight, from)).toBeNull();
});

test('never moves back to a stage the deal has passed', () => {
  expect(to(proposal, 'proposal/price quote', salesforce)).toBeNull();
  expect(to(proposal, 'negotiation/review', salesforce)).toBeNull();
});

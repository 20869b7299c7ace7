import { expect, test } from 'vitest';
import type { Role } from '../contracts/transcript.ts';
import { mergeSteps } from './merge-steps.ts';
import { nextSteps } from './next-steps.ts';
import { sayings } from './said.ts';
import { stepText } from './step-text.ts';

const read = (...turns: [Role, string][]) => {
  const said = sayings(turns.map(([role, text], seq) => ({ seq, role, speaker: role, text, startMs: seq, endMs: seq + 1, confidence: 1 })));
  return mergeSteps(nextSteps(said), said).map((step) => ({
    text: stepText(step, 'Dana Roe'),
    owner: step.owner,
    due: step.due?.text,
    hedged: step.hedged,
  }));
};

test.each<[Role, string, { text: string; owner: string; due?: string; hedged: boolean }]>([
  ['rep', "I'll send you the order form by Friday.", { text: 'Send Dana the order form', owner: 'rep', due: 'by Friday', hedged: false }],
  [
    'rep',
    "We'll get that quote over to you tomorrow morning.",
    { text: 'Get that quote over to Dana', owner: 'rep', due: 'tomorrow morning', hedged: false },
  ],
  [
    'rep',
    'I will check with our legal team and get back to you.',
    { text: 'Check with our legal team and get back to Dana', owner: 'rep', hedged: false },
  ],
  [
    'customer',
    "I'll talk to my CFO this week.",
    { text: 'Remind Dana to talk to their CFO', owner: 'customer', due: 'this week', hedged: false },
  ],
  ['customer', 'Could you send me a sample contract?', { text: 'Send Dana a sample contract', owner: 'rep', hedged: true }],
  [
    'rep',
    'Can you send me your current headcount?',
    { text: 'Remind Dana to send you their current headcount', owner: 'customer', hedged: true },
  ],
  ['rep', "Let's meet on Tuesday at ten.", { text: 'Meet Dana', owner: 'both', due: 'on Tuesday at ten', hedged: false }],
  ['rep', 'Would you be open to a short call next week?', { text: 'Meet Dana', owner: 'both', due: 'next week', hedged: true }],
  ['rep', 'If the board agrees, I will draft the contract.', { text: 'Draft the contract for Dana', owner: 'rep', hedged: true }],
])('%s: "%s"', (role, text, step) => {
  expect(read([role, text])).toEqual([{ due: undefined, ...step }]);
});

test.each<[string, Role, string]>([
  ['what is done on the call', 'rep', 'Let me show you the dashboard.'],
  ['sharing a screen', 'rep', "I'll share my screen now."],
  ['how things go', 'rep', 'In week two we will send your team the training plan.'],
  ['what is usual', 'rep', 'We usually send a summary.'],
  ['what is past', 'rep', 'I sent you the deck last week.'],
  ['what others said', 'customer', 'He said he will send the report.'],
  ['a refusal', 'customer', "I won't send you anything."],
  ['what the product does', 'rep', 'It will email your customers.'],
  ['the agenda', 'rep', "Let's talk about pricing."],
  ['thinking', 'customer', "I'll think about it."],
  ['what is thrown in', 'rep', "I'll include the winter tires."],
  ['a closing phrase', 'rep', 'Just let me know if you want to see more.'],
])('takes %s for no next step', (_, role, text) => {
  expect(read([role, text])).toEqual([]);
});

test('folds asking and agreeing into one step, agreed', () => {
  expect(read(['rep', 'Can we set up a demo on Thursday?'], ['customer', 'Yes, Thursday works.'])).toEqual([
    { text: 'Set up a demo with Dana', owner: 'both', due: 'on Thursday', hedged: false },
  ]);
});

test('keeps two promises apart', () => {
  expect(read(['rep', "I'll send the contract today. I'll book the training room next week."]).map((one) => one.due)).toEqual([
    'today',
    'next week',
  ]);
});

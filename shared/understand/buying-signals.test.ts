import { expect, test } from 'vitest';
import type { Role } from '../contracts/transcript.ts';
import { buyingSignals } from './buying-signals.ts';
import { sayings } from './said.ts';

const say = (text: string, before = '', role: Role = 'customer') =>
  buyingSignals(
    sayings([
      { seq: 0, role: 'rep', speaker: 'Rep', text: before, startMs: 0, endMs: 1, confidence: 1 },
      { seq: 1, role, speaker: 'X', text, startMs: 1, endMs: 2, confidence: 1 },
    ]),
  ).map((one) => one.type);

test.each([
  ['commit', "Let's move forward with it."],
  ['commit', 'We would like to go ahead with forty seats.'],
  ['commit', 'Where do I sign?'],
  ['praise', 'The dashboard looks great.'],
  ['praise', 'I love how it groups the tickets.'],
  ['purchase_q', 'How long does onboarding take?'],
  ['purchase_q', 'What would the price be for fifty people?'],
  ['request', 'Could you send me a proposal?'],
  ['urgency', 'We need this live before the end of March.'],
  ['authority', 'I can sign that myself, I make the decision.'],
  ['budget', 'We have set aside budget for this.'],
  ['need', 'That is exactly the kind of tool we need.'],
  ['praise', 'The reporting part sounds good.'],
  ['praise', 'You saved us two weeks in March.'],
  ['purchase_q', 'And pricing?'],
  ['purchase_q', 'how much would it be for six people'],
  ['commit', 'Thursday after four should be fine.'],
  ['request', 'Do you have some references I could look at?'],
  ['urgency', 'It has to be running by May.'],
] as const)('hears %s in "%s"', (type, text) => {
  expect(say(text)).toContain(type);
});

test('hears a yes to a step forward, and not to a courtesy', () => {
  expect(say('Sure, sounds good.', 'Shall we set up a demo on Thursday?')).toEqual(['commit']);
  expect(say("Sure, that's fine.", 'Before we start, may this call be recorded?')).toEqual([]);
});

test.each([
  ['a question praised', 'Good question.'],
  ['a greeting', 'Nice to meet you, I am good, thanks.'],
  ['a refusal', "We won't go ahead with it."],
  ['a yes with a but', 'It would be great if you stopped calling.'],
  ['how it works', 'Does it connect to our phone system?'],
  ['their own tool', 'Our current tool is great.'],
])('takes %s for no signal', (_, text) => {
  expect(say(text)).toEqual([]);
});

test('never hears a signal from the rep', () => {
  expect(say("Let's go ahead, you will love it.", '', 'rep')).toEqual([]);
});

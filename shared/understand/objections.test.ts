import { expect, test } from 'vitest';
import type { Role } from '../contracts/transcript.ts';
import { objections } from './objections.ts';
import { sayings } from './said.ts';

const say = (text: string, role: Role = 'customer', before = '') =>
  objections(
    sayings([
      { seq: 0, role: 'rep', speaker: 'Rep', text: before, startMs: 0, endMs: 1, confidence: 1 },
      { seq: 1, role, speaker: 'X', text, startMs: 1, endMs: 2, confidence: 1 },
    ]),
    ['Zendara'],
  ).map((one) => one.type);

test.each([
  ['price', 'Frankly that is way too expensive for a shop our size.'],
  ['price', "I can't justify that number to anyone here."],
  ['price', 'There is no budget left for it.'],
  ['price', 'It is almost double what we spend at present with them.'],
  ['timing', "This just isn't the right time for us."],
  ['timing', 'We would rather revisit it after the summer.'],
  ['authority', 'I would have to run it past my CFO.'],
  ['authority', "That isn't my decision to make."],
  ['need', "I don't really see the need for it."],
  ['need', "We're happy with what we have."],
  ['competitor', 'Another vendor quoted us less for the same thing.'],
  ['competitor', 'Zendara offered us a better deal.'],
  ['trust', 'How do I know it would actually work?'],
  ['trust', "I'm not convinced it will pay off."],
  ['fit', "Your product doesn't support our phone system."],
  ['implementation', "We don't have the bandwidth to migrate everything."],
  ['implementation', 'My worry is the rollout.'],
  ['implementation', 'My team would never use it.'],
  ['security', "I'm nervous about where our customer data would go."],
  ['terms', "I don't want to be locked into a two-year contract."],
  ['brushoff', "Sorry, I'm not interested."],
  ['brushoff', 'Please take me off your list.'],
  ['price', 'I like it, but what about the cost for a shop like ours?'],
  ['price', "That's a fortune up front for a company our size."],
  ['authority', 'Accounting will never let me sign that.'],
  ['authority', "I'd have to sit down with my wife and go over it with her."],
  ['competitor', 'The other company quoted us nine thousand for it.'],
  ['trust', "I'm not sure if your tool would catch the small ones."],
  ['trust', 'The last supplier promised us that too.'],
  ['fit', "We don't have the space for another machine."],
  ['implementation', 'My drivers are set in their ways.'],
  ['implementation', 'I guess, but what about the training?'],
  ['terms', 'Three years is a long time.'],
  ['timing', "We haven't had a chance to look at it."],
] as const)('hears %s in "%s"', (type, text) => {
  expect(say(text)).toContain(type);
  // Recognition without punctuation or capitals says the same.
  expect(say(text.toLowerCase().replace(/[^a-z0-9' ]/g, ' '))).toContain(type);
});

test.each([
  ['a plain question of price', 'What does it cost per seat?'],
  ['a price that is no problem', 'The price is not a problem for us.'],
  ['no concerns', 'We have no concerns about security.'],
  ['not expensive', "That's not expensive at all."],
  ['pain about today', 'Our current tool is slow and far too expensive.'],
  ['what is long over', 'Back then the old system was too complicated for everybody.'],
  ['what others say', 'Some people say you are expensive.'],
  ['an answer to a question that offers nothing', 'No.'],
  ['an integration they have', 'We use Salesforce for that.'],
  ['agreement', 'That sounds good, please send it over.'],
  ['trouble of their own', 'We do it all by hand and it takes forever.'],
])('takes %s for no objection', (_, text) => {
  expect(say(text)).toEqual([]);
});

test('never hears an objection from the rep', () => {
  expect(say('Can you tell me, is it too expensive? Are you worried about the rollout?', 'rep')).toEqual([]);
});

test('takes an account of how things are for none, where that was asked', () => {
  expect(say('The handover is complicated and people hate it.', 'customer', 'What is the biggest problem today?')).toEqual([]);
  expect(say('The handover sounds complicated.', 'customer', 'So that is how our rollout goes.')).toEqual(['implementation']);
});

test('hears old machines held against a promise to connect', () => {
  expect(say('Our systems are ancient, though.', 'customer', 'It connects to whatever you have.')).toEqual(['implementation']);
});

test('hears a bare no only as the answer to an offer', () => {
  expect(say('No, thank you.', 'customer', 'Would you like to see a demo next week?')).toEqual(['brushoff']);
  expect(say('No, thank you.', 'customer', 'Is the line still bad?')).toEqual([]);
});

test('counts a worry told in three sentences once', () => {
  expect(say('It is expensive. Really too expensive. We cannot afford it.')).toEqual(['price']);
});

import { expect, test } from 'vitest';
import type { Role, Utterance } from '../contracts/transcript.ts';
import { openVoices, settleSides, tellSides } from './name-voices.ts';

const said = (...lines: [speaker: string, text: string, role?: Role][]): Utterance[] =>
  lines.map(([speaker, text, role = 'other'], seq) => ({ seq, role, speaker, text, startMs: seq, endMs: seq + 1, confidence: 1 }));
const known = { repName: 'Sam Okafor', customerName: 'Maya Lindqvist' };
const shown = (all: readonly Utterance[] | undefined) => all?.map(({ role, speaker }) => `${role} ${speaker}`);

const call = said(
  ['Speaker 1', 'My boss says it is too expensive, and honestly I do not know.'],
  ['Speaker 2', 'How many people are on your team? Would you like me to show you?'],
  ['Speaker 1', 'We have been burned before, and my team is tired.'],
  ['Speaker 2', 'I will send you the plan, and our onboarding is included for you.'],
);
const vague = said(['Speaker 1', 'Hello?'], ['Speaker 2', 'Yes, good morning to everybody.'], ['Speaker 1', 'It rains.']);

test('sides that are sure are told, with names', () => {
  expect(shown(tellSides(call, known))).toEqual(['customer Maya Lindqvist', 'rep Sam Okafor', 'customer Maya Lindqvist', 'rep Sam Okafor']);
});

test('sides that are not sure stay open, and there is something to ask', () => {
  expect(tellSides(vague, known)).toEqual(vague);
  expect(openVoices(vague)).toEqual([
    { speaker: 'Speaker 2', text: 'Yes, good morning to everybody.' },
    { speaker: 'Speaker 1', text: 'It rains.' },
  ]);
});

test('sides that are known already are left as they are, and nothing is asked', () => {
  const two = said(['Sam', 'My boss says it is too expensive.', 'rep'], ['Maya', 'I will send you the plan.', 'customer']);
  expect([tellSides(two, known), openVoices(two)]).toEqual([two, []]);
  const one = said(['Speaker 1', 'I will send you the plan.']);
  expect([tellSides(one, known), openVoices(one)]).toEqual([one, []]);
});

test('what somebody says of a voice settles it, and a second word can turn it round', () => {
  const first = settleSides(vague, known, 'Speaker 2') ?? [];
  expect(shown(first)).toEqual(['customer Maya Lindqvist', 'rep Sam Okafor', 'customer Maya Lindqvist']);
  expect(shown(settleSides(first, known, 'Maya Lindqvist'))).toEqual(['rep Sam Okafor', 'customer Maya Lindqvist', 'rep Sam Okafor']);
  expect(settleSides(vague, known, 'Speaker 9')).toBe(undefined);
});

test('more than one voice on a side keep numbers of their own', () => {
  const more = [...call, ...said(['Speaker 3', 'My team does not want it, and I am not sure about your pricing.'])].map((one, seq) => ({
    ...one,
    seq,
  }));
  expect(shown(tellSides(more, known))).toEqual([
    'customer Speaker 1',
    'rep Sam Okafor',
    'customer Speaker 1',
    'rep Sam Okafor',
    'customer Speaker 3',
  ]);
});

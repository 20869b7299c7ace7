import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Methodology } from '../../contracts/methodology.ts';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import type { Evidence, Role } from '../../contracts/transcript.ts';
import { sayings } from '../said.ts';
import { widen } from '../widen.ts';
import { score } from './score.ts';

const questions = ['first?', 'deeper?'] as const;
const finding = (role: Role, isHard: boolean, seq = 0) => ({
  isHard,
  evidence: { quote: 'it is so', seq, role, speaker: '', startMs: 0, endMs: 1 } satisfies Evidence,
});

test("scores by who said it: unknown, the rep's guess, the customer's word, the customer's figure", () => {
  expect(score([], questions)).toEqual({ score: 0, evidence: [], gapQuestion: 'first?' });
  expect(score([finding('rep', true)], questions)).toMatchObject({ score: 1, gapQuestion: 'first?' });
  expect(score([finding('other', true)], questions)).toMatchObject({ score: 1 });
  expect(score([finding('customer', false)], questions)).toMatchObject({ score: 2, gapQuestion: 'deeper?' });
  expect(score([finding('customer', true)], questions)).toEqual({ score: 3, evidence: [finding('customer', true).evidence] });
});

test('never counts for more than a guess without a customer, and one more finding never lowers it', () => {
  const any = fc.array(fc.tuple(fc.constantFrom<Role>('rep', 'customer', 'other'), fc.boolean()), { maxLength: 6 });
  fc.assert(
    fc.property(any, fc.constantFrom<Role>('rep', 'customer', 'other'), fc.boolean(), (list, role, isHard) => {
      const found = list.map(([who, hard], seq) => finding(who, hard, seq));
      const now = score(found, questions);
      if (!found.some((one) => one.evidence.role === 'customer')) expect(now.score).toBeLessThanOrEqual(1);
      expect(now.gapQuestion === undefined).toBe(now.score === 3);
      expect(score([...found, finding(role, isHard, 9)], questions).score).toBeGreaterThanOrEqual(now.score);
    }),
  );
});

function read(...lines: (readonly [Role, string])[]): Methodology {
  const utterances = lines.map(([role, text], seq) => ({
    seq,
    role,
    speaker: role === 'rep' ? 'Sam Ortiz' : 'Maya Lindqvist',
    text,
    startMs: seq * 9_000,
    endMs: seq * 9_000 + 8_000,
    confidence: 1,
  }));
  const call = { utterances, startedAt: '2026-11-18T15:00:00Z', timeZone: 'UTC', repName: 'Sam', competitors: [] };
  return widen(call, sayings(utterances), quietInsight()).methodology!;
}
const scores = (block: object) => Object.fromEntries(Object.entries(block).map(([key, element]) => [key, element.score]));

test('a call on which nothing was told asks for everything', () => {
  const found = read(['rep', 'Hi there, this is Sam, do you have a minute?'], ['customer', 'Yes, what is it about?']);
  expect(Object.values(scores(found.meddpicc))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect([found.share, found.carries]).toEqual([0, 'discovery']);
  expect(found.meddpicc.economicBuyer.gapQuestion).toBe('Who has the final say on a purchase like this?');
});

test('a call on which everything was told carries as far as a commitment', () => {
  const found = read(
    ['rep', 'What is going on at your end?'],
    ['customer', 'We use a spreadsheet for 40 people. It takes us three weeks to close the books, and that costs us $20,000 a month.'],
    ['customer', 'We want to cut that to five days.'],
    ['rep', 'And who decides?'],
    ['customer', 'Our CFO Dana Reyes signs the contract. Dana makes the final decision.'],
    ['customer', "I'll take this to the board. The board will decide in January."],
    ['customer', 'Then it goes through legal review, which takes two weeks. The tool must have SSO.'],
    ['customer', 'It has to be done before the audit, by March 15. We have a budget of $40,000 for it.'],
  );
  expect(scores(found.bant)).toEqual({ budget: 3, authority: 3, need: 3, timeline: 3 });
  expect(scores(found.spiced)).toEqual({ situation: 3, pain: 3, impact: 3, criticalEvent: 3, decision: 3 });
  expect(scores(found.meddpicc)).toMatchObject({ metrics: 3, economicBuyer: 3, identifyPain: 3, champion: 2, paperProcess: 3 });
  expect(found.carries).toBe('commit');
});

test("what only the rep says stays the rep's guess", () => {
  const found = read(
    ['rep', 'So your legal review takes two weeks, and the board will decide in January.'],
    ['customer', 'I cannot say anything about that to you on this call.'],
  );
  expect(scores(found.meddpicc)).toMatchObject({ paperProcess: 1, decisionProcess: 1 });
});

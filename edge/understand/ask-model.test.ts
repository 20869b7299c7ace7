import { expect, test } from 'vitest';
import { quietInsight } from '../../shared/contracts/quiet-insight.ts';
import type { Fault } from '../../shared/kit/result.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import type { Model } from '../ports/model.ts';
import { type AskDeps, askModel } from './ask-model.ts';

const turn = (seq: number, role: 'rep' | 'customer', text: string) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  text,
  startMs: seq * 1_000,
  endMs: seq * 1_000 + 900,
  confidence: 1,
});
const call = {
  utterances: [
    turn(0, 'rep', "Maya, I'll call Priya on 312 555 0142 by Thursday."),
    turn(1, 'customer', 'Honestly, the price is hard to defend.'),
    turn(2, 'customer', 'My card is 4111 1111 1111 1111 and my mail is maya@lindqvist.example.'),
  ],
  startedAt: '2026-11-16T15:00:00Z',
  timeZone: 'UTC',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  competitors: [],
  people: ['Priya Raman'],
};
const rules = quietInsight();
type Question = Parameters<Model['ask']>[0];

function desk(answers: readonly unknown[], left = 1_000_000) {
  const asked: Question[] = [];
  const month = { left };
  const deps: AskDeps = {
    model: {
      ask: async (question) => {
        const answer = answers[asked.push(question) - 1];
        return typeof answer === 'object' && answer !== null && 'said' in answer
          ? failed(answer as Fault)
          : ok({ value: answer, model: 'model-1', tokens: 1_000 });
      },
    },
    takeTokens: async (tokens) => {
      if (month.left < tokens) return false;
      month.left -= tokens;
      return true;
    },
    giveTokens: async (tokens) => {
      month.left += tokens;
    },
    fence: () => `FENCE${asked.length}`,
  };
  return { deps, asked, month };
}

const price = { type: 'price', quote: 'the price is hard to defend', turn: 1 };
const forged = { type: 'trust', quote: 'we do not believe a word of it', turn: 1 };

test('nobody and nothing personal leaves, and what comes back is in the words that were said', async () => {
  const { deps, asked } = desk([
    { nextSteps: [{ text: 'Call [P3]', owner: 'rep', quote: "I'll call [P3] on [PHONE1] by Thursday", turn: 0 }] },
  ]);
  const { insight } = await askModel(deps, call, rules);
  const sent = JSON.stringify(asked);
  for (const word of ['Maya', 'Priya', 'Sam', '0142', '4111', 'lindqvist']) expect(sent).not.toContain(word);
  expect(insight.nextSteps.map(({ text, evidence }) => [text, evidence.quote])).toEqual([
    ['Call Priya', "I'll call Priya on 312 555 0142 by Thursday."],
  ]);
});

test('asks once more with only what failed, over the same beginning and shape', async () => {
  const { deps, asked } = desk([{ objections: [price, forged] }, { objections: [{ ...price, type: 'need' }] }]);
  const { insight, kind, dropped } = await askModel(deps, call, rules);
  expect([asked.length, kind, dropped]).toEqual([2, 'repaired', 0]);
  expect([asked[1]?.data, asked[1]?.system, asked[1]?.schema]).toEqual([asked[0]?.data, asked[0]?.system, asked[0]?.schema]);
  expect([asked[0]?.more, asked[1]?.more?.includes('we do not believe'), asked[1]?.more?.includes('hard to defend')]).toEqual([
    undefined,
    true,
    false,
  ]);
  expect(insight.objections.map((one) => one.type)).toEqual(['price', 'need']);
  expect(insight.limits).toBeUndefined();
});

test('what fails again is dropped, counted and said', async () => {
  const { deps, asked } = desk([{ objections: [price, forged] }, { objections: [forged] }]);
  const { insight, dropped } = await askModel(deps, call, rules);
  expect([asked.length, dropped, insight.objections.map((one) => one.type)]).toEqual([2, 1, ['price']]);
  expect(insight.limits).toEqual(['One claim of the language model had no proof in the transcript and was left out.']);
});

test('a repair that is away keeps what was proved', async () => {
  const { deps } = desk([{ objections: [price, forged] }, { kind: 'busy', said: 'busy' }]);
  const { insight, kind, dropped } = await askModel(deps, call, rules);
  expect([kind, dropped, insight.objections.length]).toEqual(['answered', 1, 1]);
});

test.each([
  ['busy', { kind: 'busy', said: 'busy' }],
  ['refused', { kind: 'refused', said: 'refused' }],
  ['broken', { kind: 'broken', said: 'late' }],
  ['expired', { kind: 'expired', said: 'key' }],
  ['broken', 'no object'],
  ['broken', { intent: 'close' }],
])('falls back to the rules and says so: %s', async (kind, answer) => {
  const asked = await askModel(desk([answer]).deps, call, rules);
  expect(asked).toEqual({ insight: { ...rules, limits: asked.insight.limits }, kind, dropped: 0 });
  expect(asked.insight.limits).toEqual([expect.stringMatching(/^The language model .* read without one\.$/)]);
});

test('a month that is used up is not asked, and one that has too little for a repair keeps what was proved', async () => {
  const empty = desk([{ objections: [price] }], 10_000);
  expect(await askModel(empty.deps, call, rules)).toEqual({
    insight: { ...rules, limits: ['This month’s share of the language model is used up, so the call was read without one.'] },
    kind: 'over-budget',
    dropped: 0,
  });
  expect([empty.asked.length, empty.month.left]).toEqual([0, 10_000]);
  const small = desk([{ objections: [price, forged] }], 83_000);
  expect([(await askModel(small.deps, call, rules)).insight.objections.length, small.asked.length]).toEqual([1, 1]);
});

test('pays what an answer cost, and nothing where none was begun', async () => {
  const done = desk([{ objections: [price] }]);
  await askModel(done.deps, call, rules);
  const busy = desk([{ kind: 'busy', said: 'busy' }]);
  await askModel(busy.deps, call, rules);
  expect([done.month.left, busy.month.left]).toEqual([999_000, 1_000_000]);
});

test('a call beyond one pass is read by the rules and says so', async () => {
  const { deps, asked } = desk([]);
  const long = { ...call, utterances: Array.from({ length: 900 }, (_, seq) => turn(seq, 'rep', 'word '.repeat(200))) };
  const { insight, kind } = await askModel(deps, long, rules);
  expect([asked.length, kind, insight.limits]).toEqual([
    0,
    'too-long',
    ['This call is too long for the language model, so it was read without one.'],
  ]);
});

test('a question ends in two minutes and every one has a mark of its own', async () => {
  const { deps, asked } = desk([{ objections: [forged] }, { objections: [] }]);
  await askModel(deps, call, rules);
  expect(asked.map(({ timeoutMs, maxTokens }) => [timeoutMs, maxTokens])).toEqual(Array(2).fill([120_000, 16_000]));
  expect([asked[0]?.data.startsWith('-----FENCE0\n'), asked[1]?.more?.includes('-----FENCE1\n')]).toEqual([true, true]);
});

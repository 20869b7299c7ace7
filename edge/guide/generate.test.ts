import { expect, test } from 'vitest';
import { compilePlays } from '../../shared/guide/compile-plays.ts';
import { pack } from '../../shared/guide/pack.ts';
import { timed } from '../../shared/guide/second-tier/replay.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import type { LiveModel } from '../ports/model.ts';
import { noDeal } from './deal-now.ts';
import { type GenerateDeps, generate } from './generate.ts';

const plays = compilePlays(pack, []);
const own = pack.find(({ id }) => id === 'price-objection')?.say;
const said = timed([
  { role: 'rep', text: 'What did you think of it?' },
  { role: 'customer', text: 'Honestly the price is hard to defend.' },
]);
const deps = (answer: unknown, tokens = 100_000): GenerateDeps => ({
  plays,
  model: {
    warm: async () => ok(undefined),
    ask: async ({ counted }, hear) => {
      counted({ tokens: 10, used: { tokensIn: 10, tokensOut: 0, tokensCached: 0, tokensWritten: 0 } });
      if (answer === undefined) return failed({ kind: 'busy', said: 'Busy.' });
      hear(JSON.stringify(answer));
      return ok(undefined);
    },
  } satisfies LiveModel,
  budget: { take: async (asked) => asked <= tokens, give: async () => undefined },
  brief: { lines: [], names: [] },
  fence: 'f',
  now: () => 0,
  deal: noDeal,
  words: { startedAt: '2026-11-18T15:00:00Z', timeZone: 'UTC', repName: 'Sam', customerName: 'Maya', competitors: [] },
});
const answer = {
  show: true,
  kind: 'price',
  card_id: 'price-objection',
  evidence_quote: 'the price is hard to defend',
  confidence: 0.9,
  headline: 'Hard to defend',
  say: 'You called it hard to defend. Before whom?',
  ask: null,
  expires_s: 20,
};

test('the rules answer, and the model says it in their words', async () => {
  const { card, by } = await generate(deps(answer), 'asked', said);
  expect([by, card?.playId, card?.headline, card?.say]).toEqual(['model', 'price-objection', 'Price objection', answer.say]);
});

test.each([
  ['without a key', { ...deps(answer), model: undefined }],
  ['with a month that is used up', deps(answer, 0)],
  ['with a vendor that is busy', deps(undefined)],
  ['with a quote that is not there', deps({ ...answer, evidence_quote: 'nobody said these words' })],
])('%s the rules stand alone', async (_, it) => {
  const { card, by } = await generate(it, 'asked', said);
  expect([by, card?.say]).toEqual(['rules', own]);
});

test('small talk brings no card', async () => {
  const quiet = timed([{ role: 'customer', text: 'How was your weekend?' }]);
  expect(await generate({ ...deps(answer), model: undefined }, 'asked', quiet)).toMatchObject({ card: null, by: 'rules' });
});

test('beside the card stands how the deal is by these words, and what to ask next', async () => {
  const turns = timed([
    { role: 'rep', text: 'Who signs the contract in the end?' },
    { role: 'customer', text: 'Our CFO makes the final decision on it.' },
    { role: 'rep', text: 'And what does that process look like for you?' },
  ]);
  const { gates } = await generate({ ...deps(answer), model: undefined }, 'asked', turns);
  expect(gates?.gates.find(({ id }) => id === 'economicBuyer')).toMatchObject({ state: 'newly-met', role: 'customer' });
  expect(gates?.next).toMatchObject({ gateId: 'identifyPain', line: 'Not asked yet: what is hardest for them today?' });
});

test('turns without times follow one another, never back in time', () => {
  const turns = timed([
    { role: 'rep', text: 'one two' },
    { role: 'customer', text: 'three', startMs: 5_000 },
    { role: 'rep', text: 'four', startMs: 100 },
  ]);
  expect(turns.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [0, 800],
    [5_000, 5_400],
    [5_400, 5_800],
  ]);
});

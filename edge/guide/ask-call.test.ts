import { expect, test } from 'vitest';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { LiveQuestion } from '../ports/model.ts';
import { type AskCallDeps, askCall } from './ask-call.ts';

const said = [
  { seq: 0, role: 'rep', speaker: 'Sam Ortiz', text: 'When do you want to roll it out?', startMs: 0, endMs: 2_000, confidence: 1 },
  {
    seq: 1,
    role: 'customer',
    speaker: 'Maya Lindqvist',
    text: 'We go live in March, after the audit, with Dana.',
    startMs: 3_000,
    endMs: 6_000,
    confidence: 1,
  },
] as const;
const question = 'What happens after the audit?';
const used = { tokensIn: 10, tokensOut: 5, tokensCached: 0, tokensWritten: 0 };

/** A model that says this, and what it was asked and cost. */
function desk(answer: unknown, { tokens = 1_000_000, fault }: { tokens?: number; fault?: Result<never> } = {}) {
  const log: { asked: LiveQuestion[]; spent: unknown[]; left: number } = { asked: [], spent: [], left: tokens };
  const deps: AskCallDeps = {
    model: {
      warm: async () => ok(undefined),
      ask: async (it, hear) => {
        log.asked.push(it);
        if (fault) return fault;
        it.counted({ tokens: 40, used });
        for (const piece of JSON.stringify(answer).match(/.{1,7}/g) ?? []) hear(piece);
        return ok(undefined);
      },
    },
    budget: {
      take: async (asked) => {
        if (asked > log.left) return false;
        log.left -= asked;
        return true;
      },
      give: async (back) => {
        log.left += back;
      },
    },
    names: ['Sam Ortiz', 'Maya Lindqvist', 'Dana'],
    fence: 'f-1',
    spent: async (cost) => void log.spent.push(cost),
  };
  return { log, ask: () => askCall(deps, { said, claims: {} }, question) };
}
const right = { known: true, quotes: ['we go live in March, after the audit'], answer: 'They go live in March, after the audit.' };

test('a model’s answer stands on the call’s own words, and costs what it cost', async () => {
  const { ask, log } = desk(right);
  expect(await ask()).toEqual({
    answer: 'They go live in March, after the audit.',
    isKnown: true,
    sources: [{ atMs: 3_000, speaker: 'Maya Lindqvist', role: 'customer', quote: 'We go live in March, after the audit' }],
    by: 'model',
  });
  expect([log.spent, log.left]).toEqual([[used], 1_000_000 - 40]);
});

test('no name leaves us, and what was said stands between fences', async () => {
  const { ask, log } = desk(right);
  await ask();
  expect(JSON.stringify(log.asked)).not.toMatch(/Maya|Lindqvist|Dana|Ortiz/);
  expect(log.asked[0]?.data[0]?.split('\n').map((row) => row.startsWith('-----f-1'))).toEqual([true, false, false, true]);
});

test.each([
  ['a quote that nobody said', { ...right, quotes: ['we signed with somebody else'] }],
  ['a figure that is in no quote', { ...right, answer: 'They go live in March with 40 people.' }],
  ['a promise of ours that is in no quote', { ...right, answer: 'We include free onboarding after the audit.' }],
  ['a name that nobody said', { ...right, answer: 'They go live in March with Zendara.' }],
  ['words of another shape', { nonsense: true }],
  ['that it is not known', { known: false, quotes: [], answer: '' }],
])('%s leaves the rules’ answer', async (_, answer) => {
  expect(await desk(answer).ask()).toMatchObject({ by: 'rules', isKnown: true, sources: [{ atMs: 3_000 }] });
});

test('a month that is used up, or a vendor that is busy, leaves the rules’ answer and costs nothing', async () => {
  const poor = desk(right, { tokens: 10 });
  expect([await poor.ask().then(({ by }) => by), poor.log.asked.length, poor.log.left]).toEqual(['rules', 0, 10]);
  const busy = desk(right, { fault: failed({ kind: 'busy', said: 'Busy.' }) });
  expect([await busy.ask().then(({ by }) => by), busy.log.spent, busy.log.left]).toEqual(['rules', [], 1_000_000]);
});

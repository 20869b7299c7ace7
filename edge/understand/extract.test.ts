import { expect, test, vi } from 'vitest';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import type { Model } from '../ports/model.ts';
import { type ExtractDeps, extract } from './extract.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const utterances: Utterance[] = [
  { seq: 0, role: 'rep', speaker: 'Sam', text: "I'll send you the rollout plan by Thursday.", startMs: 0, endMs: 3_000, confidence: 1 },
  {
    seq: 1,
    role: 'customer',
    speaker: 'Maya',
    text: 'Honestly, the price is hard to defend.',
    startMs: 3_000,
    endMs: 6_000,
    confidence: 1,
  },
];
const call = {
  status: 'transcribed',
  startedAt: '2026-11-20T15:00:00.000Z',
  timeZone: 'America/New_York',
  connectionId: 'connection-1',
  repName: 'Sam',
  customerName: 'Maya',
  competitors: [],
};
const byRules = analyze({ ...call, utterances });

function desk(model?: Model['ask'], over: Partial<ExtractDeps> = {}) {
  const saved: Insight[] = [];
  const steps: string[] = [];
  const deps: ExtractDeps = {
    callOf: async () => call,
    utterancesOf: async () => utterances,
    isKnown: async () => false,
    model: model && { ask: model },
    budgetOf: async () => ({ takeTokens: async () => true, giveTokens: async () => undefined }),
    peopleOf: async () => ['Priya Raman'],
    holdOff: async () => steps.push('hold') > 0,
    goOn: async () => void steps.push('go on'),
    fence: () => 'FENCE',
    save: async (_tenantId, _callId, insight) => {
      steps.push('save');
      saved.push(insight);
    },
    ...over,
  };
  return { deps, saved, steps };
}

test('without a model the rules answer alone', async () => {
  const { deps, saved } = desk();
  expect(await extract(deps, ids)).toBe('connection-1');
  expect(saved).toEqual([byRules]);
});

test('what a model claims stands where the transcript proves it', async () => {
  const bullet = { text: 'They look at the price', quote: 'the price is hard to defend', turn: 1 };
  const { deps, saved } = desk(async () => ok({ value: { bullets: [bullet] }, model: 'model-1', tokens: 10 }));
  await extract(deps, ids);
  expect(saved[0]?.analyzer).toBe(`model-1+${byRules.analyzer}`);
  expect(saved[0]?.bullets.map(({ text, evidence }) => [text, evidence.seq])).toEqual([['They look at the price', 1]]);
});

test('while a model is asked the sweep leaves the call alone, and the rules alone need no such time', async () => {
  const asking = desk(async () => failed({ kind: 'busy', said: 'busy' }));
  await extract(asking.deps, ids);
  expect(asking.steps).toEqual(['hold', 'save', 'go on']);
  const alone = desk();
  await extract(alone.deps, ids);
  expect(alone.steps).toEqual(['save']);
});

test('of two messages about a call one asks the model, and one that breaks down leaves it to the next', async () => {
  let asked = 0;
  const ask: Model['ask'] = async () => {
    asked += 1;
    return failed({ kind: 'busy', said: 'busy' });
  };
  const late = desk(ask, { holdOff: async () => false });
  expect([await extract(late.deps, ids), asked, late.steps]).toEqual([null, 0, []]);
  const broken = desk(ask, { peopleOf: () => Promise.reject(new Error('no database')) });
  await expect(extract(broken.deps, ids)).rejects.toThrow('no database');
  expect(broken.steps).toEqual(['hold', 'go on']);
});

test('nothing that was said or named leaves in a log line', async () => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const secret = 'Call me on 312 555 0142, the password is swordfish.';
  const said = [...utterances, { ...utterances[1]!, seq: 2, text: secret }];
  const { deps } = desk(
    async () => ok({ value: { bullets: [{ text: secret, quote: 'not there', turn: 2 }] }, model: 'model-1', tokens: 10 }),
    {
      utterancesOf: async () => said,
    },
  );
  await extract(deps, ids);
  const logged = JSON.stringify(lines.mock.calls);
  lines.mockRestore();
  expect(logged).toContain('"kind\\":\\"repaired\\",\\"count\\":1');
  for (const word of ['312', '0142', 'swordfish', 'Maya', 'Priya', 'price']) expect(logged).not.toContain(word);
});

test('names and words are made harmless before anybody reads them', async () => {
  const { deps, saved } = desk(undefined, {
    callOf: async () => ({ ...call, customerName: '<b>Maya</b>\u202e' }),
    utterancesOf: async () => utterances.map((one) => ({ ...one, text: `${one.text} See https://evil.example/x` })),
  });
  await extract(deps, ids);
  expect(JSON.stringify(saved)).not.toMatch(/evil|<b>|\u202e/);
});

test('a model is not asked about silence', async () => {
  let isAsked = false;
  const ask: Model['ask'] = async () => {
    isAsked = true;
    return failed({ kind: 'busy', said: 'busy' });
  };
  const { deps, saved } = desk(ask, { utterancesOf: async () => [] });
  expect(await extract(deps, ids)).toBe('connection-1');
  expect([isAsked, saved.length]).toEqual([false, 1]);
});

test('a call with an insight is not analysed a second time, and still goes on', async () => {
  const { deps, saved } = desk(undefined, { isKnown: async () => true });
  expect(await extract(deps, ids)).toBe('connection-1');
  expect(saved).toEqual([]);
});

test('a call that is not transcribed, or is gone, is left alone', async () => {
  for (const callOf of [async () => ({ ...call, status: 'ended' }), async () => ({ ...call, status: 'understood' }), async () => null]) {
    const { deps, saved } = desk(undefined, { callOf });
    expect(await extract(deps, ids)).toBe(null);
    expect(saved).toEqual([]);
  }
});

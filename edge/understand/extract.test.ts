import { expect, test } from 'vitest';
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
  const deps: ExtractDeps = {
    callOf: async () => call,
    utterancesOf: async () => utterances,
    isKnown: async () => false,
    model: model && { ask: model },
    fence: () => 'FENCE',
    save: async (_tenantId, _callId, insight) => void saved.push(insight),
    ...over,
  };
  return { deps, saved };
}

test('without a model the rules answer alone', async () => {
  const { deps, saved } = desk();
  expect(await extract(deps, ids)).toBe('connection-1');
  expect(saved).toEqual([byRules]);
});

test('a model that is away, refuses or talks nonsense costs nothing', async () => {
  const answers: Model['ask'][] = [
    async () => failed({ kind: 'busy', said: 'The model is busy.' }),
    async () => failed({ kind: 'refused', said: 'The model refused.' }),
    async () => ok({ value: 'no object', model: 'model-1' }),
    async () => ok({ value: { objections: [{ type: 'price', quote: 'words nobody said', turn: 1 }] }, model: 'model-1' }),
  ];
  for (const ask of answers) {
    const { deps, saved } = desk(ask);
    expect(await extract(deps, ids)).toBe('connection-1');
    expect(saved).toEqual([byRules]);
  }
});

test('what a model claims stands where the transcript proves it', async () => {
  const bullet = { text: 'They look at the price', quote: 'the price is hard to defend', turn: 1 };
  const { deps, saved } = desk(async () => ok({ value: { bullets: [bullet] }, model: 'model-1' }));
  await extract(deps, ids);
  expect(saved[0]?.analyzer).toBe('model-1+rules-1');
  expect(saved[0]?.bullets.map(({ text, evidence }) => [text, evidence.seq])).toEqual([['They look at the price', 1]]);
});

test('the transcript reaches the model between fences, with a time limit', async () => {
  const asked: Parameters<Model['ask']>[0][] = [];
  const { deps } = desk(async (question) => {
    asked.push(question);
    return failed({ kind: 'busy', said: 'busy' });
  });
  await extract(deps, ids);
  expect(asked[0]?.data.startsWith('-----FENCE\n') && asked[0].data.endsWith('\n-----FENCE')).toBe(true);
  expect(asked[0]?.timeoutMs).toBe(60_000);
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

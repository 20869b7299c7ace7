import { expect, test } from 'vitest';
import type { Insight } from '../../shared/contracts/insight.ts';
import { type FoldDeps, fold } from './fold.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const evidence = { quote: 'the price is hard to defend', seq: 1, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 1_000 } as const;
const insight: Insight = {
  analyzer: 'rules-1',
  intent: 'objection',
  sentiment: 0.4,
  talkShareRep: 0.5,
  headline: '',
  bullets: [],
  objections: [{ type: 'price', confidence: 0.9, evidence }],
  nextSteps: [],
  buyingSignals: [],
  competitors: [],
  pricing: [],
  turns: [],
};
const call = { record: { object: 'deal', id: '7001' }, startedAt: '2026-11-20T15:00:00.000Z', timeZone: 'America/New_York' } as const;

function desk() {
  const saved: unknown[] = [];
  const deps: FoldDeps = { save: async (...it) => void saved.push(it) };
  return { deps, saved };
}

test('what a call taught goes to its record, under the call and its time', async () => {
  const { deps, saved } = desk();
  await fold(deps, ids, call, insight);
  const fact = { kind: 'objection', key: 'price', text: 'Finds the price high', evidence };
  expect(saved).toEqual([['tenant-1', call.record, 'call-1', call.startedAt, [fact]]]);
});

test('folding again saves the same', async () => {
  const { deps, saved } = desk();
  await fold(deps, ids, call, insight);
  await fold(deps, ids, call, insight);
  expect(saved[1]).toEqual(saved[0]);
});

test('a call on no record, without an insight, or gone teaches nothing', async () => {
  const { deps, saved } = desk();
  await fold(deps, ids, { ...call, record: null }, insight);
  await fold(deps, ids, call, null);
  await fold(deps, ids, null, insight);
  expect(saved).toEqual([]);
});

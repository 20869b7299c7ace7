import { expect, test } from 'vitest';
import type { PlanInput } from '../../shared/act/plan-changes.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import type { CrmRecord } from '../ports/crm.ts';
import { type PlanDeps, type PlannedRow, plan } from './plan.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const call: PlanInput['call'] = {
  id: 'call-1',
  record: { object: 'deal', id: '7001' },
  contact: { object: 'contact', id: '9001' },
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  customerEmail: 'maya@cobaltfreight.example',
  direction: 'inbound',
  startedAt: '2026-11-20T15:00:00.000Z',
  durationMs: 60_000,
  timeZone: 'America/New_York',
};
const said = (seq: number, role: 'rep' | 'customer', text: string) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  text,
  startMs: seq * 5_000,
  endMs: seq * 5_000 + 4_000,
  confidence: 0.99,
});
const insight = analyze({
  startedAt: call.startedAt,
  timeZone: call.timeZone,
  repName: call.repName,
  customerName: call.customerName,
  competitors: [],
  utterances: [
    said(0, 'rep', "I'll send you the security questionnaire by Thursday."),
    said(1, 'customer', 'Perfect. We want to go ahead with a proposal for one hundred and twenty seats.'),
  ],
});
const deal: CrmRecord = {
  ref: call.record,
  name: 'Cobalt Freight, 120 seats',
  stageId: 'qualifiedtobuy',
  stages: [
    { id: 'qualifiedtobuy', label: 'Qualified To Buy', probability: 0.4, closed: false },
    { id: 'presentationscheduled', label: 'Presentation Scheduled', probability: 0.6, closed: false },
    { id: 'contractsent', label: 'Contract Sent', probability: 0.9, closed: false },
  ],
  people: [],
};

function stage(over: Partial<PlanDeps> = {}, record: Result<CrmRecord> = ok(deal)) {
  const saved: PlannedRow[][] = [];
  const log: string[] = [];
  const deps: PlanDeps = {
    callOf: async () => ({ connectionId: 'connection-1', call }),
    insightOf: async () => insight,
    recordOf: async () => record,
    hash: async (text) => `hash of ${text}`,
    save: async (_tenantId, callId, rows) => {
      saved.push([...rows]);
      log.push(`saved ${callId}`);
    },
    kick: async (_tenantId, connectionId) => void log.push(`kicked ${connectionId}`),
    ...over,
  };
  return { deps, saved, log };
}

test('what is automatic is due at once, the rest waits; then the writer is kicked', async () => {
  const { deps, saved, log } = stage();
  expect(await plan(deps, ids)).toBe('done');
  expect(log).toEqual(['saved call-1', 'kicked connection-1']);
  const states = saved[0]?.map(({ body, policy, state }) => [body.kind, policy, state]);
  expect(states).toContainEqual(['log-call', 'auto', 'due']);
  expect(states).toContainEqual(['add-task', 'auto', 'due']);
  expect(states).toContainEqual(['draft-email', 'suggest', 'waiting']);
  expect(saved[0]?.filter(({ policy, state }) => (policy === 'auto') !== (state === 'due'))).toEqual([]);
});

test('the same call planned again has the same keys, each its own', async () => {
  const { deps, saved } = stage();
  await plan(deps, ids);
  await plan(deps, ids);
  const [first, second] = saved.map((rows) => rows.map((row) => row.opKey));
  expect(second).toEqual(first);
  expect(new Set(first).size).toBe(first?.length);
});

test('another connection or another call has other keys', async () => {
  const { deps, saved } = stage();
  await plan(deps, ids);
  await plan({ ...deps, callOf: async () => ({ connectionId: 'connection-2', call }) }, ids);
  await plan(deps, { ...ids, callId: 'call-2' });
  const all = saved.flatMap((rows) => rows.map((row) => row.opKey));
  expect(new Set(all).size).toBe(all.length);
});

test('a call without a record, without an insight, or that is gone writes nothing', async () => {
  for (const over of [
    { callOf: async () => ({ connectionId: 'connection-1', call: null }) },
    { callOf: async () => null },
    { insightOf: async () => null },
  ] satisfies Partial<PlanDeps>[]) {
    const { deps, log } = stage(over);
    expect(await plan(deps, ids)).toBe('done');
    expect(log).toEqual([]);
  }
});

test('a CRM that is busy or broken is asked again, and nothing is planned on a guess', async () => {
  for (const kind of ['busy', 'broken'] as const) {
    const { deps, log } = stage({}, failed({ kind, said: 'HubSpot is away.' }));
    expect(await plan(deps, ids)).toBe('again');
    expect(log).toEqual([]);
  }
});

test('a record that is gone still gets its call logged, without a stage', async () => {
  const { deps, saved } = stage({}, failed({ kind: 'gone', said: 'HubSpot has no such record.' }));
  expect(await plan(deps, ids)).toBe('done');
  const kinds = saved[0]?.map(({ body }) => body.kind) ?? [];
  expect([kinds.includes('log-call'), kinds.includes('move-stage')]).toEqual([true, false]);
});

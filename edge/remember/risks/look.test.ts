import { expect, test } from 'vitest';
import { quietInsight } from '../../../shared/contracts/quiet-insight.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { Settled } from '../../../shared/remember/risks/settle-risks.ts';
import { lookAtRisks, type RiskLookDeps } from './look.ts';
import type { RiskRow } from './store.ts';

const ref: RecordRef = { object: 'deal', id: '7001' };
const nowMs = Date.parse('2026-11-20T15:00:00Z');
const stage = (id: string, probability: number, closed = false) => ({ id, label: id, probability, closed });
const stages = [stage('new', 0.2), stage('proposal', 0.6), stage('won', 1, true), stage('lost', 0, true)];
const speakers = (['rep', 'customer', 'customer'] as const).map((role, at) => ({ name: `${role} ${at}`, role, spokeMs: 1 }));
const everything = { mayDecide: true, sees: new Set(['call-1']) };

/** Keeps what a look settles, as the store does. */
function desk(over: Partial<RiskLookDeps> = {}) {
  const log: unknown[] = [];
  const rows: RiskRow[] = [];
  const deps: RiskLookDeps = {
    now: () => nowMs,
    dealOf: async () => ok({ stageId: 'proposal', stages, closeOn: '2026-11-01' }),
    callsOf: async () => [{ callId: 'call-1', atMs: nowMs - 1_000, insight: quietInsight({ commitments: [], speakers }) }],
    pathsOf: async () => undefined,
    risksOf: async () => [...rows],
    settle: async (_, settled: Settled, at) => {
      log.push(['settled', settled.propose.map((one) => one.code), settled.over]);
      for (const risk of settled.propose)
        rows.push({
          ...risk,
          id: `risk-${rows.length}`,
          state: 'proposed',
          record: ref,
          since: at,
          reason: null,
          decidedBy: null,
          requestId: null,
        });
    },
    decisionsSince: async () => [],
    keepSigns: async () => void log.push('kept signs'),
    closeSigns: async (_, won) => void log.push(`closed ${won ? 'won' : 'lost'}`),
    closedDeals: async () => [],
    ...over,
  };
  return { deps, log, rows };
}

test('finds, keeps and shows what endangers a deal, and refuses a comparison without a past', async () => {
  const { deps, log } = desk();
  const seen = await lookAtRisks(deps, ref, everything);
  if (!seen.ok) throw new Error('it is there');
  expect(seen.value.risks.map((risk) => [risk.code, risk.state, risk.since])).toEqual([
    ['overdue', 'proposed', '2026-11-20T15:00:00.000Z'],
    ['pricing_not_mentioned', 'proposed', '2026-11-20T15:00:00.000Z'],
    ['no_next_step', 'proposed', '2026-11-20T15:00:00.000Z'],
  ]);
  expect(seen.value.health).toMatchObject({ state: 'thin', won: 0, lost: 0 });
  // Mails are not read, so nobody is said to be silent.
  expect(seen.value.unknown).toEqual(expect.arrayContaining(['no_activity', 'ghosted']));
  expect(log).toEqual([['settled', ['overdue', 'pricing_not_mentioned', 'no_next_step'], []], 'kept signs']);
});

test('a deal that stands long in a stage, and one with one way in, are said to be so once that is known', async () => {
  const { deps, log } = desk({
    dealOf: async () => ok({ stageId: 'proposal', stages, inStageSinceMs: nowMs - 20 * 86_400_000 }),
    pathsOf: async () => 1,
  });
  const seen = await lookAtRisks(deps, ref, everything);
  expect(seen.ok && seen.value.unknown.filter((code) => code === 'stalled_in_stage' || code === 'single_threaded')).toEqual([]);
  expect(log[0]).toEqual(['settled', ['pricing_not_mentioned', 'stalled_in_stage', 'no_next_step', 'single_threaded'], []]);
});

test('a second look proposes nothing more', async () => {
  const { deps, log } = desk();
  const first = await lookAtRisks(deps, ref, everything);
  expect(await lookAtRisks(deps, ref, everything)).toEqual(first);
  expect(log[2]).toEqual(['settled', [], []]);
});

test('a closed deal has no risks, and what came of it is kept', async () => {
  for (const [stageId, said] of [
    ['won', 'closed won'],
    ['lost', 'closed lost'],
  ] as const) {
    const { deps, log } = desk({ dealOf: async () => ok({ stageId, stages, closeOn: '2026-11-01' }) });
    const seen = await lookAtRisks(deps, ref, everything);
    expect(seen.ok && seen.value.risks).toEqual([]);
    expect(log).toEqual([['settled', [], []], said]);
  }
});

test('words of a call that the viewer may not see stay away, with the risk that stands on them', async () => {
  const { deps, rows } = desk();
  await lookAtRisks(deps, ref, everything);
  const evidence = { quote: 'on hold', seq: 1, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900, callId: 'call-9' } as const;
  rows[0] = { ...rows[0]!, evidence: [evidence] };
  const seen = await lookAtRisks(deps, ref, everything);
  expect(seen.ok && seen.value.risks.map((risk) => risk.code)).toEqual(['pricing_not_mentioned', 'no_next_step']);
});

test('who may not decide sees neither what was put aside nor how right the rules were', async () => {
  const { deps, rows } = desk({ decisionsSince: async () => [{ code: 'overdue', verdict: 'dismissed', reason: 'wrong' }] });
  await lookAtRisks(deps, ref, everything);
  rows[0] = { ...rows[0]!, state: 'dismissed', reason: 'wrong' };
  const [rep, manager] = [await lookAtRisks(deps, ref, { ...everything, mayDecide: false }), await lookAtRisks(deps, ref, everything)];
  expect(rep.ok && [rep.value.risks.length, rep.value.precision]).toEqual([2, []]);
  expect(manager.ok && [manager.value.risks.length, manager.value.precision[0]?.decided]).toEqual([3, 1]);
});

test('a record that the CRM does not have is the CRM’s answer, and nothing is kept', async () => {
  const fault = { kind: 'gone', said: 'It is gone.' } as const;
  const { deps, log } = desk({ dealOf: async () => failed(fault) });
  expect(await lookAtRisks(deps, ref, everything)).toEqual({ ok: false, fault });
  expect(log).toEqual([]);
});

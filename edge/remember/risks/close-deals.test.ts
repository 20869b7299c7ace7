import { expect, test } from 'vitest';
import type { RecordRef, Stage } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { type CloseDeps, closeDeals } from './close-deals.ts';

const deal = (id: string): RecordRef => ({ object: 'deal', id });
const stages: Record<string, Result<Stage | null>> = {
  open: ok({ id: 's', label: 'Proposal', probability: 0.6, closed: false }),
  won: ok({ id: 'w', label: 'Won', probability: 1, closed: true }),
  lost: ok({ id: 'l', label: 'Lost', probability: 0, closed: true }),
  nowhere: ok(null),
  away: failed({ kind: 'busy', said: 'Busy.' }),
};
function desk(open: readonly string[]) {
  const log: string[] = [];
  const deps: CloseDeps = {
    openSigns: async (refs) => {
      log.push(`asked ${refs.map((one) => one.id).join()}`);
      return refs.filter((one) => open.includes(one.id));
    },
    stageOf: async (ref) => stages[ref.id] ?? ok(null),
    closeSigns: async (ref, won) => void log.push(`${ref.id} ${won}`),
  };
  return { deps, log };
}

test('keeps what came of the deals that are closed, and leaves the others', async () => {
  const { deps, log } = desk(Object.keys(stages));
  expect(await closeDeals(deps, Object.keys(stages).map(deal))).toBe(2);
  expect(log).toEqual(['asked open,won,lost,nowhere,away', 'won true', 'lost false']);
});

test('reads each deal once, and only those that were looked at while they were open', async () => {
  const { deps, log } = desk(['lost']);
  expect(await closeDeals(deps, [deal('won'), deal('lost'), deal('lost'), { object: 'contact', id: 'lost' }])).toBe(1);
  expect(log).toEqual(['asked won,lost', 'lost false']);
});

test('asks nothing where no deal was named', async () => {
  const { deps, log } = desk([]);
  expect([await closeDeals(deps, [{ object: 'contact', id: '1' }]), log]).toEqual([0, []]);
});

import { expect, test } from 'vitest';
import type { RecordCheck } from '../../contracts/playbook.ts';
import { holds, suits } from './check-record.ts';

const record = { stage: 'demo', fields: { amount: '25000.00', tier: 'Gold ', closedate: '2026-12-01T00:00:00Z', note: '', owner: null } };

test.each<[RecordCheck, boolean]>([
  [{ field: 'amount', is: 'eq', value: 25_000 }, true],
  [{ field: 'amount', is: 'eq', value: '24000' }, false],
  [{ field: 'tier', is: 'eq', value: 'gold' }, true],
  [{ field: 'tier', is: 'in', values: ['silver', 'gold'] }, true],
  [{ field: 'tier', is: 'in', values: ['silver'] }, false],
  [{ field: 'amount', is: 'lt', value: 30_000 }, true],
  [{ field: 'amount', is: 'lt', value: 25_000 }, false],
  [{ field: 'amount', is: 'gt', value: '20000' }, true],
  [{ field: 'closedate', is: 'lt', value: '2026-12-24' }, true],
  [{ field: 'closedate', is: 'gt', value: '2026-12-24' }, false],
  // Neither figures nor days: nobody can say which is more.
  [{ field: 'tier', is: 'gt', value: 'Bronze' }, false],
  [{ field: 'note', is: 'empty' }, true],
  [{ field: 'owner', is: 'empty' }, true],
  [{ field: 'amount', is: 'empty' }, false],
  // Nobody could read it: that is not the same as empty.
  [{ field: 'unknown', is: 'empty' }, false],
])('%j → %s', (check, isSo) => {
  expect(holds([check], record)).toBe(isSo);
});

test('all of them have to hold, and of an unknown record none does', () => {
  const gold: RecordCheck = { field: 'tier', is: 'eq', value: 'gold' };
  expect(holds([gold, { field: 'amount', is: 'gt', value: 1 }], record)).toBe(true);
  expect(holds([gold, { field: 'amount', is: 'gt', value: 90_000 }], record)).toBe(false);
  expect(holds([gold], null)).toBe(false);
});

test('a moment that asks nothing suits every call', () => {
  expect(suits({ stages: [], when: [] }, null)).toBe(true);
  expect(suits({ stages: ['demo'], when: [] }, record)).toBe(true);
  expect(suits({ stages: ['closing'], when: [] }, record)).toBe(false);
  expect(suits({ stages: ['demo'], when: [] }, null)).toBe(false);
});

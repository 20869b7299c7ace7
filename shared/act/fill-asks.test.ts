import { expect, test } from 'vitest';
import type { Ask, ChangeBody } from '../contracts/change.ts';
import { failed, ok } from '../kit/result.ts';
import { fillAsks } from './fill-asks.ts';

const move: ChangeBody = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' };
const asks: Ask[] = [
  { field: 'amount', label: 'Amount', type: 'number' },
  { field: 'closedate', label: 'Close date', type: 'date' },
  { field: 'reason', label: 'Reason', type: 'choice', options: [{ value: 'price_v1', label: 'Price' }] },
];
const given = { amount: ' 60000.50 ', closedate: '2026-12-15', reason: 'price_v1' };

test('what was asked for and fits goes with the move', () => {
  expect(fillAsks(move, asks, given)).toEqual(ok({ ...move, with: { ...given, amount: '60000.50' } }));
});

test.each([
  ['amount', '', 'The field “Amount” is missing.'],
  ['amount', '60,000', 'The field “Amount” must be a number.'],
  ['closedate', '2026-02-30', 'The field “Close date” must be a date like 2026-11-30.'],
  ['closedate', 'December 15', 'The field “Close date” must be a date like 2026-11-30.'],
  ['reason', 'Price', 'The field “Reason” must be one of its choices.'],
  ['owner', '5', 'Nobody asked for the field owner.'],
])('%s = %j: %s', (field, value, text) => {
  expect(fillAsks(move, asks, { ...given, [field]: value })).toEqual(failed({ field, said: text }));
});

test('only a move takes more fields with it', () => {
  const note: ChangeBody = { kind: 'add-note', body: '', at: '' };
  expect(fillAsks(note, asks.slice(0, 1), { amount: '1' })).toEqual(
    failed({ field: 'amount', said: 'The field “Amount” has to be filled in the CRM itself.' }),
  );
  expect(fillAsks(note, [], {})).toEqual(ok(note));
});

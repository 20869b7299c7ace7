import { expect, test } from 'vitest';
import { budgetView } from './usage.ts';
import { readBudget, sayMinutes, sayUsd, writeBudget } from './usage-words.ts';

test('money and minutes are written as people read them', () => {
  expect([sayUsd(1234.5), sayUsd(0), sayMinutes(1234.5)]).toEqual(['$1,234.50', '$0.00', '1,235']);
});

test('a budget as people write it; nothing is the plan’s', () => {
  const read = readBudget('1,000 ', '$20.50');
  expect(read).toEqual({ speechMinutes: 1_000, modelUsd: 20.5 });
  expect(budgetView.parse(read)).toEqual(read);
  expect(readBudget('', ' ')).toEqual({ speechMinutes: null, modelUsd: null });
  expect(writeBudget({ speechMinutes: 1_000, modelUsd: null })).toEqual({ minutes: '1000', usd: '' });
});

test.each(['many', '-5', '1.2.3', '1e9', '20,50'])('%s is no budget', (text) => {
  expect([readBudget(text, ''), readBudget('', text)]).toEqual([undefined, undefined]);
});

import { expect, test } from 'vitest';
import { chanceNeeded } from './chance-needed.ts';

test('a head in doubt does not overrule a rule, and alone it must be surer than its threshold asks', () => {
  const believed = (chance: number, hasRule?: boolean) => chance >= chanceNeeded(0.4, hasRule);
  expect([believed(0.2, true), believed(0.05, true)]).toEqual([true, false]);
  expect([believed(0.65, false), believed(0.75, false)]).toEqual([false, true]);
  expect([believed(0.3), believed(0.4)]).toEqual([false, true]);
});

test('a head that asks for more by itself, or is content with less, is taken at its word', () => {
  expect([chanceNeeded(0.8, false), chanceNeeded(0.05, true)]).toEqual([0.8, 0.05]);
});

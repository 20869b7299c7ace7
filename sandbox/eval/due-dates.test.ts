import { expect, test } from 'vitest';
import { dueCases } from './due-cases.ts';
import { scoreDues } from './due-dates.ts';

test('nine in ten times people name get the day they mean, and what names no day gets none', () => {
  const { dated, right, open, silent, wrong } = scoreDues(dueCases);
  expect(dated).toBeGreaterThanOrEqual(150);
  expect([right / dated >= 0.95, silent / open >= 0.95], JSON.stringify(wrong)).toEqual([true, true]);
});

test('nothing is in the table twice', () => {
  expect(new Set(dueCases.map(([call, said]) => `${call} ${said}`)).size).toBe(dueCases.length);
});

test('counts a wrong day, a day where none was named, and the right day at another instant', () => {
  const { dated, right, open, silent, wrong } = scoreDues([
    ['a', 'I will call you on Thursday.', '2026-11-19'],
    ['a', 'I will call you on Thursday.', '2026-11-20'],
    ['a', 'I will call you on Thursday at ten.', '2026-11-19T10:00:00-06:00'],
    ['a', 'I will call you on Thursday.', ''],
    ['a', 'I will call you.', ''],
  ]);
  expect([dated, right, open, silent, wrong.length]).toEqual([3, 1, 2, 1, 3]);
});

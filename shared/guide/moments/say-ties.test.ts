import { expect, test } from 'vitest';
import type { Assignment, SavedPlaybook } from '../../contracts/playbook.ts';
import { sayTies } from './say-ties.ts';

const book = (name: string, assigned: Partial<Assignment>, enabled = true): SavedPlaybook => ({
  id: name,
  version: 1,
  name,
  enabled,
  packs: [],
  moments: [],
  assigned: { everyone: false, teams: [], reps: [], ...assigned },
  savedBy: '71',
  savedAt: '2026-11-22T09:00:00.000Z',
});
const team = (...reps: string[]) => ({ teams: [{ name: 'North', reps }] });

test.each([
  [book('B', { reps: ['SAM@x', 'kim@x'] }), ['“A” and “B” are both for sam@x: both guide these calls.']],
  [book('B', team('lena@x')), ['“A” and “B” are both for lena@x, by team: both guide these calls.']],
  [book('B', { everyone: true }), ['“A” and “B” are both for everyone: both guide these calls.']],
  // One is closer than the other: nothing to say.
  [book('B', team('sam@x')), []],
  [book('B', { everyone: true }, false), []],
])('%j beside one that names Sam, Lena’s team and everyone', (other, said) => {
  const mine = book('A', { everyone: true, ...team('lena@x'), reps: ['sam@x'] });
  expect(sayTies(mine, [mine, other])).toEqual(said);
});

test('a playbook that guides nobody yet has no ties', () => {
  const off = book('A', { everyone: true }, false);
  expect(sayTies(off, [off, book('B', { everyone: true })])).toEqual([]);
});

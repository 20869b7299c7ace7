import { expect, test } from 'vitest';
import type { TeamHelp } from '../contracts/team.ts';
import { ledBy, mayHelp } from './team-help.ts';

const jordan = { userId: '80', email: 'jordan@ours.example' };
const help: TeamHelp = {
  isOn: true,
  teams: [
    { name: 'North', leads: [{ rep: 'Jordan@ours.example', name: 'Jordan Blake' }], reps: ['Sam@ours.example', '80'] },
    { name: 'South', leads: [{ rep: '80', name: 'J. Blake' }], reps: ['72'] },
    { name: 'West', leads: [{ rep: 'kim@ours.example', name: 'Kim' }], reps: ['lena@ours.example'] },
  ],
};

test('whoever is named leads the reps of all their teams, and nobody else’s', () => {
  expect(ledBy(help, jordan)).toEqual({ name: 'Jordan Blake', reps: ['sam@ours.example', '80', '72'] });
  expect(ledBy(help, { userId: '71', email: 'sam@ours.example' })).toBe(null);
  expect(ledBy({ isOn: false, teams: [] }, jordan)).toBe(null);
});

const reps = ['sam@ours.example', '80', '72'];
const live = { status: 'live', isPrivate: false, repId: '71', repEmail: 'sam@ours.example' };
test.each([
  ['a call of the team', live, true],
  ['a rep who is known by their id', { ...live, repId: '72', repEmail: '' }, true],
  ['somebody else’s', { ...live, repId: '73', repEmail: 'lena@ours.example' }, false],
  ['a private one', { ...live, isPrivate: true }, false],
  ['one that is over', { ...live, status: 'ended' }, false],
  ['their own', { ...live, repId: '80', repEmail: 'jordan@ours.example' }, false],
])('%s: may Jordan help?', (_, call, may) => {
  expect(mayHelp(reps, jordan, call)).toBe(may);
});

import { expect, test } from 'vitest';
import { readTeams, writeTeams } from './team-words.ts';

const north = {
  name: 'North',
  leads: [{ rep: 'jordan@ours.example', name: 'Jordan Blake' }],
  reps: ['sam@ours.example', '501'],
};

test('what is typed is what stands there', () => {
  const both = {
    teams: [
      north,
      {
        name: 'South',
        leads: [
          { rep: 'kim@ours.example', name: 'Kim' },
          { rep: '502', name: '502' },
        ],
        reps: [],
      },
    ],
  };
  expect(readTeams(writeTeams(both))).toEqual(both);
});

test('who leads may be an address alone; empty lines are none', () => {
  expect(readTeams('\n North: jordan@ours.example > sam@ours.example \n')).toEqual({
    teams: [{ name: 'North', leads: [{ rep: 'jordan@ours.example', name: 'jordan@ours.example' }], reps: ['sam@ours.example'] }],
  });
});

test.each(['North', 'North: > sam', 'North: Jordan <> > sam', ': a > b'])('“%s” is no team, and that is said', (line) => {
  expect(readTeams(line)).toEqual({ wrong: expect.stringContaining('is no team') });
});

import { expect, test } from 'vitest';
import { enter, leave, type Roster } from './meeting-roster.ts';

const ours = ['Sam Okafor'];
const come = (roster: Roster, id: string, name: string) => enter(roster, { id, name }, ours);

test('whoever is called like one of ours is the rep, everybody else the customer', () => {
  const sam = come({}, '1', 'sam okafor (Brightloop)');
  expect([sam.role, sam.isNewGuest]).toEqual(['rep', false]);
  const maya = come(sam.roster, '2', 'Maya Lindqvist');
  expect([maya.role, maya.isNewGuest]).toEqual(['customer', true]);
});

test('a second one of the rep’s name is not believed', () => {
  const { roster } = come({}, '1', 'Sam Okafor');
  expect(come(roster, '2', 'Sam Okafor')).toMatchObject({ role: 'customer', isNewGuest: true });
  // Unless the first one has gone: they changed their telephone for a computer.
  expect(come(leave(roster, '1'), '2', 'Sam Okafor')).toMatchObject({ role: 'rep', isNewGuest: false });
});

test('told twice that somebody came, they came once; who comes back has to be asked again', () => {
  const { roster } = come({}, '2', 'Maya');
  expect(come(roster, '2', 'Maya')).toEqual({ roster, id: '2', role: 'customer', isNewGuest: false });
  expect(come(leave(roster, '2'), '2', 'Maya').isNewGuest).toBe(true);
  expect(leave(roster, 'nobody')).toBe(roster);
});

test('the crowd of a webinar counts as one', () => {
  let roster: Roster = {};
  for (let n = 0; n < 500; n++) roster = come(roster, String(n), `Guest ${n}`).roster;
  const first = come(roster, '500', 'Sam Okafor');
  expect(first).toMatchObject({ id: 'others', role: 'customer', isNewGuest: true });
  expect(come(first.roster, '501', 'Guest 501')).toMatchObject({ id: 'others', isNewGuest: false });
  expect(Object.keys(first.roster)).toHaveLength(501);
});

import { expect, test } from 'vitest';
import { pickMeeting } from './pick-meeting.ts';
import type { Person, Picked } from './pick-person.ts';

const deal = (id: string) => ({ object: 'deal', id }) as const;
const person = (id: string, on?: string): Person => ({
  ref: { object: 'contact', id },
  name: `Person ${id}`,
  email: `p${id}@c.example`,
  ...(on ? { deal: deal(on) } : {}),
});
const one = (it: Person): Picked<Person> => ({ is: 'one', person: it });
const met = (id: string, picked: Picked<Person>) => ({ name: `Shown ${id}`, email: `p${id}@c.example`, picked });
const found = (id: string, on?: string) => met(id, one(person(id, on)));
const contact = (id: string) => ({ object: 'contact', id }) as const;

test('is the one deal of those who were there, and the person’s whose it is', () => {
  expect(pickMeeting([found('1'), found('2', 'd'), found('3', 'd')])).toEqual({
    record: deal('d'),
    contact: contact('2'),
    name: 'Person 2',
    email: 'p2@c.example',
  });
});

test('with several deals it is on the first person, and on no deal by a guess', () => {
  expect(pickMeeting([found('1', 'd'), found('2', 'e')])).toMatchObject({ record: contact('1'), contact: contact('1') });
});

test('with several people behind an address it asks afterwards', () => {
  const several = { is: 'several', people: [person('1', 'd'), person('2')] } as const;
  expect(pickMeeting([met('1', { ...several, people: [...several.people] })])).toEqual({
    record: deal('d'),
    contact: null,
    name: 'Person',
    email: 'p1@c.example',
  });
});

test('somebody who is known outranks somebody who may be several', () => {
  const several: Picked<Person> = { is: 'several', people: [person('1', 'd'), person('2')] };
  expect(pickMeeting([met('1', several), found('3')])).toMatchObject({ record: contact('3') });
});

test('nobody known is nowhere, and keeps the address', () => {
  expect(pickMeeting([met('1', { is: 'nobody' })])).toEqual({ record: null, contact: null, name: 'Shown 1', email: 'p1@c.example' });
  expect(pickMeeting([])).toEqual({ record: null, contact: null, name: 'Customer', email: null });
});

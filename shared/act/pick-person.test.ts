import { expect, test } from 'vitest';
import { lookups, type Person, pickPerson, sharedName } from './pick-person.ts';

const ours = { emails: ['sam@brightloop.example', 'boss@gmail.com'], numbers: ['+14155550100'] };
const person = (id: string, name: string, email?: string): Person => ({
  ref: { object: 'contact', id },
  name,
  ...(email === undefined ? {} : { email }),
});
const dana = person('1', 'Dana Whitfield', 'dana@cobalt.example');
const otherDana = person('2', 'Dana Osei', 'osei@cobalt.example');

test('looks by exact email, then by number, and never for one of the house', () => {
  expect(lookups({ email: ' Dana@Cobalt.example ', number: '+14155550142' }, ours)).toEqual([
    { by: 'email', value: 'dana@cobalt.example' },
    { by: 'phone', value: '+14155550142' },
  ]);
  expect(lookups({ email: 'lena@brightloop.example', number: '+14155550100' }, ours)).toEqual([]);
  expect(lookups({ email: 'not an address', number: '555 0142' }, ours)).toEqual([]);
  // A mail provider's domain is nobody's house.
  expect(lookups({ email: 'dana@gmail.com' }, ours)).toHaveLength(1);
  expect(lookups({ email: 'boss@gmail.com' }, ours)).toEqual([]);
});

test('one is found, several are a question, and a choice is remembered', () => {
  expect(pickPerson([], null, ours)).toEqual({ is: 'nobody' });
  expect(pickPerson([dana, dana], null, ours)).toEqual({ is: 'one', person: dana });
  expect(pickPerson([dana, otherDana], null, ours)).toEqual({ is: 'several', people: [dana, otherDana] });
  expect(pickPerson([dana, otherDana], '2', ours)).toEqual({ is: 'one', person: otherDana });
  expect(pickPerson([dana, otherDana], '99', ours)).toMatchObject({ is: 'several' });
});

test('a colleague with the customer’s number is not the customer', () => {
  expect(pickPerson([person('3', 'Lena', 'lena@brightloop.example'), dana], null, ours)).toEqual({ is: 'one', person: dana });
});

test('says the name that all of them share', () => {
  expect([sharedName([dana, otherDana]), sharedName([dana, person('4', 'Maya')]), sharedName([])]).toEqual(['Dana', null, null]);
});

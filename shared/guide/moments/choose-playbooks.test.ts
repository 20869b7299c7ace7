import { expect, test } from 'vitest';
import { type Assignment, moment, type Playbook } from '../../contracts/playbook.ts';
import { demo } from '../packs/demo.ts';
import { closeness, fieldsAsked, momentsFor } from './choose-playbooks.ts';
import { whatIsWrong } from './what-is-wrong.ts';

const sam = { userId: '501', email: 'sam@brightloop.example' };
const to = (over: Partial<Assignment>): Assignment => ({ everyone: false, teams: [], reps: [], ...over });

test.each([
  [to({ everyone: true }), 1],
  [to({}), 0],
  [to({ reps: ['Sam@Brightloop.example'], everyone: true }), 3],
  [to({ reps: ['501'] }), 3],
  [to({ reps: ['502'] }), 0],
  [to({ teams: [{ name: 'North', reps: ['sam@brightloop.example'] }], everyone: true }), 2],
  [to({ teams: [{ name: 'South', reps: [] }] }), 0],
])('%j: how closely does it name Sam → %s', (assigned, close) => {
  expect(closeness(assigned, sam)).toBe(close);
});

test('nobody is everybody: a rep whose address is not known has no part in empty entries', () => {
  expect(closeness(to({ reps: [''] }), { userId: '', email: '' })).toBe(0);
});

const make = (id: string, enabled = true) =>
  moment.parse({ id, name: id, kind: 'question', headline: id, say: id, rule: { is: 'elapsed', afterSeconds: 60 }, enabled });
const book = (over: Partial<Playbook>): Playbook => ({
  name: 'b',
  enabled: true,
  packs: [],
  moments: [],
  assigned: to({ everyone: true }),
  ...over,
});

test('takes what is enabled and for the rep, packs whole, and each id once', () => {
  const mine = book({ moments: [make('a'), make('b', false), { ...make('demo-agenda'), name: 'Ours' }], packs: ['demo'] });
  const off = book({ enabled: false, moments: [make('c')] });
  const others = book({ assigned: to({ reps: ['502'] }), moments: [make('d')] });
  const found = momentsFor([mine, off, others], sam);
  expect(found.map(({ id }) => id).sort()).toEqual(['a', ...demo.map(({ id }) => id)].sort());
  expect(found.find(({ id }) => id === 'demo-agenda')?.name).toBe('Ours');
});

test('the playbook that names the rep most closely guides, of the wider ones only compliance stays, and two as close both guide', () => {
  const everyone = book({ moments: [make('a'), { ...make('must'), compliance: true }], packs: ['demo'] });
  const team = book({ moments: [make('b')], assigned: to({ teams: [{ name: 'North', reps: ['501'] }] }) });
  const byName = book({ moments: [make('c')], assigned: to({ reps: ['501'] }) });
  const ids = (...books: Playbook[]) => momentsFor(books, sam).map(({ id }) => id);
  expect(ids(everyone, team)).toEqual(['b', 'must']);
  expect(ids(everyone, team, byName)).toEqual(['c', 'must']);
  expect(ids(team, book({ ...team, moments: [make('d')] }))).toEqual(['b', 'd']);
  expect(ids(everyone, { ...team, enabled: false })).toContain('a');
});

test('asks the record for each field once', () => {
  const one = { ...make('a'), when: [{ field: 'amount', is: 'empty' as const }] };
  const two = {
    ...make('b'),
    rule: {
      is: 'record' as const,
      where: [
        { field: 'amount', is: 'empty' as const },
        { field: 'tier', is: 'empty' as const },
      ],
    },
  };
  expect(fieldsAsked([one, two])).toEqual(['amount', 'tier']);
});

test('says which moment is wrong, and how', () => {
  const said = { moments: [{ name: 'Fine' }, { name: 'Too dear' }] };
  expect(whatIsWrong({ path: ['moments', 1, 'say'], message: 'The advice is empty.' }, said)).toEqual({
    path: 'moments.1.say',
    sentence: 'Moment 2 (“Too dear”): The advice is empty.',
  });
  expect(whatIsWrong({ path: ['requestId'], message: 'Invalid input' }, said).sentence).toBe('requestId is missing or malformed.');
});

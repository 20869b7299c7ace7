import { expect, test } from 'vitest';
import { readConnections } from '../../../shared/relate/read-connections.ts';
import { type ImportDeps, importConnections } from './import-connections.ts';
import type { ToldTie } from './store.ts';

const csv = `First Name,Last Name,Email Address
Maya,Lindqvist,maya@cobalt.example
Dana,Roe,
Jo,Double,
Nobody,Here,
Olaf,Out,olaf@out.example
Gone,Again,
broken`;

test('ties whom we know by address or by a name that is theirs alone, and keeps nothing of anybody else', async () => {
  const told: ToldTie[] = [];
  const known = { '1': 'Dana Roe', '2': 'Jo Double', '3': 'Jo Double', '4': 'Gone Again' };
  const deps: ImportDeps = {
    namesKnown: async () => Object.entries(known).map(([id, name]) => ({ key: `contact/${id}`, name })),
    byEmail: async (email) => (email.startsWith('maya') ? { ref: { object: 'contact', id: '9' }, name: 'Maya Lindqvist' } : null),
    hashOf: async (email) => `#${email}`,
    outOf: async (asked) => new Set(asked.filter((one) => one === '#olaf@out.example' || one === 'contact/4')),
    tell: async (ties) => void told.push(...ties),
  };
  const read = readConnections(csv);
  if (!read) throw new Error('not read');
  expect(await importConnections(deps, { key: 'user/71', name: 'Sam Okafor' }, read)).toEqual({
    rows: 7,
    matched: [
      { name: 'Maya Lindqvist', by: 'email' },
      { name: 'Dana Roe', by: 'name' },
    ],
    unknown: 1,
    ambiguous: 1,
    blocked: 2,
    unreadable: [8],
  });
  expect(told.map(({ from, to, proof }) => `${from} ${to} ${proof}`)).toEqual(['user/71 contact/9 listed', 'user/71 contact/1 listed']);
});

import { expect, test } from 'vitest';
import type { Touch } from './observe.ts';
import { people } from './people.ts';

const maya = { ref: { object: 'contact', id: '9001' }, name: 'Maya Lindqvist' } as const;
const jonas = { ref: { object: 'contact', id: '9010' }, name: 'Jonas Abara' } as const;
const touch = (person: Touch['person'], at: string, over: Partial<Touch> = {}): Touch => ({
  repId: '71',
  person,
  personName: '',
  callId: at,
  at,
  minutes: 20,
  channel: 'call',
  ...over,
});

async function knownBy(touches: Touch[]) {
  const asked: unknown[] = [];
  const touchesOf = async (tenantId: string, personIds: readonly string[]) => {
    asked.push([tenantId, ...personIds]);
    return touches;
  };
  const deps = { touchesOf, now: () => '2026-11-20T15:00:00.000Z', timeZone: 'America/New_York' };
  return { seen: await people(deps, 'tenant-1', '71', [jonas, maya]), asked };
}

test('the warmest comes first, each with why', async () => {
  const { seen, asked } = await knownBy([
    touch(jonas.ref, '2026-09-01T15:00:00.000Z'),
    touch(maya.ref, '2026-11-19T15:00:00.000Z'),
    touch(maya.ref, '2026-11-12T15:00:00.000Z'),
  ]);
  expect(seen.map(({ name, record, why }) => ({ name, record, why }))).toEqual([
    { name: 'Maya Lindqvist', record: maya.ref, why: 'You spoke twice, last yesterday' },
    { name: 'Jonas Abara', record: jonas.ref, why: 'You spoke once, on September 1' },
  ]);
  expect(seen[0]?.trust).toBeGreaterThan(seen[1]?.trust ?? 1);
  expect(asked).toEqual([['tenant-1', '9010', '9001']]);
});

test('whom the viewer never met is left out, however well a colleague knows them', async () => {
  expect((await knownBy([touch(maya.ref, '2026-11-19T15:00:00.000Z', { repId: '72' })])).seen).toEqual([]);
});

test('a lead with the same number as a contact is somebody else', async () => {
  expect((await knownBy([touch({ object: 'lead', id: '9001' }, '2026-11-19T15:00:00.000Z')])).seen).toEqual([]);
});

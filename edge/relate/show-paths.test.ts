import { expect, test } from 'vitest';
import { knownPeople, type Learned } from './known-people.ts';
import { showPaths } from './show-paths.ts';
import type { SeenTouch } from './store.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20);
const maya = { object: 'contact', id: '9001' } as const;
const touch = (repId: string, daysAgo: number, over: Partial<SeenTouch> = {}): SeenTouch => ({
  repId,
  repName: repId === '71' ? 'Sam Okafor' : 'Ana Brandt',
  person: maya,
  personName: 'Maya Lindqvist',
  atMs: nowMs - daysAgo * dayMs,
  minutes: 30,
  channel: 'call',
  ...over,
});

const nothing: Omit<Learned, 'touches'> = { told: [], together: [] };

async function shown(touches: SeenTouch[], found: { score: number; keys: string[] }[], viewerId = '71', more = nothing) {
  const noted: number[] = [];
  const deps = {
    now: () => nowMs,
    targetsOf: async () => [maya],
    pathsTo: async () => found,
    learnedOf: async () => ({ ...more, touches }),
    note: async (paths: number) => void noted.push(paths),
  };
  const { message, paths } = await showPaths(deps, { object: 'deal', id: '7001' }, viewerId);
  return { message, hops: paths.map(({ hops }) => hops.map(({ from, trust, chips }) => ({ from, isTold: trust !== null, chips }))), noted };
}

const own = { score: 0.6, keys: ['user/71', 'contact/9001'] };
const colleagues = { score: 0.5, keys: ['user/72', 'contact/9001'] };

test('one sees the counts and dates of one’s own, and of a colleague’s classes alone, which is written down', async () => {
  const touches = [touch('71', 1), touch('71', 9), touch('72', 2), touch('72', 3)];
  expect(await shown(touches, [own, colleagues])).toEqual({
    message: 'You know Maya Lindqvist',
    hops: [
      [{ from: 'You', isTold: true, chips: ['2 calls', 'last a day ago', 'both ways'] }],
      [{ from: 'Ana Brandt', isTold: false, chips: ['1–5 contacts', 'within a week', 'both ways'] }],
    ],
    noted: [2],
  });
  expect((await shown(touches, [own])).noted).toEqual([]);
});

test('a path whose proof is gone by now is none', async () => {
  expect(await shown([touch('71', 1)], [colleagues])).toEqual({ message: 'No verified warm path yet', hops: [], noted: [] });
});

test('a colleague of the viewer’s name is not the viewer', async () => {
  const touches = [touch('72', 1, { repName: 'Sam Okafor' }), touch('72', 2, { repName: 'Sam Okafor' })];
  expect((await shown(touches, [colleagues])).message).toBe('Sam Okafor can introduce you to Maya Lindqvist');
});

test('everybody with all of their links, each way; what lies ahead does not count yet', () => {
  const [known, ...more] = knownPeople(
    { touches: [touch('71', 1), touch('72', 1), touch('72', -1)], ...nothing },
    ['contact/9001'],
    nowMs,
    nowMs,
  );
  expect(more).toEqual([]);
  expect([known?.key, known?.links.map((link) => link.with)]).toEqual(['contact/9001', ['user/71', 'user/72']]);
  const [one, two] = known?.links ?? [];
  expect(one?.toThem).toEqual(two?.toThem);
  expect(one?.toThem.fast).toBeGreaterThan(1);
});

const dana = {
  one: 'contact/9002',
  oneName: 'Dana Roe',
  other: 'contact/9001',
  otherName: 'Maya Lindqvist',
  minutes: 30,
  channel: 'call',
  others: 1,
};

test('people of theirs who were on one call with us know each other, seen from either side, and once', async () => {
  const together = [
    { ...dana, atMs: nowMs - dayMs },
    { ...dana, one: dana.other, oneName: dana.otherName, other: dana.one, otherName: dana.oneName, atMs: nowMs - dayMs },
  ];
  const learned: Learned = { ...nothing, touches: [], together };
  const known = knownPeople(learned, ['contact/9001', 'contact/9002'], nowMs, nowMs);
  expect(known.map(({ key, links }) => [key, links.map((link) => link.with)])).toEqual([
    ['contact/9002', ['contact/9001']],
    ['contact/9001', ['contact/9002']],
  ]);
  const way = { score: 0.3, keys: ['user/72', 'contact/9002', 'contact/9001'] };
  const viaDana = touch('72', 2, { person: { object: 'contact', id: '9002' }, personName: 'Dana Roe' });
  const { message, hops } = await shown([viaDana, { ...viaDana, atMs: nowMs - 4 * dayMs }], [way], '71', learned);
  expect(message).toBe('Dana Roe can introduce you to Maya Lindqvist');
  expect(hops[0]?.map(({ from, chips }) => [from, chips])).toEqual([
    ['Ana Brandt', ['1–5 contacts', 'within a week', 'both ways']],
    ['Dana Roe', ['1–5 contacts', 'within a week', 'both ways']],
  ]);
});

test('what a member told is proof and says so; a list alone is hardly one', async () => {
  const tie = { from: 'user/72', to: 'contact/9001', fromName: 'Ana Brandt', toName: 'Maya Lindqvist' };
  const told = async (proof: 'told' | 'listed') => {
    const { message, hops } = await shown([], [colleagues], '71', { together: [], told: [{ ...tie, proof }] });
    return [message, hops[0]?.[0]?.chips];
  };
  expect(await told('told')).toEqual(['Ana Brandt can introduce you to Maya Lindqvist', ['says they know them well']]);
  expect(await told('listed')).toEqual(['No verified warm path yet', ['on their contact list']]);
});

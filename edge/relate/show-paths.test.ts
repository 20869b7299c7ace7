import { expect, test } from 'vitest';
import { knownPeople } from './known-people.ts';
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

async function shown(touches: SeenTouch[], found: { score: number; keys: string[] }[], viewerId = '71') {
  const noted: number[] = [];
  const deps = {
    now: () => nowMs,
    targetsOf: async () => [maya],
    pathsTo: async () => found,
    touchesOf: async () => touches,
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
  const [known, ...more] = knownPeople([touch('71', 1), touch('72', 1), touch('72', -1)], nowMs, nowMs);
  expect(more).toEqual([]);
  expect([known?.key, known?.links.map((link) => link.with)]).toEqual(['contact/9001', ['user/71', 'user/72']]);
  const [one, two] = known?.links ?? [];
  expect(one?.toThem).toEqual(two?.toThem);
  expect(one?.toThem.fast).toBeGreaterThan(1);
});

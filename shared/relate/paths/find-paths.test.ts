import { expect, test } from 'vitest';
import { buildLists } from './build-lists.ts';
import { bringBack, setFactor, takeOut } from './change-person.ts';
import { findAfar } from './find-afar.ts';
import { findPaths } from './find-paths.ts';
import { openGraph, rebuildReach } from './graph.ts';
import { codeOf } from './people.ts';
import { columnsOf, mismatchOf, randomCase } from './random-case.ts';
import { rankAccounts } from './rank-accounts.ts';
import { setLink } from './set-link.ts';

const opened = (persons: number, rows: readonly (readonly number[])[], members: number[]) =>
  openGraph(buildLists(persons, columnsOf(rows)).lists, new Uint8Array(persons).fill(15), members);
const scores = (paths: readonly { score: number }[]) => paths.map(({ score }) => score);

test('equals every path walked, on 10,000 random graphs', () => {
  let hops = 0;
  for (let seed = 0; seed < 10_000; seed++) {
    const { graph, ask } = randomCase(seed);
    expect(mismatchOf(graph, ask), `seed ${seed}`).toBeNull();
    hops += findPaths(graph, ask).filter(({ persons }) => persons.length === 4).length;
  }
  expect(hops).toBeGreaterThan(1_000);
});

test('after any change it is still right, and no bound is lower than a rebuilt one', () => {
  for (let seed = 0; seed < 1_500; seed++) {
    const { graph, ask, roll } = randomCase(seed);
    const upTo = (most: number) => Math.floor(roll() * most);
    const strength = () => ({ fast: roll() < 0.3 ? 0 : 2 ** (roll() * 8 - 5), slow: roll() < 0.3 ? 0 : 2 ** (roll() * 8 - 5) });
    for (let change = 0; change < 12; change++) {
      const [a, b] = [upTo(graph.persons), upTo(graph.persons)];
      const dies = roll();
      if (dies < 0.1) setFactor(graph, a, upTo(16));
      else if (dies < 0.15) takeOut(graph, a);
      else if (dies < 0.2) bringBack(graph, a);
      else if (dies < 0.3 && a !== b) setLink(graph, a, b, { fast: 0, slow: 0 }, { fast: 0, slow: 0 });
      else if (a !== b) setLink(graph, a, b, strength(), strength());
      expect(mismatchOf(graph, ask), `seed ${seed}`).toBeNull();
    }
    const kept = graph.people.slice();
    rebuildReach(graph);
    for (const [person, word] of graph.people.entries())
      for (const hops of [1, 2, 3]) expect(codeOf(kept[person]!, hops)).toBeLessThanOrEqual(codeOf(word, hops));
    expect(mismatchOf(graph, ask), `seed ${seed}`).toBeNull();
  }
});

test('asking for more keeps the first, a wider permission and one more link never cost warmth', () => {
  for (let seed = 0; seed < 500; seed++) {
    const { graph, ask } = randomCase(seed);
    const five = findPaths(graph, { ...ask, most: 5 });
    expect(scores(findPaths(graph, { ...ask, most: 10 })).slice(0, 5)).toEqual(scores(five));
    const { allow, ...everybody } = ask;
    const wide = findPaths(graph, { ...everybody, most: 5 });
    expect(wide[0]?.score ?? 0).toBeGreaterThanOrEqual(five[0]?.score ?? 0);
    if (allow) expect(findPaths(graph, { ...ask, allow: new Uint8Array(allow.length) })).toEqual([]);
    setLink(graph, graph.team.members[0]!, Number(ask.targets[0]), { fast: 40, slow: 40 }, { fast: 1, slow: 1 });
    expect(findPaths(graph, { ...everybody, most: 5 })[0]?.score ?? 0).toBeGreaterThanOrEqual(ask.minHops ? 0 : (wide[0]?.score ?? 0));
  }
});

test('lists that lie elsewhere give the same answers', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { graph, ask } = randomCase(seed);
    const kept = new Map<number, Uint16Array>(
      Array.from({ length: graph.persons }, (_, person) => [person, graph.lists.of(person).slice()]),
    );
    const elsewhere = {
      of: (person: number) => kept.get(person)!,
      put: (person: number, arcs: Uint16Array) => void kept.set(person, arcs),
    };
    expect(findPaths({ ...graph, lists: elsewhere }, ask)).toEqual(findPaths(graph, ask));
  }
});

test('lists fetched from shards give the same answers, in a few rounds', async () => {
  for (let seed = 0; seed < 300; seed++) {
    const { graph, ask } = randomCase(seed);
    const fetched: number[] = [];
    const { lists, ...rest } = graph;
    const afar = await findAfar(rest, ask, async (persons) => {
      fetched.push(...persons);
      return persons.map((person) => lists.of(person));
    });
    expect(afar.paths).toEqual(findPaths(graph, ask));
    expect([afar.fetched, afar.rounds <= 3]).toEqual([new Set(fetched).size, true]);
  }
});

test('other numbers for the same people change no score', () => {
  const rows = [
    [0, 1, 3, 1, 2, 1],
    [1, 2, 2, 2, 1, 1],
    [0, 3, 1, 1, 1, 1],
    [3, 2, 4, 1, 1, 2],
    [2, 4, 5, 5, 5, 5],
  ] as const;
  const other = [3, 0, 4, 1, 2];
  const renumbered = rows.map(([a, b, ...rest]) => [other[a]!, other[b]!, ...rest] as const);
  expect(scores(findPaths(opened(5, renumbered, [3]), { targets: [2] }))).toEqual(
    scores(findPaths(opened(5, rows, [0]), { targets: [4] })),
  );
});

test('each introducer once: two roads to one end in their warmer one', () => {
  // Member 0 knows 1 and 2; both know 3, who alone knows the target 4.
  const graph = opened(
    5,
    [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 4],
    ],
    [0],
  );
  expect(findPaths(graph, { targets: [4] }).map(({ persons }) => persons.slice(-2))).toEqual([[3, 4]]);
});

test('nobody known, no path; a link with oneself or with nobody is refused and counted', () => {
  const { lists, refused } = buildLists(
    3,
    columnsOf([
      [1, 1],
      [1, 7],
      [0, 1, 1, 1, 1, 1],
      [1, 0, 9, 9, 9, 9],
    ]),
  );
  expect(refused).toEqual({ self: 1, unknown: 1, twice: 1 });
  const graph = openGraph(lists, new Uint8Array(3).fill(15), [0]);
  expect(findPaths(graph, { targets: [1] }).map(({ score }) => score.toFixed(2))).toEqual(['0.90']);
  expect(findPaths(graph, { targets: [2] })).toEqual([]);
  expect(findPaths(graph, { targets: [] })).toEqual([]);
  expect(findPaths(graph, { targets: [1], most: 0 })).toEqual([]);
  expect(() => findPaths(graph, { targets: [3] })).toThrow('Nobody has the number 3.');
  expect(() => openGraph(lists, new Uint8Array(3), [-1])).toThrow(RangeError);
  expect(() => setLink(graph, 1, 1, { fast: 1, slow: 1 }, { fast: 1, slow: 1 })).toThrow('1 has no link with oneself.');
  expect(() => setLink(graph, 1, 1.5, { fast: 1, slow: 1 }, { fast: 1, slow: 1 })).toThrow(RangeError);
  expect(() => takeOut(graph, 3)).toThrow(RangeError);
});

test('who opted out is in no path at once, is not led to, and may come back', () => {
  const graph = opened(
    4,
    [
      [0, 1],
      [1, 2],
      [0, 3],
      [3, 2],
    ],
    [0],
  );
  const through = () => findPaths(graph, { targets: [2] }).map(({ persons }) => persons[1]);
  expect(through()).toEqual([1, 3]);
  takeOut(graph, 1);
  expect(through()).toEqual([3]);
  takeOut(graph, 2);
  expect(through()).toEqual([]);
  rebuildReach(graph);
  bringBack(graph, 2);
  bringBack(graph, 1);
  expect(through().sort()).toEqual([1, 3]);
  takeOut(graph, 0);
  expect(through()).toEqual([]);
});

test('somebody with 50,000 links is searched, changed and taken out like anybody', () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => [1, at + 2, 1, 1, 1 + at / 1e5, 1] as const);
  const graph = opened(50_003, [[0, 1], ...rows], [0]);
  expect(findPaths(graph, { targets: [40_000] })[0]?.persons).toEqual([0, 1, 40_000]);
  expect(findPaths(graph, { targets: [1] })[0]?.persons).toEqual([0, 1]);
  setLink(graph, 1, 50_002, { fast: 3, slow: 3 }, { fast: 3, slow: 3 });
  expect(graph.lists.of(1).length).toBe(3 * 50_002);
  expect(findPaths(graph, { targets: [50_002] })[0]?.persons).toEqual([0, 1, 50_002]);
  takeOut(graph, 1);
  expect(findPaths(graph, { targets: [40_000] })).toEqual([]);
});

test('accounts are ranked by every chance they give, a quiet target counting less', () => {
  const rows = [
    [0, 1],
    [0, 2],
    [0, 3],
  ];
  const graph = opened(5, rows, [0]);
  const ranked = () => rankAccounts(graph, [[4], [1], [2, 3]], {}).map(({ account }) => account);
  // The member alone introduces to 2 and to 3: one introducer, one chance.
  expect(ranked()).toEqual([1, 2, 0]);
  setFactor(graph, 1, 0);
  expect(ranked()).toEqual([2, 1, 0]);
  expect(rankAccounts(graph, [[4]])).toEqual([{ account: 0, warmth: 0 }]);
});

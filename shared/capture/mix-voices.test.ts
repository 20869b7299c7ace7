import { expect, test } from 'vitest';
import { type Mixed, mixer } from './mix-voices.ts';

const tone = (level: number, samples = 160) => new Int16Array(samples).fill(level);
const told = (pieces: readonly Mixed[]) => pieces.map(({ atMs, pcm }) => [atMs, pcm.length, pcm[0]]);

test('one voice passes as it is, at once', () => {
  const mix = mixer();
  expect(told(mix.push('maya', 1_000, tone(7)))).toEqual([[1_000, 160, 7]]);
  expect(told(mix.push('maya', 1_020, tone(8)))).toEqual([[1_020, 160, 8]]);
});

test('a frame that is a little early or late is the next one; a real pause is one', () => {
  const mix = mixer();
  mix.push('maya', 1_000, tone(1));
  expect(told(mix.push('maya', 1_031, tone(2)))).toEqual([[1_020, 160, 2]]);
  expect(told(mix.push('maya', 1_500, tone(3)))).toEqual([[1_500, 160, 3]]);
});

test('who speaks at once is added up, in time order, and never louder than a sample can be', () => {
  const mix = mixer();
  const out = [
    ...mix.push('maya', 1_000, tone(20_000)),
    ...mix.push('ravi', 1_020, tone(5)),
    ...mix.push('maya', 1_020, tone(20_000)),
    ...mix.push('ravi', 1_040, tone(20_000)),
    ...mix.push('maya', 1_040, tone(20_000)),
    ...mix.rest(),
  ];
  expect(told(out)).toEqual([
    [1_000, 160, 20_000],
    [1_020, 160, 20_005],
    [1_040, 160, 32_767],
  ]);
});

test('waits for a second voice no longer than it is heard', () => {
  const mix = mixer();
  mix.push('ravi', 0, tone(1));
  expect(mix.push('maya', 20, tone(2))).toEqual([]);
  expect(told(mix.push('maya', 1_200, tone(3))).at(-1)).toEqual([1_200, 160, 3]);
});

test('what comes after its moment was given out is lost, not put elsewhere', () => {
  const mix = mixer();
  mix.push('maya', 5_000, tone(1));
  expect(told([...mix.push('ravi', 1_000, tone(9)), ...mix.rest()])).toEqual([]);
});

test('holds a second at most, whatever times it is told', () => {
  const mix = mixer();
  mix.push('ravi', 0, tone(1));
  mix.push('maya', 20, tone(2));
  const out = mix.push('maya', 3_600_000, tone(3));
  expect(told([...out, ...mix.rest()])).toEqual([
    [20, 160, 2],
    [3_600_000, 160, 3],
  ]);
  expect(mix.push('maya', 3_600_020, new Int16Array(100_000))).toEqual([]);
});

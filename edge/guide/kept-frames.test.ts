import { expect, test } from 'vitest';
import { KeptFrames } from './kept-frames.ts';

const kept = (from: number, to: number) => {
  const frames = new KeptFrames();
  for (let seq = from; seq <= to; seq++) frames.keep(seq, `f${seq}`);
  return frames;
};

test('hands over what came after a number, in order', () => {
  expect([kept(1, 5).after(3, 5), kept(1, 5).after(5, 5), kept(1, 5).after(0, 5)]).toEqual([
    ['f4', 'f5'],
    [],
    ['f1', 'f2', 'f3', 'f4', 'f5'],
  ]);
});

test('hands over nothing where something is missing: after an eviction, and beyond the bound', () => {
  expect([new KeptFrames().after(3, 5), kept(4, 5).after(2, 5), kept(1, 300).after(10, 300), kept(1, 300).after(44, 300)?.length]).toEqual([
    undefined,
    undefined,
    undefined,
    256,
  ]);
});

test('keeps no more letters than its bound', () => {
  const frames = new KeptFrames();
  for (let seq = 1; seq <= 10; seq++) frames.keep(seq, 'x'.repeat(60_000));
  expect([frames.after(6, 10)?.length, frames.after(5, 10)]).toEqual([4, undefined]);
});

test('what was forgotten is not told again', () => {
  const frames = kept(1, 5);
  frames.clear();
  expect([frames.after(3, 5), frames.after(5, 5)]).toEqual([undefined, []]);
});

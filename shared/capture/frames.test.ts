import { expect, test } from 'vitest';
import { bytesOfMs, cutter, isSilent, msOfBytes } from './frames.ts';

test('cuts pieces of any size into whole ones and keeps the rest', () => {
  const pieces = cutter(4);
  const out = [Uint8Array.of(1), Uint8Array.of(2, 3, 4, 5, 6, 7, 8, 9), new Uint8Array(0)].flatMap((audio) => pieces.push(audio));
  expect(out.map((piece) => [...piece])).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect([[...pieces.rest()], [...pieces.rest()]]).toEqual([[9], []]);
});

test('eight bytes are a millisecond', () => {
  expect([msOfBytes(160), bytesOfMs(20)]).toEqual([20, 160]);
});

test('both zeros are silence', () => {
  expect([isSilent(Uint8Array.of(0xff, 0x7f)), isSilent(Uint8Array.of(0xff, 0xfe))]).toEqual([true, false]);
});

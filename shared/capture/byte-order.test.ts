import { expect, test } from 'vitest';
import { type ByteOrder, orderFinder, samplesOf } from './byte-order.ts';

const bytesOf = (samples: readonly number[], order: ByteOrder): Uint8Array => {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, at) => {
    view.setInt16(at * 2, sample, order === 'little');
  });
  return new Uint8Array(view.buffer);
};
const wave = (level: number, hz: number, count = 3_200) =>
  Array.from({ length: count }, (_, at) => Math.round(level * Math.sin((2 * Math.PI * hz * at) / 16_000)));
const orders = ['little', 'big'] as const;

test.each(orders)('finds that bytes come %s end first, loud or soft, from the first frame on', (order) => {
  for (const level of [300, 3_000, 32_000]) {
    const finder = orderFinder();
    const audio = bytesOf(wave(level, 220), order);
    for (let at = 0; at < audio.length; at += 640) expect(finder.hear(audio.subarray(at, at + 640))).toBe(order);
  }
});

test('silence says nothing, and what comes after it decides', () => {
  const finder = orderFinder();
  finder.hear(new Uint8Array(6_400));
  expect(finder.hear(bytesOf(wave(2_000, 180), 'big'))).toBe('big');
});

test('is decided once: noise that comes later changes nothing', () => {
  const finder = orderFinder();
  expect(finder.hear(bytesOf(wave(4_000, 200), 'big'))).toBe('big');
  expect(finder.hear(bytesOf(wave(30_000, 150, 32_000), 'little'))).toBe('big');
});

test('half a sample at the end is left out', () => {
  expect([...samplesOf(new Uint8Array([1, 0, 2]), 'little')]).toEqual([1]);
  expect([...samplesOf(new Uint8Array([1, 0, 2]), 'big')]).toEqual([256]);
});

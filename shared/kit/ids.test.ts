import { expect, test } from 'vitest';
import { plain, uuidFrom } from './ids.ts';

test('marks random bytes as a version 4 UUID', () => {
  expect(uuidFrom(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(uuidFrom(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000');
  expect(() => uuidFrom(new Uint8Array(15))).toThrow(RangeError);
});

test('keeps of a text what a key needs', () => {
  expect(plain('  Send Máya the “Roll-out”   plan! ')).toBe('send maya the roll out plan');
});

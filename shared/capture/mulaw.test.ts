import { expect, test } from 'vitest';
import { SILENCE, toMulaw, toPcm16 } from './mulaw.ts';

test('every byte comes back after linear and back again, but for the second zero', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect([...toMulaw(toPcm16(bytes))]).toEqual([...bytes].map((byte) => (byte === 0x7f ? SILENCE : byte)));
});

// The corner values of ITU-T G.711, scaled to 16 bits.
test('loud, quiet and silent are where the standard puts them', () => {
  expect([...toPcm16(Uint8Array.of(0x00, 0x80, 0x7f, 0xff, 0x7e, 0xfe))]).toEqual([-32_124, 32_124, 0, 0, -8, 8]);
  expect([...toMulaw(Int16Array.of(-32_768, 32_767, 0, 8, -8))]).toEqual([0x00, 0x80, 0xff, 0xfe, 0x7e]);
});

import { expect, test } from 'vitest';
import { packetMs } from './opus-packet.ts';

const toc = (config: number, code: number) => (config << 3) | code;

test.each<[string, number[], number | null]>([
  ['one frame of speech', [toc(1, 0)], 20],
  ['one frame of both', [toc(13, 0)], 20],
  ['one short frame of music', [toc(16, 0)], 2.5],
  ['two frames', [toc(3, 1)], 120],
  ['two frames of different size', [toc(31, 2)], 40],
  ['three frames', [toc(31, 3), 3], 60],
  ['no byte', [], null],
  ['frames that are not counted', [toc(31, 3)], null],
  ['no frame', [toc(31, 3), 0x80], null],
  ['more than 120 ms', [toc(3, 3), 3], null],
])('%s', (_, bytes, ms) => {
  expect(packetMs(Uint8Array.from(bytes))).toBe(ms);
});

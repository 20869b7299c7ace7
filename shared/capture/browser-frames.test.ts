import { expect, test } from 'vitest';
import { BROWSER_FRAME_BYTES, decodeFrame, encodeFrame } from './browser-frames.ts';

const frame = { channel: 1, seq: 70_000, atMs: 3_600_040, bytes: new Uint8Array(BROWSER_FRAME_BYTES).fill(7) } as const;
const message = () => encodeFrame(frame);
const changed = (at: number, byte: number) => {
  const bytes = message();
  bytes[at] = byte;
  return bytes.buffer;
};

test('a frame comes out as it went in', () => {
  expect(decodeFrame(message().buffer)).toEqual(frame);
});

test('what is no frame is refused with a code and a reason, never an exception', () => {
  const codes = [
    new ArrayBuffer(0),
    new ArrayBuffer(11),
    message().buffer.slice(0, 100),
    changed(2, 2),
    changed(0, 2),
    changed(1, 9),
    new ArrayBuffer(653),
    new ArrayBuffer(33 * 1024 * 1024),
  ].map((bytes) => decodeFrame(bytes));
  expect(codes.map((seen) => ('code' in seen ? seen.code : seen))).toEqual([4400, 4400, 4400, 4400, 4406, 4406, 4413, 4413]);
  for (const seen of codes) expect('reason' in seen && seen.reason.length > 10 && seen.reason.length < 120).toBe(true);
});

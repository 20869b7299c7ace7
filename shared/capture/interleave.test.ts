import { expect, test } from 'vitest';
import { FRAME_BYTES } from './frames.ts';
import { interleave, interleaver, type Side, wavHeader } from './interleave.ts';

const frame = (value: number, frames = 1) => new Uint8Array(frames * FRAME_BYTES).fill(value);
/** One letter a frame and side: the value, or . for silence. */
const drawn = (stereo: Uint8Array[]) => {
  const all = stereo.flatMap((part) => [...part]);
  const side = (of: Side) =>
    Array.from({ length: all.length / FRAME_BYTES / 2 }, (_, at) => all[at * FRAME_BYTES * 2 + of]).map((byte) =>
      byte === 0xff ? '.' : String(byte),
    );
  return [side(0).join(''), side(1).join('')];
};

test('puts both sides beside each other as they come', () => {
  const both = interleaver();
  const out = [both.push(0, 0, frame(1)), both.push(1, 0, frame(2)), both.push(1, 20, frame(3)), both.push(0, 20, frame(4)), both.flush()];
  expect(drawn(out)).toEqual(['14', '23']);
  expect(out.map(({ length }) => length)).toEqual([0, 320, 0, 320, 0]);
});

test('fills what was lost with silence, and waits no longer than it was told', () => {
  const both = interleaver({ waitMs: 40 });
  const out = [0, 1, 2, 3, 4].map((at) => both.push(0, at * 20, frame(at + 1)));
  expect(drawn(out)).toEqual(['123', '...']);
  expect(drawn([both.push(1, 80, frame(9)), both.flush()])).toEqual(['45', '.9']);
});

test('a frame that comes twice or too late changes nothing', () => {
  const both = interleaver({ waitMs: 0 });
  const out = [both.push(0, 0, frame(1)), both.push(0, 0, frame(7)), both.push(1, 0, frame(8)), both.push(0, 20, frame(2)), both.flush()];
  expect(drawn(out)).toEqual(['12', '..']);
});

test('a wobbling clock loses nothing, a lost frame moves nothing', () => {
  const both = interleaver();
  const times = [3, 21, 44, 58, 101];
  const out = [...times.map((at, index) => both.push(0, at, frame(index + 1))), both.flush()];
  expect(drawn(out)[0]).toBe('1234.5');
});

test('one side alone may go on for hours; a clock far ahead of it is not believed', () => {
  const both = interleaver({ waitMs: Number.POSITIVE_INFINITY });
  for (let minute = 0; minute < 60; minute++) both.push(0, minute * 60_000, frame(1, 3_000));
  both.push(1, 10 * 3_600_000, frame(2));
  both.push(1, Number.NaN, frame(2));
  expect(both.flush().length).toBe(3_600 * 16_000);
});

test('two whole tracks become one file, the shorter one silent at its end', () => {
  expect([...interleave(Uint8Array.of(1, 2), Uint8Array.of(3))]).toEqual([1, 3, 2, 0xff]);
});

test('the WAV header says mu-law, stereo, 8 kHz and the length', () => {
  const header = wavHeader({ channels: 2, audioBytes: 1_000 });
  const view = new DataView(header.buffer);
  const text = (at: number) => String.fromCharCode(...header.subarray(at, at + 4));
  expect([text(0), text(8), text(12), text(38), text(50)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'fact', 'data']);
  expect([
    view.getUint16(20, true),
    view.getUint16(22, true),
    view.getUint32(24, true),
    view.getUint32(54, true),
    view.getUint32(4, true),
  ]).toEqual([7, 2, 8_000, 1_000, 1_050]);
});

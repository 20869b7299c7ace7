import { expect, test } from 'vitest';
import { sampleCall } from '../../sandbox/sample-call/read.ts';
import { channelReader } from './channels-of.ts';
import { interleave, wavHeader } from './interleave.ts';
import { toPcm16 } from './mulaw.ts';

const { rep, customer } = sampleCall().tracks;
const silence = new Uint8Array(rep.audio.length).fill(0xff);
const both = rep.audio.map((byte, at) => (byte === 0xff || byte === 0x7f ? (customer.audio[at] ?? 0xff) : byte));

const file = (...tracks: Uint8Array[]): Uint8Array => {
  const [one = silence, other] = tracks;
  const audio = other ? interleave(one, other) : one;
  return new Uint8Array(Buffer.concat([wavHeader({ channels: other ? 2 : 1, audioBytes: audio.length }), audio]));
};
/** The same as 16-bit sound, as computers record. */
function wide(one: Uint8Array, other: Uint8Array, gain = 1): Uint8Array {
  const [left, right] = [toPcm16(one), toPcm16(other)];
  const out = new DataView(new ArrayBuffer(44 + left.length * 4));
  const text = (at: number, word: string) => [...word].forEach((letter, nth) => void out.setUint8(at + nth, letter.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVEfmt ');
  out.setUint32(16, 16, true);
  out.setUint16(20, 1, true);
  out.setUint16(22, 2, true);
  out.setUint32(24, 8_000, true);
  out.setUint16(34, 16, true);
  text(36, 'data');
  out.setUint32(40, left.length * 4, true);
  left.forEach((sample, at) => {
    out.setInt16(44 + at * 4, sample, true);
    out.setInt16(46 + at * 4, Math.round((right[at] ?? 0) * gain), true);
  });
  return new Uint8Array(out.buffer);
}
function channels(bytes: Uint8Array, piece = 5_001): string {
  const reader = channelReader();
  for (let at = 0; at < bytes.length; at += piece) if (reader.push(bytes.subarray(at, at + piece))) break;
  return reader.result();
}

test.each([
  ['one channel', file(both), 'one'],
  ['a speaker each', file(rep.audio, customer.audio), 'apart'],
  ['a speaker each, in 16 bit', wide(rep.audio, customer.audio), 'apart'],
  ['the same twice', file(both, both), 'copies'],
  ['the same twice, one of them softer', wide(both, both, 0.5), 'copies'],
  ['everybody left and nothing right', file(both, silence), 'shared'],
  ['silence', file(silence, silence), 'unknown'],
  ['no WAV', new TextEncoder().encode('ID3 and so on'.repeat(1_000)), 'unknown'],
  ['nothing', new Uint8Array(0), 'unknown'],
])('%s is told', (_, bytes, expected) => {
  expect(channels(bytes)).toBe(expected);
});

test('the size of the pieces makes no difference', () => {
  const bytes = file(rep.audio, customer.audio);
  expect([1_000_000, 7, 4_096].map((piece) => channels(bytes, piece))).toEqual(['apart', 'apart', 'apart']);
});

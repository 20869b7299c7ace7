import { expect, test } from 'vitest';
// What Chromium's MediaRecorder made of five seconds of our sample call's rep, whose first word comes after half a second.
import recording from '../../../shared/capture/microphone/chromium.webm?inline';
import { demux, newDemux } from '../../../shared/capture/microphone/demux-webm.ts';
import { opusDecoder } from './decoder.ts';

const bytes = Uint8Array.from(atob(recording.split(',')[1] ?? ''), (one) => one.charCodeAt(0));
const packets = () => {
  const read = demux(newDemux(), bytes);
  if ('code' in read) throw new Error(read.reason);
  return read.packets;
};
const loudness = (pcm: Int16Array) => Math.sqrt(pcm.reduce((sum, one) => sum + one * one, 0) / pcm.length);

test('a browser’s recording becomes 8 kHz speech as long as it is, in workerd', () => {
  const decoder = opusDecoder().begin();
  const heard = packets().map(({ bytes: packet }) => decoder.decode(packet) ?? new Int16Array(0));
  expect(heard.map(({ length }) => length)).toEqual(packets().map(() => 480));
  const loud = heard.map(loudness);
  expect(Math.max(...loud.slice(0, 9))).toBeLessThan(5);
  expect(Math.max(...loud.slice(10, 15))).toBeGreaterThan(2_000);
});

test('two recordings at once do not hear each other', () => {
  const alone = opusDecoder().begin();
  const quiet = opusDecoder().begin();
  const beside = opusDecoder().begin();
  for (const { bytes: packet } of packets()) {
    const once = alone.decode(packet);
    quiet.decode(Uint8Array.of(0xfc, 0xff, 0xfe));
    expect(beside.decode(packet)).toEqual(once);
  }
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['three frames that are not there', Uint8Array.of(3)],
  ['more than any packet', new Uint8Array(9_000)],
])('a packet of %s is no sound, and the next one is heard', (_, broken) => {
  const [clean, hurt] = [opusDecoder().begin(), opusDecoder().begin()];
  for (const { bytes: packet } of packets().slice(0, 20)) {
    expect(hurt.decode(broken)).toBeNull();
    expect(hurt.decode(packet)).toEqual(clean.decode(packet));
  }
});

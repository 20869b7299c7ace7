import { toPcm16 } from './mulaw.ts';

/**
 * What the channels of a recording are: `one` · `copies` of each other, as a recorder fills both ears from one microphone · `shared`: each
 * hears everybody, as two microphones in a room do · `apart`: each has its own speaker · `unknown`: no plain WAV, or too little sound.
 */
type Channels = 'one' | 'copies' | 'shared' | 'apart' | 'unknown';

interface ChannelReader {
  /** The file from its beginning, in pieces of any size; true as soon as no more is needed. */
  push(bytes: Uint8Array): boolean;
  result(): Channels;
}

interface Shape {
  channels: number;
  rate: number;
  /** Undefined for a coding that is not read; how many channels it has is known all the same. */
  coding: 'linear' | 'mulaw' | undefined;
}

/** Reads at most two minutes of sound and keeps only sums. `secondsMax` 0: only how many channels there are is wanted. */
export function channelReader(secondsMax = SECONDS_MAX): ChannelReader {
  let held: Uint8Array = new Uint8Array(0);
  let shape: Shape | 'refused' | undefined;
  const heard = { both: 0, first: 0, second: 0, xx: 0, yy: 0, xy: 0, seconds: 0 };
  let bin = { samples: 0, x: 0, y: 0 };

  const hear = ({ rate, coding }: Shape) => {
    const width = coding === 'linear' ? 4 : 2;
    const whole = Math.floor(held.length / width) * width;
    const view = new DataView(held.buffer, held.byteOffset, whole);
    const pcm = coding === 'mulaw' ? toPcm16(held.subarray(0, whole)) : undefined;
    for (let at = 0; at < whole; at += width) {
      const x = pcm ? (pcm[at] ?? 0) : view.getInt16(at, true);
      const y = pcm ? (pcm[at + 1] ?? 0) : view.getInt16(at + 2, true);
      heard.xx += x * x;
      heard.yy += y * y;
      heard.xy += x * y;
      bin.samples += 1;
      bin.x += Math.abs(x);
      bin.y += Math.abs(y);
      if (bin.samples < rate * BIN_S) continue;
      const [isFirst, isSecond] = [bin.x / bin.samples >= LOUD, bin.y / bin.samples >= LOUD];
      if (isFirst && isSecond) heard.both += 1;
      else if (isFirst) heard.first += 1;
      else if (isSecond) heard.second += 1;
      heard.seconds += BIN_S;
      bin = { samples: 0, x: 0, y: 0 };
    }
    held = held.slice(whole);
  };

  return {
    push(bytes) {
      if (shape === 'refused' || (shape && heard.seconds >= secondsMax)) return true;
      held = joined(held, bytes);
      if (!shape) {
        const found = shapeOf(held);
        if (found === 'later' && held.length <= HEADER_MAX) return false;
        if (found === 'later' || found === 'refused') {
          shape = 'refused';
          return true;
        }
        shape = found.shape;
        held = held.slice(found.at);
      }
      if (shape.channels !== 2 || !shape.coding || secondsMax === 0) return true;
      hear(shape);
      return heard.seconds >= secondsMax;
    },
    result() {
      if (!shape || shape === 'refused') return 'unknown';
      if (shape.channels === 1) return 'one';
      if (shape.channels !== 2 || !shape.coding) return 'unknown';
      const alike = heard.xx > 0 && heard.yy > 0 ? heard.xy / Math.sqrt(heard.xx * heard.yy) : 0;
      if (Math.abs(alike) >= ALIKE) return 'copies';
      // A channel that stays silent says nothing, so the other one holds everybody.
      const sounding = heard.both + heard.first + heard.second;
      if (sounding < SOUND_MIN || Math.min(heard.first, heard.second) < sounding * OWN_MIN)
        return sounding < SOUND_MIN ? 'unknown' : 'shared';
      return heard.both <= sounding * BOTH_MAX ? 'apart' : 'shared';
    },
  };
}

function shapeOf(file: Uint8Array): { shape: Shape; at: number } | 'later' | 'refused' {
  if (file.length < 12) return 'later';
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return 'refused';
  let shape: Shape | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    if (word(at) === 'fmt ') {
      if (at + 24 > file.length) return 'later';
      const [code, channels, rate, bits] = [
        view.getUint16(at + 8, true),
        view.getUint16(at + 10, true),
        view.getUint32(at + 12, true),
        view.getUint16(at + 22, true),
      ];
      shape = {
        channels,
        rate,
        coding: code === 7 && bits === 8 ? 'mulaw' : bits === 16 && (code === 1 || code === EXTENSIBLE) ? 'linear' : undefined,
      };
    }
    if (word(at) === 'data') return shape && shape.rate > 0 ? { shape, at: at + 8 } : 'refused';
    at += 8 + size + (size % 2);
  }
  return 'later';
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** WAVE_FORMAT_EXTENSIBLE, which what records meetings likes to write. */
const EXTENSIBLE = 0xfffe;
const HEADER_MAX = 64 * 1024;
const SECONDS_MAX = 120;
const BIN_S = 0.1;
/** As in the coverage meter: a voice is above, a quiet line below. */
const LOUD = 300;
const SOUND_MIN = 20;
const ALIKE = 0.98;
const OWN_MIN = 0.1;
/** People speak over each other for a tenth of the time, hardly for a quarter. */
const BOTH_MAX = 0.25;

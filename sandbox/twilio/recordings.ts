import { toPcm16 } from '../../shared/capture/mulaw.ts';
import type { Tracks } from './line.ts';

/** A recording of a call, as the account's Recordings resource has it. Times are of the call, ms. */
export interface Recording {
  sid: string;
  callSid: string;
  accountSid: string;
  channels: 1 | 2;
  fromMs: number;
  /** Unset while it runs. */
  toMs?: number;
  /** Work goes on after the end until then, wall clock. */
  readyAtMs?: number;
  startedAt: number;
  tracks: Tracks;
  statusUrl?: string;
}

export const statusOf = (one: Recording, nowMs: number): 'in-progress' | 'processing' | 'completed' =>
  one.toMs === undefined ? 'in-progress' : nowMs < (one.readyAtMs ?? 0) ? 'processing' : 'completed';

/** 16-bit PCM at 8 kHz; with two channels the inbound track is the first. */
export function wavOf({ tracks, channels, fromMs, toMs = fromMs }: Recording): Uint8Array<ArrayBuffer> {
  const part = (track: Uint8Array) => toPcm16(track.subarray(Math.round(fromMs) * 8, Math.round(toMs) * 8));
  const [inbound, outbound] = [part(tracks.inbound), part(tracks.outbound)];
  const samples = Math.max(0, Math.round(toMs) - Math.round(fromMs)) * 8;
  const file = new Uint8Array(44 + samples * channels * 2);
  const view = new DataView(file.buffer);
  const say = (at: number, word: string) => {
    for (let index = 0; index < word.length; index++) file[at + index] = word.charCodeAt(index);
  };
  say(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  say(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 8_000, true);
  view.setUint32(28, 16_000 * channels, true);
  view.setUint16(32, 2 * channels, true);
  view.setUint16(34, 16, true);
  say(36, 'data');
  view.setUint32(40, samples * channels * 2, true);
  for (let at = 0; at < samples; at++) {
    const [left, right] = [inbound[at] ?? 0, outbound[at] ?? 0];
    if (channels === 1) view.setInt16(44 + at * 2, Math.max(-32_768, Math.min(32_767, left + right)), true);
    else {
      view.setInt16(44 + at * 4, left, true);
      view.setInt16(46 + at * 4, right, true);
    }
  }
  return file;
}

import { FRAME_BYTES, FRAME_MS } from '../../shared/capture/frames.ts';
import { SILENCE } from '../../shared/capture/mulaw.ts';
import type { SampleCall, SampleSide } from '../sample-call/read.ts';
import type { Tracks } from '../twilio/line.ts';

/** What is said on one call: a secret until the customer is asked, a pause while they answer, then the talk that everybody knows. */
export interface Talk {
  tracks: Tracks;
  /** The talk's own times move by this, ms. */
  shiftMs: number;
}

export const SECRET_MS = 3_000;
const PAUSE_MS = 4_000;

/** Loud, and nothing that people say. */
const secretByte = (at: number): number => (at % 2 === 0 ? 0x21 : 0xa1);

export function talkOf(sample: SampleCall, hasConsent: boolean): Talk {
  const shiftMs = SECRET_MS + PAUSE_MS;
  const track = (side: SampleSide) => {
    const { audio } = sample.tracks[side];
    const whole = new Uint8Array(shiftMs * 8 + audio.length).fill(SILENCE);
    whole.set(audio, shiftMs * 8);
    const secretBytes = hasConsent ? SECRET_MS * 8 : whole.length;
    for (let at = 0; at < secretBytes; at++) whole[at] = secretByte(at);
    return whole;
  };
  return { tracks: { inbound: track('customer'), outbound: track('rep') }, shiftMs };
}

/** How many bytes of the secret there are in some audio, on one channel or on two. */
export function secretBytes(audio: Uint8Array): number {
  let found = 0;
  let run = 0;
  for (let at = 2; at < audio.length; at++) {
    // On two channels each byte stands twice, so one looks two back as well as one.
    const isSecret = (audio[at] === 0x21 || audio[at] === 0xa1) && (audio[at - 1] === 0x21 || audio[at - 1] === 0xa1);
    run = isSecret ? run + 1 : 0;
    if (run >= 32) found += 1;
  }
  return found;
}

/** One channel of a two-channel mu-law WAV file with our 58 bytes before its sound. */
export const channelOf = (file: Uint8Array, channel: 0 | 1): Uint8Array =>
  Uint8Array.from({ length: Math.max(0, (file.length - 58) >> 1) }, (_, at) => file[58 + at * 2 + channel] ?? SILENCE);

/** How many frames say where a whole call stands. */
const WITNESSES = 25;

/**
 * Of the frames of a track that sound, from a moment on: how many are there, and how many stand in what was kept, at their time ± `reachMs`
 * from where the whole of them stands (`offMs`, at most `offsetMs`: what heard a call's beginning may not be there any more). The farthest
 * from that, ms.
 */
export function keptFrames(
  known: Uint8Array,
  kept: Uint8Array,
  fromMs: number,
  { reachMs, offsetMs }: { reachMs: number; offsetMs: number },
): { all: number; kept: number; shiftMs: number; offMs: number } {
  const sounding: number[] = [];
  for (let at = Math.ceil(fromMs / FRAME_MS) * FRAME_BYTES; at + FRAME_BYTES <= known.length; at += FRAME_BYTES)
    if (!known.subarray(at, at + FRAME_BYTES).every((byte) => byte === SILENCE || byte === 0x7f)) sounding.push(at);
  const frameAt = (at: number) => known.subarray(at, at + FRAME_BYTES);
  const every = Math.max(1, Math.floor(sounding.length / WITNESSES));
  const lags = sounding
    .filter((_, n) => n % every === 0)
    .map((at) => lagOf(frameAt(at), kept, at, 0, offsetMs * 8))
    .filter((lag) => lag !== undefined)
    .sort((a, b) => a - b);
  const whole = lags[lags.length >> 1] ?? 0;
  let [found, lag, farthest] = [0, whole, 0];
  for (const at of sounding) {
    if (!isAt(frameAt(at), kept, at + lag)) {
      const other = lagOf(frameAt(at), kept, at, whole, reachMs * 8);
      if (other === undefined) continue;
      lag = other;
    }
    found += 1;
    farthest = Math.max(farthest, Math.abs(lag - whole));
  }
  return { all: sounding.length, kept: found, shiftMs: farthest / 8, offMs: whole / 8 };
}

/** The lag at which a frame stands, nearest to `about`. Samples. */
function lagOf(frame: Uint8Array, kept: Uint8Array, at: number, about: number, reach: number): number | undefined {
  for (let away = 0; away <= reach; away++) {
    if (isAt(frame, kept, at + about + away)) return about + away;
    if (isAt(frame, kept, at + about - away)) return about - away;
  }
  return undefined;
}

/** The two mu-law zeros are one silence, and another coding on the way makes one of the other. */
function isAt(frame: Uint8Array, kept: Uint8Array, at: number): boolean {
  if (at < 0) return false;
  for (let n = 0; n < FRAME_BYTES; n++) {
    const [a, b] = [frame[n], kept[at + n]];
    if (a !== b && !((a === SILENCE || a === 0x7f) && (b === SILENCE || b === 0x7f))) return false;
  }
  return true;
}

/** Words of a list that do not stand in another, in order. */
export function wordsLost(known: readonly string[], heard: readonly string[]): string[] {
  const width = heard.length + 1;
  const best = new Uint16Array((known.length + 1) * width);
  for (let a = known.length - 1; a >= 0; a--)
    for (let b = heard.length - 1; b >= 0; b--) {
      const [skip, over] = [best[(a + 1) * width + b] ?? 0, best[a * width + b + 1] ?? 0];
      best[a * width + b] = known[a] === heard[b] ? (best[(a + 1) * width + b + 1] ?? 0) + 1 : Math.max(skip, over);
    }
  const lost: string[] = [];
  for (let a = 0, b = 0; a < known.length; ) {
    if (b < heard.length && known[a] === heard[b]) {
      a += 1;
      b += 1;
    } else if (b < heard.length && (best[a * width + b + 1] ?? 0) >= (best[(a + 1) * width + b] ?? 0)) b += 1;
    else {
      lost.push(known[a] ?? '');
      a += 1;
    }
  }
  return lost;
}

import { FRAME_BYTES } from '../../shared/capture/frames.ts';
import { interleaver, wavHeader } from '../../shared/capture/interleave.ts';
import { SILENCE } from '../../shared/capture/mulaw.ts';
import type { Role } from '../../shared/contracts/transcript.ts';

const STEP_MS = 300_000;
const CALL_MAX_MS = 4 * 3_600_000;
const SILENT_FRAME = new Uint8Array(FRAME_BYTES).fill(SILENCE);

type Track = Iterable<{ atMs: number; bytes: Uint8Array }>;

/** Where recordings lie; R2 in production. */
export interface Bucket {
  /** `size` is the body's exact length in bytes. Answers the key it can be opened with again. */
  put(file: string, body: ReadableStream<Uint8Array>, size: number, contentType: string): Promise<string>;
}

/**
 * Keeps a call's recording: one WAV file, 8 kHz mu-law, the rep on the left and the customer on the right, times kept; of a call with
 * everybody on one track (`mixed`) that track alone, so that the file says so itself.
 * It is streamed, because an hour of it would not fit beside everything else in memory. Archiving again overwrites the same key.
 */
export async function archive(
  bucket: Bucket,
  call: { tenantId: string; callId: string; tracks?: 'mixed' | 'split' },
  of: (role: Role) => Track,
): Promise<string> {
  const isMixed = call.tracks === 'mixed';
  const sound = () => (isMixed ? mono(stereo(of)) : stereo(of));
  let audioBytes = 0;
  for (const piece of sound()) audioBytes += piece.length;
  const header = wavHeader({ channels: isMixed ? 1 : 2, audioBytes });
  const pieces = sound();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(header),
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return bucket.put(`audio/${call.tenantId}/${call.callId}`, body, header.length + audioBytes, 'audio/wav');
}

/** Both sides interleaved, piece by piece; the same tracks give the same pieces each time. */
function* stereo(of: (role: Role) => Track): Generator<Uint8Array, undefined> {
  const both = interleaver({ waitMs: Number.POSITIVE_INFINITY });
  let reachedMs = 0;
  for (const { side, atMs, bytes } of inTime(of('rep'), of('customer'))) {
    if (atMs > CALL_MAX_MS) break;
    // The interleaver takes a far jump for nonsense; a late consent is none, so it gets there in steps.
    for (; atMs - reachedMs > STEP_MS; reachedMs += STEP_MS) yield* sounding(both.push(side, reachedMs + STEP_MS, SILENT_FRAME));
    yield* sounding(both.push(side, atMs, bytes));
    reachedMs = Math.max(reachedMs, atMs);
  }
  yield* sounding(both.flush());
}

/** The rep's side alone, where a mixed track is kept. */
function* mono(both: Iterable<Uint8Array>): Generator<Uint8Array, undefined> {
  for (const piece of both) yield Uint8Array.from({ length: piece.length / 2 }, (_, at) => piece[at * 2] ?? SILENCE);
}

function* sounding(audio: Uint8Array): Generator<Uint8Array, undefined> {
  if (audio.length > 0) yield audio;
}

/** Two tracks as one, oldest first, so that little has to be held back. */
function* inTime(rep: Track, customer: Track) {
  const sides = [rep[Symbol.iterator](), customer[Symbol.iterator]()] as const;
  const heads = [sides[0].next(), sides[1].next()];
  for (;;) {
    const [a, b] = heads;
    if (a?.done !== false && b?.done !== false) return;
    const side = b?.done !== false || (a?.done === false && a.value.atMs <= b.value.atMs) ? 0 : 1;
    const head = heads[side];
    if (head?.done !== false) return;
    yield { side, ...head.value } as const;
    heads[side] = sides[side].next();
  }
}

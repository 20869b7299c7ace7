import type { Refused } from '../../shared/capture/browser-frames.ts';
import { readChunk } from '../../shared/capture/microphone/read-chunk.ts';
import { admitChunk, newRecorderFeed, type RecorderFeed } from '../../shared/capture/microphone/recorder-feed.ts';
import { toMulaw } from '../../shared/capture/mulaw.ts';
import type { AudioDecoder, PacketDecoder } from '../ports/audio-decoder.ts';
import type { LineEvent, Track } from '../ports/line.ts';

const ACK_EVERY = 4;

export interface RecorderNow {
  nowMs: number;
  elapsedMs: number;
  isAgreed: boolean;
  track: Track;
}

/** The chunks of a recorder in the rep's browser, as the telephone would send them. */
export class RecorderLine {
  readonly #storage: DurableObjectStorage;
  readonly #decoder: () => AudioDecoder;
  #feed: RecorderFeed | undefined;
  #decoding: PacketDecoder | undefined;

  constructor(storage: DurableObjectStorage, decoder: () => AudioDecoder) {
    this.#storage = storage;
    this.#decoder = decoder;
  }

  async load(): Promise<void> {
    // What was not acknowledged before an eviction comes again.
    this.#feed = await this.#storage.get<RecorderFeed>('recorderFeed');
  }

  /** The first chunk that we do not have. */
  nextSeq(): number {
    return this.#feed?.nextSeq ?? 0;
  }

  /** `due`: what came before this chunk, to be stored and acknowledged now; the chunk itself is heard only after our answer. */
  read(message: ArrayBuffer, now: RecorderNow): { events: LineEvent[]; due: RecorderFeed | undefined } | Refused {
    const chunk = readChunk(message);
    if ('code' in chunk) return chunk;
    const before = this.#feed ?? newRecorderFeed(now.nowMs);
    const seen = admitChunk(before, chunk, now);
    if (seen.is === 'refused') return seen;
    this.#feed = seen.feed;
    if (seen.is === 'new' && chunk.isBeginning) this.#decoding = undefined;
    return {
      events: seen.packets.flatMap(({ atMs, bytes }) => this.#hear(atMs, bytes, now.track)),
      due: seen.is === 'new' && chunk.seq % ACK_EVERY === 0 ? before : undefined,
    };
  }

  /** No packet that was half read stays behind; another recording may begin. */
  breakOff(): void {
    if (!this.#feed?.recording) return;
    this.#feed = { ...this.#feed, recording: null };
    this.#decoding = undefined;
    this.keep(this.#feed);
  }

  keep(feed: RecorderFeed): void {
    void this.#storage.put('recorderFeed', feed);
  }

  #hear(atMs: number, packet: Uint8Array, track: Track): LineEvent[] {
    this.#decoding ??= this.#decoder().begin();
    const pcm = this.#decoding.decode(packet);
    // A damaged packet is a short silence.
    return pcm ? [{ type: 'audio', track, atMs, bytes: toMulaw(pcm) }] : [];
  }
}

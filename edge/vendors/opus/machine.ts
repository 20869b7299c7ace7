/** What libopus exports, as `@evan/opus` builds it. Addresses are bytes of its memory. */
interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  opus_decoder_get_size(channels: number): number;
  opus_decoder_init(decoder: number, sampleRate: number, channels: number): number;
  /** Samples a channel, or an error below zero. */
  opus_decode(decoder: number, packet: number, bytes: number, pcm: number, samplesMax: number, withFec: number): number;
}

export interface OpusMachine {
  /** A decoder that has heard nothing. */
  fresh: Uint8Array;
  /** Null when the packet is damaged; the decoder is as it was then. */
  decode(state: Uint8Array, packet: Uint8Array): { state: Uint8Array; pcm: Int16Array } | null;
}

const SAMPLE_RATE = 8_000;
/** 120 ms, the longest packet there is. */
const SAMPLES_MAX = 960;
const PACKET_MAX_BYTES = 8_192;

export function openMachine(module: WebAssembly.Module): OpusMachine {
  const nothing = () => 0;
  const { exports } = new WebAssembly.Instance(module, {
    wasi_snapshot_preview1: { fd_seek: nothing, fd_write: nothing, fd_close: nothing, proc_exit: nothing },
    env: { emscripten_notify_memory_growth: nothing },
  });
  const opus = exports as unknown as Exports;
  opus._initialize();
  const size = opus.opus_decoder_get_size(1);
  const [slot, input, output] = [opus.malloc(size), opus.malloc(PACKET_MAX_BYTES), opus.malloc(SAMPLES_MAX * 2)];
  if (opus.opus_decoder_init(slot, SAMPLE_RATE, 1) !== 0) throw new Error('libopus did not start.');
  // Memory that grew is another buffer: it is asked for each time.
  const memory = () => new Uint8Array(opus.memory.buffer);
  const fresh = memory().slice(slot, slot + size);
  return {
    fresh,
    decode(state, packet) {
      if (packet.length === 0 || packet.length > PACKET_MAX_BYTES) return null;
      memory().set(state, slot);
      memory().set(packet, input);
      const samples = opus.opus_decode(slot, input, packet.length, output, SAMPLES_MAX, 0);
      const pcm = samples > 0 ? new Int16Array(memory().slice(output, output + samples * 2).buffer) : null;
      const after = memory().slice(slot, slot + size);
      memory().fill(0, slot, slot + size);
      memory().fill(0, input, input + packet.length);
      memory().fill(0, output, output + SAMPLES_MAX * 2);
      return pcm && { state: after, pcm };
    },
  };
}

import libopus from '@evan/opus/wasm/opus.wasm';
import type { AudioDecoder } from '../../ports/audio-decoder.ts';
import { type OpusMachine, openMachine } from './machine.ts';

let machine: OpusMachine | undefined;

/**
 * Opus through libopus (RFC 6716), compiled to WebAssembly. A decoder is 18 KB of plain bytes that are put into the machine for each packet
 * and taken out again: nobody's audio stays there, and an object that is evicted leaves nothing behind.
 */
export function opusDecoder(): AudioDecoder {
  return {
    begin() {
      let state: Uint8Array | undefined;
      return {
        decode(packet) {
          try {
            machine ??= openMachine(libopus);
            const decoded = machine.decode(state ?? machine.fresh, packet);
            if (decoded) state = decoded.state;
            return decoded?.pcm ?? null;
          } catch {
            // A machine that stopped in the middle may be in any state; the decoders are not in it.
            machine = undefined;
            return null;
          }
        },
      };
    },
  };
}

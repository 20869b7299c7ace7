import type { WebSocket } from 'ws';
import { sampleCall } from '../sample-call/read.ts';
import { type Memory, remember } from './ear.ts';
import { type FaultBox, faults } from './faults.ts';

/** As many live streams as the vendor gives one project by default. */
const STREAMS_MAX = 50;

/** Nothing a twin of this vendor knows survives a restart: neither do the vendor's streams. */
export interface DeepgramState {
  memory: Memory;
  streams: Set<WebSocket>;
  streamsMax: number;
  faults: FaultBox;
  /** Recognition delay, ms of real time. */
  delayMs: number;
  taste(audio: Uint8Array): void;
  /** Says once that unknown audio stays empty. */
  strange(): void;
}

export function openState(options: {
  speed?: number | undefined;
  streamsMax?: number | undefined;
  taste?: ((audio: Uint8Array) => void) | undefined;
  notice?: ((sentence: string) => void) | undefined;
}): DeepgramState {
  let isSaid = false;
  return {
    memory: remember(sampleCall()),
    streams: new Set(),
    streamsMax: options.streamsMax ?? STREAMS_MAX,
    faults: faults(),
    taste: options.taste ?? (() => {}),
    delayMs: 120 / (options.speed ?? 1),
    strange() {
      if (isSaid) return;
      isSaid = true;
      const notice = options.notice ?? console.log;
      notice('The sandbox only understands its own sample call; for any other audio set DEEPGRAM_API_KEY.');
    },
  };
}

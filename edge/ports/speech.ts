import type { Role, Utterance, Word } from '../../shared/contracts/transcript.ts';
import type { Result } from '../../shared/kit/result.ts';

/** Live recognition of one track. One session per track, so who spoke is exact. */
export interface LiveSpeech {
  /** Resolves when the recogniser listens. `hear` is called in order, until `closed`. */
  open(options: LiveOptions, hear: (heard: SpeechHeard) => void): Promise<Result<SpeechSession>>;
}

export interface LiveOptions {
  /** 8 kHz mono mu-law, as telephony sends it. */
  encoding: 'mulaw';
  sampleRate: 8000;
  /** Names it should know: competitors, products. */
  keyterms: readonly string[];
}

export interface SpeechSession {
  /** Any number of bytes; the adapter cuts them to the size its vendor likes. Never blocks; drops nothing it accepted. */
  feed(audio: Uint8Array): void;
  /** No more audio: the vendor says its last words, then `closed`. Closing twice is fine. */
  close(): void;
}

/** Times are milliseconds of audio fed to this session. */
export type SpeechHeard =
  /** The whole turn as understood now; it may change until `final`. `turn` counts from 0. */
  | {
      type: 'turn';
      turn: number;
      text: string;
      words: Word[];
      final: boolean;
      heardToMs: number;
      /** The turn may be over, or is not after all: sooner than `final` can be. */
      pause?: 'eager' | 'resumed';
      /** On a track with several voices: whose turn it is. Counts from 0 in each session by itself. */
      voice?: number;
    }
  /** It listens and has nothing new to say; this far it has heard. */
  | { type: 'alive'; heardToMs: number }
  /** The session is over; `fault` says why when it was not asked for. */
  | { type: 'closed'; fault?: { kind: 'busy' | 'broken' | 'refused' | 'expired'; said: string } };

/** A whole recording to a transcript. */
export interface BatchSpeech {
  /** WAV, MP3, MP4, FLAC …; channel 0 speaks as `channels[0]` and so on; one channel means speakers are told apart by voice. */
  transcribe(audio: {
    body: ReadableStream<Uint8Array> | Uint8Array;
    contentType: string;
    channels: readonly Role[];
    keyterms: readonly string[];
    /** Told once it is heard: seconds of one voice that have to be paid for. */
    spent?(seconds: number): void;
  }): Promise<Result<Utterance[]>>;
}

import type { VoiceErrors } from './voices.ts';

/** What the vendor can do to us, asked for by tests and demos. Each fault happens once, to the next stream or request. */
export interface Faults {
  /** Refuse the next request or handshake with this status. */
  refuseNext(status: 401 | 403 | 429 | 500 | 503): void;
  /** Close the next stream without a word after so many ms of audio. */
  dropNext(afterMs: number): void;
  /** Hear the next stream but never answer it. */
  muteNext(): void;
  /** Everything is refused while it lasts. */
  outage(isOn: boolean): void;
  /** Voices in one channel are told apart with these errors from now on; `{}` is without. */
  mistakeVoices(errors: VoiceErrors): void;
}

export interface FaultBox extends Faults {
  takeRefusal(): number | undefined;
  takeStream(): { dropAfterMs?: number; isMute: boolean };
  voiceErrors(): VoiceErrors;
}

export function faults(): FaultBox {
  let refusal: number | undefined;
  let dropAfterMs: number | undefined;
  let isMute = false;
  let isOut = false;
  let voices: VoiceErrors = {};
  return {
    outage: (isOn) => {
      isOut = isOn;
    },
    refuseNext: (status) => {
      refusal = status;
    },
    dropNext: (afterMs) => {
      dropAfterMs = afterMs;
    },
    muteNext: () => {
      isMute = true;
    },
    mistakeVoices: (errors) => {
      voices = errors;
    },
    voiceErrors: () => voices,
    takeRefusal() {
      if (isOut) return 503;
      const taken = refusal;
      refusal = undefined;
      return taken;
    },
    takeStream() {
      const taken = { ...(dropAfterMs === undefined ? {} : { dropAfterMs }), isMute };
      dropAfterMs = undefined;
      isMute = false;
      return taken;
    },
  };
}

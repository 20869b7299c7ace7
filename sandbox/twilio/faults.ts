/** What can go wrong between Twilio and us, asked for by tests. Each happens once, to the next call. */
export interface Faults {
  /** The media socket breaks after so many ms of audio; the call itself goes on, and no other socket is opened unless asked for. */
  cutStreamNext(afterMs: number): void;
  /** Frames are lost, come twice or out of order, or all at once after a while; for the whole of the next call. */
  roughNext(rough: Rough): void;
  /** A recording begins and nobody is told: the connection breaks off before the answer. */
  loseRecordAnswerNext(): void;
  /** The REST API answers nothing but 503 from now on. */
  restDown(): void;
  /** The `completed` callback comes twice. */
  repeatStatusNext(): void;
  /** Everything is signed with another token, as a stranger would. */
  forgeNext(): void;
}

/** Shares from 0 to 1 of all frames; `dice` gives numbers from 0 to 1. */
export interface Rough {
  loses: number;
  repeats: number;
  disorders: number;
  /** The network holds everything back at this time of the call, for so long. */
  stallAtMs?: number;
  stallMs: number;
  dice(): number;
}

export interface Trouble {
  cutAfterMs?: number;
  rough?: Rough;
  isStatusRepeated?: boolean;
  isForged?: boolean;
}

export function faults(): Faults & { take(): Trouble; isRestDown(): boolean; isAnswerLost(request: Request): boolean } {
  let next: Trouble = {};
  let isDown = false;
  let isLosing = false;
  return {
    cutStreamNext: (cutAfterMs) => {
      next.cutAfterMs = cutAfterMs;
    },
    roughNext: (rough) => {
      next.rough = rough;
    },
    loseRecordAnswerNext: () => {
      isLosing = true;
    },
    isAnswerLost(request) {
      const isLost = isLosing && request.method === 'POST' && request.url.endsWith('/Recordings.json');
      if (isLost) isLosing = false;
      return isLost;
    },
    restDown: () => {
      isDown = true;
    },
    isRestDown: () => isDown,
    repeatStatusNext: () => {
      next.isStatusRepeated = true;
    },
    forgeNext: () => {
      next.isForged = true;
    },
    take() {
      const taken = next;
      next = {};
      return taken;
    },
  };
}

/** What can go wrong between Twilio and us, asked for by tests. Each happens once, to the next call. */
export interface Faults {
  /** The media socket breaks after so many ms of audio; the call itself goes on. */
  cutStreamNext(afterMs: number): void;
  /** The `completed` callback comes twice. */
  repeatStatusNext(): void;
  /** Everything is signed with another token, as a stranger would. */
  forgeNext(): void;
}

export interface Trouble {
  cutAfterMs?: number;
  isStatusRepeated?: boolean;
  isForged?: boolean;
}

export function faults(): Faults & { take(): Trouble } {
  let next: Trouble = {};
  return {
    cutStreamNext: (cutAfterMs) => {
      next.cutAfterMs = cutAfterMs;
    },
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

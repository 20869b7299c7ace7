export interface Bell {
  ring(): void;
  /** Until the next ring, or one that nobody waited for; at most `ms` when given. */
  rung(ms: number | null): Promise<void>;
}

/** Wakes the one who waits, and is not forgotten while nobody does. */
export function newBell(): Bell {
  let isRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    async rung(ms) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      if (!isRung) {
        await new Promise<void>((done) => {
          wake = done;
          if (ms !== null) timer = setTimeout(done, Math.max(0, ms));
        });
      }
      clearTimeout(timer);
      wake = undefined;
      isRung = false;
    },
  };
}

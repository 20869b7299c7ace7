export interface FollowUpDeps {
  /** All that follows an understood call; `again` when the CRM or the database is away. Again changes nothing. */
  take(callId: string): Promise<'done' | 'again'>;
  /** The outage lasts: the sweep comes back to this call later. */
  postpone(callId: string): Promise<void>;
  after(ms: number, work: () => void): void;
  /** Durable: whoever starts anew after a crash adds what was kept and not forgotten. */
  keep(callId: string): void;
  forget(callId: string): void;
}

const AT_ONCE = 4;
const HELD_MAX = 1_000;
const TRIES_MAX = 10;
const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 15_000;

/**
 * Follows up one connection's calls, a few at once, so that a CRM that hangs holds up nobody else's. What is lost here all the same
 * is still unfinished in the database, where the sweep finds it.
 */
export function newFollowUp(deps: FollowUpDeps): { add(callId: string): boolean; held(): number } {
  const held = new Set<string>();
  const ready: { callId: string; tries: number }[] = [];
  let running = 0;

  function pump(): void {
    while (running < AT_ONCE) {
      const next = ready.shift();
      if (!next) return;
      running += 1;
      void carryOut(next.callId, next.tries + 1).finally(() => {
        running -= 1;
        pump();
      });
    }
  }

  function letGo(callId: string): void {
    held.delete(callId);
    deps.forget(callId);
  }

  async function carryOut(callId: string, tries: number): Promise<void> {
    const outcome = await deps.take(callId).catch(() => 'again' as const);
    if (outcome === 'done') letGo(callId);
    else if (tries < TRIES_MAX) {
      deps.after(Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)), () => {
        ready.push({ callId, tries });
        pump();
      });
    } else {
      await deps.postpone(callId).catch(() => undefined);
      letGo(callId);
    }
  }

  return {
    /** True also for a call that is held already; false when there is no room. */
    add(callId) {
      if (held.has(callId)) return true;
      if (held.size >= HELD_MAX) return false;
      held.add(callId);
      deps.keep(callId);
      ready.push({ callId, tries: 0 });
      pump();
      return true;
    },
    held: () => held.size,
  };
}

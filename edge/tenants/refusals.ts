const REQUESTS_MIN = 3;
const WITHIN_MS = 5 * 60_000;
const HELD_MAX = 500;

/** Requests of one session name whose fresh sessions were all refused: told when it is the third within five minutes. */
export function holdRefusals(now: () => number): { isTold(session: string): boolean } {
  const held = new Map<string, number[]>();
  return {
    isTold(session) {
      const recent = [...(held.get(session) ?? []).filter((ms) => now() - ms < WITHIN_MS), now()];
      if (held.size >= HELD_MAX) held.clear();
      held.set(session, recent);
      return recent.length >= REQUESTS_MIN;
    },
  };
}

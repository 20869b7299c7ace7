import { ok, type Result } from '../../shared/kit/result.ts';

/** A flight that takes longer died with the request that began it; the next one does not wait for it. */
const FLIGHT_MS = 10_000;
const SESSIONS_MAX = 500;

/** Sessions with a host by connection: kept until one is refused, and opened by one flight however many ask. */
export function holdSessions<S extends { accessToken: string }>(now: () => number) {
  const held = new Map<string, S>();
  const flights = new Map<string, { untilMs: number; session: Promise<Result<S>> }>();

  async function fly(connectionId: string, open: () => Promise<Result<S>>): Promise<Result<S>> {
    try {
      const session = await open();
      held.delete(connectionId);
      if (session.ok) held.set(connectionId, session.value);
      for (const oldest of held.keys()) {
        if (held.size <= SESSIONS_MAX) break;
        held.delete(oldest);
      }
      return session;
    } finally {
      flights.delete(connectionId);
    }
  }

  /** The session of a connection; `refused` is the access token that no longer works. */
  return (connectionId: string, refused: string | undefined, open: () => Promise<Result<S>>): Promise<Result<S>> => {
    const known = held.get(connectionId);
    if (known && known.accessToken !== refused) return Promise.resolve(ok(known));
    const flight = flights.get(connectionId);
    if (flight && flight.untilMs > now()) return flight.session;
    const session = fly(connectionId, open);
    flights.set(connectionId, { untilMs: now() + FLIGHT_MS, session });
    return session;
  };
}

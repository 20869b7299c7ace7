type Run<S> = (tenantId: string, statements: readonly S[]) => Promise<unknown[]>;

interface Asked<S> {
  statements: readonly S[];
  done(results: unknown[]): void;
  fail(error: unknown): void;
}

/** Beyond this a round trip carries more than it saves. */
const STATEMENTS_MAX = 20;

/**
 * Reads of one tenant that are asked in the same moment go as one: `run` is called once for all of them, and each gets its own results.
 * One that is refused takes none of the others with it; what `isOutage` fails all of them at once.
 */
export function together<S>(run: Run<S>, isOutage: (error: unknown) => boolean): Run<S> {
  const waiting = new Map<string, Asked<S>[]>();

  /** Within the turn that asked: what one request waits for is never another's. */
  async function leave(tenantId: string): Promise<void> {
    const all = waiting.get(tenantId) ?? [];
    waiting.delete(tenantId);
    const results = await run(
      tenantId,
      all.flatMap(({ statements }) => statements),
    ).catch((error: unknown) => error);
    if (Array.isArray(results)) {
      const left = [...results];
      for (const { statements, done } of all) done(left.splice(0, statements.length));
    } else if (all.length === 1 || isOutage(results)) for (const { fail } of all) fail(results);
    else for (const { statements, done, fail } of all) run(tenantId, statements).then(done, fail);
  }

  return (tenantId, statements) =>
    new Promise((done, fail) => {
      const all = waiting.get(tenantId);
      const asked = { statements, done, fail };
      if (all && all.reduce((sum, one) => sum + one.statements.length, statements.length) <= STATEMENTS_MAX) all.push(asked);
      else if (all) run(tenantId, statements).then(done, fail);
      else {
        waiting.set(tenantId, [asked]);
        queueMicrotask(() => void leave(tenantId));
      }
    });
}

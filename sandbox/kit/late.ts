/** Work that happens after its caller has given up. */
export function openLate() {
  const waiting = new Map<NodeJS.Timeout, { done: Promise<void>; end: () => void }>();
  return {
    after(ms: number, work: () => void): void {
      const { promise: done, resolve: end } = Promise.withResolvers<void>();
      const timer = setTimeout(() => {
        waiting.delete(timer);
        work();
        end();
      }, ms);
      waiting.set(timer, { done, end });
    },
    pending: () => waiting.size,
    /** Ends when nothing is on its way, what came in meanwhile too. */
    async settle(): Promise<void> {
      while (waiting.size > 0) await Promise.all([...waiting.values()].map(({ done }) => done));
    },
    drop(): void {
      for (const [timer, { end }] of waiting) {
        clearTimeout(timer);
        end();
      }
      waiting.clear();
    },
  };
}

/** "2026-11": the month minutes are counted in, UTC. */
export const monthOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7);

import type { Result } from './result.ts';

/** Answers by where they came from, oldest first. */
export type Known<T> = Map<string, { value: T; atMs: number }>;

/** How long an answer will do, and how many are kept. */
export interface Keeping {
  nowMs: number;
  keptMs: number;
  entriesMax: number;
}

/** The answer known under this address, or a fresh one, which is then known. Faults are not kept. */
export async function remembered<T, F>(
  known: Known<T>,
  address: string,
  { nowMs, keptMs, entriesMax }: Keeping,
  ask: () => Promise<Result<T, F>>,
): Promise<Result<T, F>> {
  const held = known.get(address);
  if (held && nowMs - held.atMs < keptMs) return { ok: true, value: held.value };
  const fresh = await ask();
  if (!fresh.ok) return fresh;
  known.delete(address);
  known.set(address, { value: fresh.value, atMs: nowMs });
  for (const oldest of known.keys()) if (known.size > entriesMax) known.delete(oldest);
  return fresh;
}

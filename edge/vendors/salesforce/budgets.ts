import type { ApiUsage } from './client.ts';
import type { Budget } from './desk.ts';

const orgsMax = 1_000;

/** What each org's answers said of its daily API calls, as far as this isolate has seen them. */
export function holdBudgets(): { of(connectionId: string, share: number): Budget; lastOf(connectionId: string): ApiUsage | undefined } {
  const last = new Map<string, ApiUsage>();
  return {
    of: (connectionId, share) => ({
      share,
      last: () => last.get(connectionId),
      seen(usage) {
        if (last.size >= orgsMax) last.clear();
        last.set(connectionId, usage);
      },
    }),
    lastOf: (connectionId) => last.get(connectionId),
  };
}

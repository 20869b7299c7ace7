import type { MissedWhy } from '../../shared/contracts/capture.ts';

interface AskLaterDeps {
  pause(ms: number): Promise<void>;
  /** Who calls, and why nobody may hear that; null while the CRM is away. */
  ask(): Promise<{ name: string; never: string | null } | null>;
  begin(customerName: string): Promise<void>;
  refuse(trouble: string, missed: MissedWhy): Promise<void>;
}

/** What follows an answer may take 30 s. */
const WAITS_MS = [2_000, 4_000, 8_000, 10_000];
const UNASKED = 'Your CRM could not be asked whether this call may be heard, so nobody heard it.';

/** A phone rings and the CRM is away: nothing is heard until it says who calls. Said too late, nothing at all is heard. */
export async function askLater({ pause, ask, begin, refuse }: AskLaterDeps): Promise<void> {
  for (const waitMs of WAITS_MS) {
    await pause(waitMs);
    const said = await ask();
    if (said) return said.never === null ? begin(said.name) : refuse(said.never, 'never-record');
  }
  return refuse(UNASKED, 'failed');
}

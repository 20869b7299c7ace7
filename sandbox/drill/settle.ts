import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../start.ts';
import { openLedger } from '../torture/ledger.ts';
import type { Account } from '../torture/world.ts';

/** How many calls and changes of these accounts are still on their way. */
async function onTheirWay(sandbox: Sandbox, accounts: readonly Account[]): Promise<{ calls: number; changes: number }> {
  const ledger = openLedger(sandbox.database.url);
  let calls = 0;
  let changes = 0;
  for (const account of accounts) {
    const open = await ledger.open(account);
    calls += open.calls;
    changes += open.changes;
  }
  return { calls, changes };
}

/** Waits until everything is written, with the minute's sweep running every other second. Throws after `withinMs`. */
export async function untilSettled(sandbox: Sandbox, accounts: readonly Account[], withinMs: number): Promise<void> {
  const endsMs = Date.now() + withinMs;
  for (;;) {
    const open = await onTheirWay(sandbox, accounts);
    if (open.calls + open.changes === 0) return;
    if (Date.now() > endsMs)
      throw new Error(`After ${withinMs / 1_000} s ${open.calls} calls and ${open.changes} changes are still on their way.`);
    await sandbox.worker.tick().catch(() => undefined);
    await pause(2_000);
  }
}

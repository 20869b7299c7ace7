import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../start.ts';
import { onItsWay, openLedger } from '../torture/ledger.ts';
import type { Account } from '../torture/world.ts';

/** Waits until everything is written, with the minute's sweep running every other second. Throws after `withinMs`. */
export async function untilSettled(sandbox: Sandbox, accounts: readonly Account[], withinMs: number): Promise<void> {
  const endsMs = Date.now() + withinMs;
  const ledger = openLedger(sandbox.database.url);
  for (;;) {
    let open = 0;
    for (const account of accounts) open += onItsWay(await ledger.open(account));
    if (open === 0) return;
    if (Date.now() > endsMs) throw new Error(`After ${withinMs / 1_000} s ${open} calls and changes are still on their way.`);
    await sandbox.worker.tick().catch(() => undefined);
    await pause(2_000);
  }
}

import * as outbox from '../act/outbox/store.ts';

import * as calls from '../capture/store.ts';
import { type StuckCall, stuckCalls } from '../capture/waiting/store.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import { callStub, writerStub } from '../stubs.ts';
import type { wireNews } from './news.ts';
import { enqueue } from './queue.ts';

/** Longer than a message waits on a quiet day; whatever takes longer on purpose says so itself (`holdOff`). */
const STUCK_AFTER_MS = 20_000;
const BATCH = 250;
const BATCHES_MAX = 20;
const AT_ONCE = 6;

/** Every minute: whatever a lost message or a lost kick left behind goes on. Doing it twice changes nothing. */
export async function sweep(parts: Parts, news: ReturnType<typeof wireNews>, further: readonly (() => Promise<void>)[]): Promise<void> {
  const { db, bindings } = parts;
  let found = 0;
  for (let batches = 0; batches < BATCHES_MAX; batches += 1) {
    const stuck = await stuckCalls(db, new Date(parts.now() - STUCK_AFTER_MS), BATCH);
    found += stuck.length;
    for (let at = 0; at < stuck.length; at += AT_ONCE)
      await Promise.all(stuck.slice(at, at + AT_ONCE).map((one) => alone(one.callId, () => sendOn(parts, one))));
    if (stuck.length < BATCH) break;
  }
  const due = await outbox.dueConnections(db, new Date(parts.now()));
  for (const { tenantId, connectionId } of due) {
    await alone(undefined, () => writerStub(bindings, tenantId, connectionId).kick(tenantId, connectionId));
  }
  for (const work of [...(await news.rounds()), ...further]) await alone(undefined, work);
  if (found + due.length > 0) log({ at: 'cron', what: 'swept', count: found + due.length });
}

/** After this the next sweep leaves the call its time, so that a long list is gone through and not begun anew. */
async function sendOn({ db, bindings }: Parts, { tenantId, callId, status }: StuckCall): Promise<void> {
  if (status === 'live') {
    await callStub(bindings, tenantId, callId).hangUp();
    // Its object never heard of it: nothing will ever end it but this.
    await calls.moveCall(db, tenantId, callId, 'live', 'failed', { trouble: 'This call was never connected, so nothing was heard.' });
    return;
  }
  if (status === 'ended') await enqueue(bindings, { kind: 'call-ended', tenantId, callId });
  if (status === 'transcribed') await enqueue(bindings, { kind: 'call-transcribed', tenantId, callId });
  await calls.moveCall(db, tenantId, callId, status, status);
}

/** One that fails holds up none of the others; the next sweep finds it again. */
async function alone(trace: string | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log({ at: 'cron', what: 'not-swept', level: 'warn', trace, kind: error instanceof Error ? error.name : 'unknown' });
  }
}

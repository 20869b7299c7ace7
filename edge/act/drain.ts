import type { WriteRate } from '../../shared/act/bucket.ts';
import { decide, type Outcome, restsUntilMs, type WriterEvent, wakeMs } from '../../shared/act/writer.ts';
import type { Command, DueRow, WriterState } from '../../shared/act/writer-state.ts';
import type { ChangeBody, CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Crm } from '../ports/crm.ts';
import type { Bell } from './bell.ts';

/** A leased row of the outbox. */
export interface DueChange {
  id: string;
  opKey: string;
  callId: string;
  ordinal: number;
  record: RecordRef;
  also: RecordRef[];
  body: ChangeBody;
  attempts: number;
  createdAt: Date;
  decidedAt: Date | null;
}

/** The outbox as the writer of one connection sees it. */
export interface Outbox {
  /** Takes rows that are due for ourselves until the lease ends, at most `LEASE_ROWS`. */
  lease(): Promise<DueChange[]>;
  written(id: string, crmId: string): Promise<void>;
  later(id: string, atMs: number, trouble: string): Promise<void>;
  /** As `later`, but it was never tried. */
  putBack(id: string, atMs: number): Promise<void>;
  park(id: string, trouble: string): Promise<void>;
  supersede(id: string, trouble: string): Promise<void>;
}

export interface DrainDeps {
  crm: Crm;
  rate: WriteRate;
  outbox: Outbox;
  now(): number;
  /** 0 ≤ luck < 1. */
  luck(): number;
  /** Stores the state for good. Nothing leaves before it has. */
  keep(state: WriterState): Promise<void>;
  /** Rings for every kick. */
  bell: Bell;
  /** How many kicks there have been. */
  kicks(): number;
}

export const LEASE_ROWS = 20;
const LEASES_FOR_MS = 60_000;

/**
 * Carries what is due to the CRM until nothing is left that may leave now; `told` is what a start left to do. Answers the state at the
 * end. Whatever could not be noted in the outbox is leased and sent again under the same key.
 */
export async function drain(deps: DrainDeps, first: WriterState, told: readonly Command[]): Promise<WriterState> {
  const { crm, rate, outbox, now, luck, bell } = deps;
  const lastLeaseMs = now() + LEASES_FOR_MS;
  const changes = new Map<string, DueChange>();
  const answers: { id: string; outcome: Outcome }[] = [];
  let state = first;

  async function on(event: WriterEvent): Promise<void> {
    const [next, commands] = decide(state, event, now(), rate);
    state = next;
    if (commands.some((command) => command.do === 'send')) await deps.keep(state);
    // What may leave does not wait for what is to be noted.
    for (const command of commands) if (command.do === 'send') send(command.id);
    await note(outbox, commands);
  }

  function send(id: string): void {
    const change = changes.get(id);
    changes.delete(id);
    void write(crm, change).then((outcome) => {
      answers.push({ id, outcome });
      bell.ring();
    });
  }

  await note(outbox, told);
  let kicks = -1;
  let mayHoldMore = true;
  for (;;) {
    if (deps.kicks() !== kicks) mayHoldMore = true;
    if (mayHoldMore && state.queue.length < LEASE_ROWS && restsUntilMs(state) <= now() && now() < lastLeaseMs) {
      kicks = deps.kicks();
      const rows = await outbox.lease();
      mayHoldMore = rows.length === LEASE_ROWS;
      for (const row of rows) changes.set(row.id, row);
      if (rows.length > 0) await on({ type: 'due', rows: rows.map(rowOf) });
      if (mayHoldMore && state.queue.length < LEASE_ROWS) continue;
    }
    if (state.queue.length + state.flights.length === 0) break;
    const wake = wakeMs(state, rate);
    if (answers.length === 0) await bell.rung(wake === null ? null : wake - now());
    const come = answers.splice(0);
    for (const { id, outcome } of come) await on({ type: 'answer', id, outcome, luck: luck() });
    if (come.length === 0) await on({ type: 'tick', luck: luck() });
    // What waited behind an answer may be free now.
    else if (state.queue.length === 0) mayHoldMore = true;
  }
  await deps.keep(state);
  return state;
}

async function note(outbox: Outbox, commands: readonly Command[]): Promise<void> {
  for (const it of commands) {
    if (it.do === 'written') await outbox.written(it.id, it.crmId);
    if (it.do === 'later') await outbox.later(it.id, it.atMs, it.said);
    if (it.do === 'put-back') await outbox.putBack(it.id, it.atMs);
    if (it.do === 'park') await outbox.park(it.id, it.said);
    if (it.do === 'supersede') await outbox.supersede(it.id, it.said);
  }
}

/** Never throws: whatever broke on the way, the write may have landed. */
async function write(crm: Crm, change: DueChange | undefined): Promise<Outcome> {
  const body = change && asWrite(change.body);
  if (!change || !body) return { ok: false, fault: { kind: 'refused', said: 'This is not something the CRM takes.' } };
  try {
    const done = await crm.write(body, { record: change.record, also: change.also }, change.opKey.slice(0, 40));
    return done.ok ? { ok: true, crmId: done.value.recordId } : done;
  } catch {
    return { ok: false, fault: { kind: 'broken', said: 'The CRM could not be spoken to.', ambiguous: true } };
  }
}

const asWrite = (body: ChangeBody): CrmWrite | null => (body.kind === 'draft-email' ? null : body);

/** What the machine needs to know of a change: everything but its words. */
const rowOf = ({ id, callId, ordinal, record, body, attempts, createdAt, decidedAt }: DueChange): DueRow => ({
  id,
  record: `${record.object}/${record.id}`,
  order: `${createdAt.toISOString()}/${callId}/${String(ordinal).padStart(4, '0')}`,
  replaces: body.kind === 'move-stage',
  tries: attempts,
  sinceMs: (decidedAt ?? createdAt).getTime(),
});

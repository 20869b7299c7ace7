import type { WriteRate } from '../../shared/act/bucket.ts';
import { decide, type Outcome, restsUntilMs, type WriterEvent, wakeMs } from '../../shared/act/writer.ts';
import type { Command, DueRow, WriterState } from '../../shared/act/writer-state.ts';
import type { ChangeBody, CrmWrite, ParkedWhy } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { FieldAsk } from '../../shared/kit/result.ts';
import type { Crm, KeyedWrite } from '../ports/crm.ts';
import type { Bell } from './bell.ts';

/** A leased row of the outbox. */
export interface DueChange {
  id: string;
  opKey: string;
  callId: string | null;
  ordinal: number;
  record: RecordRef;
  also: RecordRef[];
  body: ChangeBody;
  /** What the CRM took under this key before. */
  wrote: ChangeBody | null;
  attempts: number;
  createdAt: Date;
  decidedAt: Date | null;
  /** The change that this one takes back. */
  undoes?: string | undefined;
}

interface Took {
  id: string;
  crmId: string;
}

/** The outbox as the writer of one connection sees it. */
export interface Outbox {
  /**
   * Notes what the CRM took, then takes rows that are due for ourselves until the lease ends, at most `LEASE_ROWS`. `nextAtMs` is when the
   * next of all others may go; null when there is none.
   */
  lease(took: readonly Took[]): Promise<{ rows: DueChange[]; nextAtMs: number | null }>;
  written(took: readonly Took[]): Promise<void>;
  later(id: string, atMs: number, trouble: string): Promise<void>;
  /** As `later`, but it was never tried. */
  putBack(id: string, atMs: number): Promise<void>;
  park(id: string, trouble: string, why: ParkedWhy, asks?: readonly FieldAsk[]): Promise<void>;
  /** Somebody else's value stands there: it waits for a person. */
  suggest(id: string, trouble: string): Promise<void>;
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
  /** The call was destroyed after its changes were leased: of them only what takes something back still leaves. */
  isForgotten(callId: string): boolean;
}

export const LEASE_ROWS = 20;
const LEASES_FOR_MS = 60_000;

/** The writer's state, in the one place where everybody who changes it finds it, and what its last start left to note. */
export interface Desk {
  state: WriterState;
  told: readonly Command[];
}

/**
 * Carries what is due to the CRM until nothing is left that may leave now. Whatever could not be noted in the outbox is leased and sent
 * again under the same key. Answers when the next row may leave, and undefined where the outbox has to be asked.
 */
export async function drain(deps: DrainDeps, desk: Desk): Promise<number | null | undefined> {
  const { crm, rate, outbox, now, luck, bell } = deps;
  const lastLeaseMs = now() + LEASES_FOR_MS;
  const changes = new Map<string, DueChange>();
  const answers: Landed[][] = [];
  const took: Took[] = [];
  let nextAtMs: number | null | undefined;

  async function on(event: WriterEvent): Promise<void> {
    const [next, commands] = decide(desk.state, event, now(), rate);
    desk.state = next;
    if (commands.some((command) => command.do === 'send')) await deps.keep(next);
    // What may leave does not wait for what is to be noted.
    for (const command of commands) if (command.do === 'send') send(command.ids);
    await tell(commands);
  }

  /** What the CRM took is noted on the next way to the outbox, which is at once. */
  async function tell(commands: readonly Command[]): Promise<void> {
    for (const it of commands) if (it.do === 'written') took.push({ id: it.id, crmId: it.crmId });
    if (await note(outbox, commands)) nextAtMs = undefined;
  }

  function send(ids: readonly string[]): void {
    const bundle = ids.flatMap((id) => changes.get(id) ?? []);
    for (const id of ids) changes.delete(id);
    void write(deps, bundle).then((outcomes) => {
      answers.push(outcomes);
      bell.ring();
    });
  }

  await tell(desk.told);
  desk.told = [];
  let kicks = -1;
  let mayHoldMore = true;
  for (;;) {
    if (deps.kicks() !== kicks) mayHoldMore = true;
    if (mayHoldMore && desk.state.queue.length < LEASE_ROWS && restsUntilMs(desk.state) <= now() && now() < lastLeaseMs) {
      kicks = deps.kicks();
      const leased = await outbox.lease(took.splice(0));
      const { rows } = leased;
      nextAtMs = leased.nextAtMs;
      mayHoldMore = rows.length === LEASE_ROWS;
      for (const row of rows) changes.set(row.id, row);
      if (rows.length > 0) await on({ type: 'due', rows: rows.map((row) => rowOf(row, crm.effectOnce)) });
      if (mayHoldMore && desk.state.queue.length < LEASE_ROWS) continue;
    }
    if (took.length > 0) await outbox.written(took.splice(0));
    if (desk.state.queue.length + desk.state.flights.length === 0) break;
    const wake = wakeMs(desk.state, rate);
    if (answers.length === 0) await bell.rung(wake === null ? null : wake - now());
    const come = answers.splice(0);
    for (const outcomes of come) await on({ type: 'answer', outcomes, luck: luck() });
    if (come.length === 0) await on({ type: 'tick', luck: luck() });
    // What waited behind an answer may be free now.
    else if (desk.state.queue.length === 0) mayHoldMore = true;
  }
  await deps.keep(desk.state);
  return deps.kicks() === kicks ? nextAtMs : undefined;
}

/** True when that changed what waits. */
async function note(outbox: Outbox, commands: readonly Command[]): Promise<boolean> {
  for (const it of commands) {
    if (it.do === 'later') await outbox.later(it.id, it.atMs, it.said);
    if (it.do === 'put-back') await outbox.putBack(it.id, it.atMs);
    if (it.do === 'park') await outbox.park(it.id, it.said, it.why, it.asks);
    if (it.do === 'suggest') await outbox.suggest(it.id, it.said);
    if (it.do === 'supersede') await outbox.supersede(it.id, it.said);
  }
  return commands.some(({ do: what }) => what !== 'send' && what !== 'written');
}

interface Landed {
  id: string;
  outcome: Outcome;
}

/** Never throws: whatever broke on the way, the write may have landed. */
async function write({ crm, isForgotten }: Pick<DrainDeps, 'crm' | 'isForgotten'>, bundle: readonly DueChange[]): Promise<Landed[]> {
  const isOver = ({ callId, undoes }: DueChange) => callId !== null && undoes === undefined && isForgotten(callId);
  const asked = bundle.map((change) => ({ id: change.id, record: change.record, it: isOver(change) ? null : keyed(change) }));
  // What the CRM does not take is never due; should it be, it goes to a person.
  const landed: Landed[] = asked.filter(({ it }) => it === null).map(({ id }) => ({ id, outcome: refused }));
  const taken = asked.flatMap(({ id, record, it }) => (it === null ? [] : [{ id, record, it }]));
  const [first] = taken;
  if (!first) return landed;
  const written = await crm
    .write(
      taken.map(({ it }) => it),
      first.record,
    )
    .catch(() => []);
  for (const [at, { id }] of taken.entries()) {
    const done = written[at];
    landed.push({ id, outcome: done === undefined ? unspoken : done.ok ? { ok: true, crmId: done.value.recordId } : done });
  }
  return landed;
}

const refused: Outcome = { ok: false, fault: { kind: 'refused', said: 'This is not something the CRM takes.' } };
const unspoken: Outcome = { ok: false, fault: { kind: 'broken', said: 'The CRM could not be spoken to.', ambiguous: true } };

function keyed({ body, also, opKey, attempts, wrote }: DueChange): KeyedWrite | null {
  const change = asWrite(body);
  if (!change) return null;
  const before = wrote && asWrite(wrote);
  return { change, also, key: opKey.slice(0, 40), isFirst: attempts <= 1 && before === null, ...(before ? { wrote: before } : {}) };
}

const asWrite = (body: ChangeBody): CrmWrite | null => (body.kind === 'draft-email' ? null : body);

/** What the machine needs to know of a change: everything but its words. */
function rowOf({ id, callId, ordinal, record, body, wrote, attempts, createdAt, decidedAt }: DueChange, effectOnce: boolean): DueRow {
  const isSafe = effectOnce && wrote === null && isNew(body);
  return {
    id,
    record: `${record.object}/${record.id}${isSafe ? ' new' : ''}`,
    kind: body.kind,
    order: `${createdAt.toISOString()}/${callId ?? id}/${String(ordinal).padStart(4, '0')}`,
    field: fieldOf(body),
    isSafe,
    tries: attempts,
    sinceMs: (decidedAt ?? createdAt).getTime(),
  };
}

/** A record of its own, and not words added to somebody else's. */
const isNew = (body: ChangeBody): boolean =>
  body.kind === 'add-note' || body.kind === 'add-task' || (body.kind === 'log-call' && body.existing === undefined);

const stageField = 'stage';
const fieldOf = (body: ChangeBody): string | null =>
  body.kind === 'move-stage' ? stageField : body.kind === 'set-field' ? body.field : null;

import type { CustomerMemory } from '../../../shared/contracts/memory.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { customerMemory } from '../../../shared/remember/memory/customer-memory.ts';
import type { SeenCall, Viewer } from '../../db/call-filter.ts';
import type { Held } from '../../db/customer-memory.ts';

export interface MemoryDeps {
  now(): number;
  heldOf(ref: RecordRef, ask: { viewer: Viewer; after?: { atMs: number; id: string }; page: number }): Promise<Held>;
  /** Those of the calls that the asker may see. */
  seen(calls: readonly SeenCall[]): Promise<SeenCall[]>;
}

const PAGE = 30;

/** What is known of a customer and stands on calls that the asker may see; `maySee` is the record itself, and what was written on it without a call. */
export async function memoryOf(
  deps: MemoryDeps,
  ref: RecordRef,
  ask: { viewer: Viewer; maySee: boolean; after?: { atMs: number; id: string } },
): Promise<CustomerMemory> {
  const held = await deps.heldOf(ref, { viewer: ask.viewer, ...(ask.after ? { after: ask.after } : {}), page: PAGE });
  const { calls, facts, moments } = await onlySeen(deps, held, ask.maySee);
  const last = held.moments.at(-1);
  const next = held.moments.length === PAGE && last ? `${last.atMs}.${last.id}` : null;
  return customerMemory(ref, { calls, facts, moments, next }, deps.now());
}

/** Without what stands on a call that this asker may not see; of a fact that was heard elsewhere too, the rest. */
export async function onlySeen(
  { seen }: Pick<MemoryDeps, 'seen'>,
  held: Held,
  maySee: boolean,
): Promise<Pick<Held, 'calls' | 'facts' | 'moments'>> {
  const open = new Set((await seen(held.standsOn)).map(({ id }) => id));
  return {
    calls: held.calls.filter(({ id }) => open.has(id)),
    facts: held.facts
      .filter(({ lastCallId }) => open.has(lastCallId))
      .map((fact) => ({
        ...fact,
        heardIn: fact.heardIn.filter((id) => open.has(id)),
        ...(fact.firstCallId !== null && open.has(fact.firstCallId) ? {} : { first: null, firstCallId: null, firstAtMs: fact.lastAtMs }),
      })),
    moments: held.moments.filter(({ callId }) => (callId === null ? maySee : open.has(callId))),
  };
}

import { opKey } from '../../shared/act/op-key.ts';
import { type PlanInput, planChanges } from '../../shared/act/plan-changes.ts';
import type { ChangeBody, Policy } from '../../shared/contracts/change.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { passes, type Result } from '../../shared/kit/result.ts';
import type { CrmRecord } from '../ports/crm.ts';

/** A row for the outbox: what to do, under a key that makes it happen once. */
export interface PlannedRow {
  opKey: string;
  connectionId: string;
  ordinal: number;
  record: RecordRef;
  also: readonly RecordRef[];
  policy: Policy;
  state: 'due' | 'waiting';
  body: ChangeBody;
  reason: string;
  evidence: readonly Evidence[];
}

export interface PlanDeps {
  callOf(tenantId: string, callId: string): Promise<{ connectionId: string; call: PlanInput['call'] | null } | null>;
  insightOf(tenantId: string, callId: string): Promise<Insight | null>;
  recordOf(tenantId: string, connectionId: string, ref: RecordRef): Promise<Result<CrmRecord>>;
  hash(text: string): Promise<string>;
  /** One transaction; rows whose key is known already are left as they are. */
  save(tenantId: string, callId: string, rows: readonly PlannedRow[]): Promise<void>;
  /** Lossy on purpose: the sweep finds what a lost kick left behind. */
  kick(tenantId: string, connectionId: string): Promise<void>;
}

/** An understood call becomes a ChangeSet: what may be automatic is due at once, the rest waits for a person. */
export async function plan(deps: PlanDeps, { tenantId, callId }: { tenantId: string; callId: string }): Promise<'done' | 'again'> {
  const known = await deps.callOf(tenantId, callId);
  const insight = await deps.insightOf(tenantId, callId);
  // A call that belongs to no record has nowhere to be written; it stays in the memory.
  if (!known?.call || !insight) return 'done';
  const record = await deps.recordOf(tenantId, known.connectionId, known.call.record);
  if (!record.ok && passes(record.fault)) return 'again';
  const stages = record.ok
    ? { stages: record.value.stages, ...(record.value.stageId === undefined ? {} : { stageId: record.value.stageId }) }
    : { stages: [] };

  const planned = planChanges({ call: known.call, insight, record: stages });
  const rows = await Promise.all(
    planned.map(
      async (change): Promise<PlannedRow> => ({
        opKey: await deps.hash(
          opKey({ tenantId, connectionId: known.connectionId, callId, action: change.action, ordinal: change.ordinal }),
        ),
        connectionId: known.connectionId,
        ordinal: change.ordinal,
        record: change.record,
        also: change.also,
        policy: change.policy,
        state: change.policy === 'auto' ? 'due' : 'waiting',
        body: change.body,
        reason: change.reason,
        evidence: change.evidence,
      }),
    ),
  );
  await deps.save(tenantId, callId, rows);
  await deps.kick(tenantId, known.connectionId);
  return 'done';
}

import { dealFields, inMode } from '../../shared/act/fields.ts';
import { type Standing, yielded } from '../../shared/act/human-wins.ts';
import type { FieldValue } from '../../shared/act/plan-fields.ts';
import { modeFor, type Override, policyFor } from '../../shared/act/policies.ts';
import { sameValue } from '../../shared/act/settle-field.ts';
import type { ChangeBody, ChangeItem, Policy } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import type { AutoUpdateBody, CreateTaskBody } from '../../shared/contracts/view.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { FreshDeps } from './freshen.ts';
import { type Connected, findRecord, type PlanDeps, type PlannedRow } from './plan.ts';

export interface DoorDeps extends FreshDeps, Pick<PlanDeps, 'whereIs' | 'follow' | 'overridesOf' | 'hash' | 'kick'> {
  /** Rows of no call; those whose key is known already are left as they are. */
  saveRows(tenantId: string, rows: readonly PlannedRow[]): Promise<void>;
  changesByKey(tenantId: string, opKeys: readonly string[]): Promise<ChangeItem[]>;
  /** Reads the fields we have to do with, and remembers what stands there. */
  refresh(on: Connected, host: Host, ref: RecordRef): Promise<Result<unknown>>;
  /** The CRM's owner id of this user, where we know it. */
  ownerOf(tenantId: string, userId: string): Promise<string | undefined>;
}

export interface Caller extends Connected {
  host: Host;
  userId: string;
}

const REASON = 'Asked for through the API';

/** A deal is read again, and whatever waits to be written goes. Answers the record it is now. */
export async function syncDeal(deps: DoorDeps, caller: Caller, ref: RecordRef): Promise<Result<RecordRef>> {
  const record = await findRecord(
    deps,
    caller,
    ref,
    (it) => deps.recordOf(caller, it),
    (found) => found.ref,
  );
  if (!record.ok) return record;
  const { ref: now } = record.value.seen;
  const read = await deps.refresh(caller, caller.host, now);
  if (!read.ok) return read;
  await deps.kick(caller.tenantId, caller.connectionId);
  return ok(now);
}

/** A task on a record. `requestId` is its key: the same request twice is one task. */
export async function createTask(deps: DoorDeps, caller: Caller, body: CreateTaskBody): Promise<ChangeItem[]> {
  const ownerId = await deps.ownerOf(caller.tenantId, caller.userId);
  const task: ChangeBody = {
    kind: 'add-task',
    subject: body.subject,
    body: body.body ?? '',
    dueAt: body.dueAt,
    ...(ownerId === undefined ? {} : { ownerId }),
  };
  const policy = policyFor(body.record.object, task, await deps.overridesOf(caller.tenantId));
  return keep(deps, caller, body, [{ name: 'task', body: task, policy, reason: REASON }], ['task']);
}

/** Fields and the stage of a record, under the same rules as what a call says: policies, and a person's value stays theirs. */
export async function autoUpdate(deps: DoorDeps, caller: Caller, body: AutoUpdateBody): Promise<Result<ChangeItem[]>> {
  const names = Object.keys(body.fields ?? {});
  if (names.length + (body.stage === undefined ? 0 : 1) === 0) return failed({ kind: 'refused', said: 'There is nothing to change.' });
  const record = await findRecord(
    deps,
    caller,
    body.record,
    (it) => deps.recordOf(caller, it),
    (found) => found.ref,
  );
  if (!record.ok) return record;
  const { ref, stages, stageId } = record.value.seen;
  const crm = caller.host === 'salesforce' ? 'Salesforce' : 'HubSpot';
  const overrides = await deps.overridesOf(caller.tenantId);
  const stageField = dealFields[caller.host].stage;
  const read = await deps.standing(caller, ref, body.stage === undefined ? names : [...names, stageField]);
  if (!read.ok) return read;
  const nowOf = (field: string) => read.value.find((one) => one.field === field);

  const drafts: Draft[] = [];
  for (const [field, to] of Object.entries(body.fields ?? {})) {
    const now = nowOf(field);
    if (!now) return failed({ kind: 'refused', said: `${crm} has no field ${field} on this record.` });
    const draft = fieldDraft(ref, now, to, overrides, crm);
    if (draft) drafts.push(draft);
  }
  if (body.stage !== undefined) {
    const to = stages.find(({ id, label }) => id === body.stage || label.toLowerCase() === body.stage?.toLowerCase());
    const from = stages.find(({ id }) => id === stageId);
    if (!to || !from) return failed({ kind: 'refused', said: 'This stage is not in the deal’s pipeline.' });
    const move: ChangeBody = { kind: 'move-stage', from: from.id, to: to.id, fromLabel: from.label, toLabel: to.label };
    const draft = { name: STAGE, body: move, policy: policyFor(ref.object, move, overrides), reason: REASON };
    const now = nowOf(stageField);
    if (to.id !== from.id) drafts.push(now ? yielded(draft, now, crm) : draft);
  }
  return ok(await keep(deps, caller, { ...body, record: ref }, drafts, [...names, STAGE]));
}

/** No field is called so. */
const STAGE = '#stage';

interface Draft {
  name: string;
  body: ChangeBody;
  policy: Policy;
  reason: string;
}

/** Null when nothing is to be done: it says so already, or the field is only ever filled once. */
function fieldDraft(ref: RecordRef, now: FieldValue & Standing, to: string, overrides: readonly Override[], crm: string): Draft | null {
  const { field, label, value } = now;
  if (sameValue(value ?? '', to)) return null;
  const body = inMode({ kind: 'set-field', field, label, mode: 'overwrite', from: value, to }, modeFor(ref.object, field, overrides));
  if (!body) return null;
  return yielded({ name: field, body, policy: policyFor(ref.object, body, overrides), reason: REASON }, now, crm);
}

async function keep(
  deps: DoorDeps,
  { tenantId, connectionId }: Caller,
  { requestId, record, evidence = [] }: { requestId: string; record: RecordRef; evidence?: AutoUpdateBody['evidence'] },
  drafts: readonly Draft[],
  names: readonly string[],
): Promise<ChangeItem[]> {
  const keyOf = (name: string) => deps.hash(JSON.stringify(['door1', tenantId, connectionId, requestId, name]));
  const rows = await Promise.all(
    drafts.map(
      async ({ name, ...draft }, ordinal): Promise<PlannedRow> => ({
        ...draft,
        opKey: await keyOf(name),
        connectionId,
        ordinal,
        record,
        also: [],
        state: draft.policy === 'auto' ? 'due' : draft.policy === 'shadow' ? 'shadow' : 'waiting',
        evidence,
        confidence: 1,
      }),
    ),
  );
  await deps.saveRows(tenantId, rows);
  if (rows.some(({ state }) => state === 'due')) await deps.kick(tenantId, connectionId);
  // A repeated request gets what the first one made, whatever has become of it.
  return deps.changesByKey(tenantId, await Promise.all(names.map(keyOf)));
}

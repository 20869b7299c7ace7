import { dealFields } from '../../shared/act/fields.ts';
import type { Standing } from '../../shared/act/human-wins.ts';
import { type EarlierChange, matchAgain } from '../../shared/act/match-again.ts';
import { opKey } from '../../shared/act/op-key.ts';
import { type PlanInput, type PlannedChange, planChanges } from '../../shared/act/plan-changes.ts';
import { type FieldValue, planFields } from '../../shared/act/plan-fields.ts';
import { type Override, policyFor } from '../../shared/act/policies.ts';
import type { Ask, ChangeBody, ChangeState, Policy } from '../../shared/contracts/change.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { ok, passes, type Result } from '../../shared/kit/result.ts';
import type { CrmPerson, CrmRecord, LoggedCallAsk, Whereabouts } from '../ports/crm.ts';
import { whichPerson } from './which-person.ts';

/** A row for the outbox: what to do, under a key that makes it happen once. */
export interface PlannedRow {
  opKey: string;
  connectionId: string;
  ordinal: number;
  record: RecordRef;
  also: readonly RecordRef[];
  policy: Policy;
  state: 'due' | 'waiting' | 'shadow';
  body: ChangeBody;
  reason: string;
  evidence: readonly Evidence[];
  confidence: number;
  /** It waits for the answer to this. */
  asks?: Ask[];
}

/** A row that an earlier look at the call made, and what becomes of it. */
export interface ReplacedRow extends Pick<PlannedRow, 'record' | 'also' | 'policy' | 'body' | 'reason' | 'evidence' | 'confidence'> {
  id: string;
  version: number;
  from: ChangeState;
  to: 'due' | 'waiting' | 'parked' | 'shadow';
}

export interface Connected {
  tenantId: string;
  connectionId: string;
}

export interface LookAsk {
  callId: string;
  record: RecordRef;
  fields: readonly string[];
  /** To find another product's record of the call; absent when that is settled. */
  call?: Omit<LoggedCallAsk, 'record'>;
}

export interface Look {
  record: CrmRecord;
  /** What stands in the fields, whose it is, and what we remember of it. */
  standing: (FieldValue & Standing)[];
  loggedCall: string | null;
  /** Who may have been on a call whose customer is not settled; empty when it is. */
  people: CrmPerson[];
}

export interface PlanDeps {
  callOf(tenantId: string, callId: string): Promise<{ connectionId: string; host: Host; call: PlanInput['call'] | null } | null>;
  insightOf(tenantId: string, callId: string): Promise<Insight | null>;
  /** All that planning asks the CRM, at once; `busy` while the connection's rate is used up. */
  look(on: Connected, ask: LookAsk): Promise<Result<Look>>;
  whereIs(on: Connected, ref: RecordRef): Promise<Result<Whereabouts>>;
  /** The record became another one: the call, and what is not written yet, go there. `also` is what else it became. */
  follow(on: Connected, from: RecordRef, into: RecordRef, also: readonly RecordRef[]): Promise<void>;
  /** Who was on the call is known now: it is theirs from here on, also when they ask to be forgotten. */
  meet(tenantId: string, callId: string, person: RecordRef): Promise<void>;
  overridesOf(tenantId: string): Promise<readonly Override[]>;
  earlierOf(tenantId: string, callId: string): Promise<readonly EarlierChange[]>;
  hash(text: string): Promise<string>;
  /** One transaction; a row whose key is known already is left as it is, and one that moved on meanwhile is not replaced. */
  save(tenantId: string, callId: string, added: readonly PlannedRow[], replaced: readonly ReplacedRow[]): Promise<void>;
  /** Lossy on purpose: the sweep finds what a lost kick left behind. */
  kick(tenantId: string, connectionId: string): Promise<void>;
}

/** `wait`: its CRM has to be connected again first, which is nobody's failed try. */
export type Planned = 'done' | 'again' | 'wait';

/**
 * An understood call becomes a ChangeSet: what may be automatic is due at once, the rest waits for a person. A call that is understood
 * anew brings its own changes up to date and doubles none. Nothing is planned on a guess.
 */
export async function plan(deps: PlanDeps, { tenantId, callId }: { tenantId: string; callId: string }): Promise<Planned> {
  const [known, insight, overrides, earlier] = await Promise.all([
    deps.callOf(tenantId, callId),
    deps.insightOf(tenantId, callId),
    deps.overridesOf(tenantId),
    deps.earlierOf(tenantId, callId),
  ]);
  // A call that belongs to no record has nowhere to be written; it stays in the memory.
  if (!known?.call || !insight) return 'done';
  const on = { tenantId, connectionId: known.connectionId };
  const ask = { callId, fields: fieldsFor(known.host, { call: known.call, insight, overrides }), ...unlogged(known.call, earlier) };
  const found = await findRecord(
    deps,
    on,
    known.call.record,
    (record) => deps.look(on, { ...ask, record }),
    ({ record }) => record.ref,
  );
  if (!found.ok && passes(found.fault)) return 'again';
  if (!found.ok && found.fault.kind === 'expired') return 'wait';
  const look: Look | null = found.ok ? found.value.seen : null;
  const record = look?.record ?? null;
  const became = found.ok ? found.value.also : [];
  // A lead's heirs are the call's people, too: nobody has to be looked for.
  const heirs = record && became.length > 0 ? [record.ref, ...became] : [];
  const heir = known.call.contact ? undefined : heirs.find(({ object }) => object === 'contact');
  const people = heir ? [] : (look?.people ?? []);
  const contact = heir ?? (people.length === 1 ? people[0]?.ref : undefined);
  if (contact) await deps.meet(tenantId, callId, contact);
  const call = { ...known.call, ...(record ? { record: record.ref } : {}), ...(contact ? { contact } : {}) };

  const names = dealFields[known.host];
  const crm = known.host === 'salesforce' ? 'Salesforce' : 'HubSpot';
  const planned = planChanges({
    call,
    also: [...became, ...tiesOf(earlier)],
    insight,
    record: { stages: record?.stages ?? [], ...(record?.stageId === undefined ? {} : { stageId: record.stageId }) },
    overrides,
    ...(look ? { deal: { crm, names, standing: look.standing } } : {}),
    ...(look?.loggedCall ? { existing: look.loggedCall } : {}),
  });
  const again = matchAgain(planned, earlier);
  const question = whichPerson(people);
  const added = await Promise.all(again.flatMap((it) => (it.do === 'add' ? [rowOf(deps, { ...on, callId }, it.change, question)] : [])));
  const replaced = again.flatMap((it): ReplacedRow[] => {
    if (it.do !== 'replace') return [];
    const { record: on, also, body, reason, evidence, confidence } = it.change;
    return [
      { id: it.id, version: it.version, from: it.from, to: it.to, policy: it.policy, record: on, also, body, reason, evidence, confidence },
    ];
  });
  await deps.save(tenantId, callId, added, replaced);
  await deps.kick(tenantId, known.connectionId);
  return again.some((it) => it.do === 'later') ? 'again' : 'done';
}

/** What was read of a record, or of the one it became while nobody looked; `also` is what else a converted lead became. */
export async function findRecord<T>(
  deps: Pick<PlanDeps, 'whereIs' | 'follow'>,
  on: Connected,
  ref: RecordRef,
  read: (ref: RecordRef) => Promise<Result<T>>,
  refOf: (value: T) => RecordRef,
): Promise<Result<{ seen: T; also: readonly RecordRef[] }>> {
  const found = await read(ref);
  if (found.ok) {
    // A merged id may still answer, as the record that both have become.
    if (refOf(found.value).id !== ref.id) await deps.follow(on, ref, refOf(found.value), []);
    return ok({ seen: found.value, also: [] });
  }
  if (found.fault.kind !== 'gone') return found;
  const where = await deps.whereIs(on, ref);
  if (!where.ok) return passes(where.fault) || where.fault.kind === 'expired' ? where : found;
  if (where.value.is !== 'merged' && where.value.is !== 'converted') return found;
  const also = where.value.is === 'converted' ? (where.value.also ?? []) : [];
  const became = await read(where.value.into);
  if (!became.ok) return became;
  await deps.follow(on, ref, where.value.into, also);
  return ok({ seen: became.value, also });
}

/** What the call was tied to before stays so. */
const tiesOf = (earlier: readonly EarlierChange[]): RecordRef[] =>
  earlier.flatMap(({ also }) => also).filter(({ object }) => object === 'company');

/** Those fields only of which the call speaks. A stage that waits for a person anyway need not be asked about. */
function fieldsFor(
  host: Host,
  { call, insight, overrides }: { call: PlanInput['call']; insight: Insight; overrides: readonly Override[] },
): string[] {
  if (call.record.object !== 'deal') return [];
  const names = dealFields[host];
  const blank = Object.values(names).map((field) => ({ field, label: field, value: null }));
  const fields = planFields(insight, call, names, blank).map(({ body }) => body.field);
  const move = { kind: 'move-stage', from: '', to: '', fromLabel: '', toLabel: '' } as const;
  return policyFor('deal', move, overrides) === 'auto' ? [...fields, names.stage] : fields;
}

/** How to find another product's record of this call. Once ours is written, where it stands is settled. */
function unlogged(
  { contact, startedAt, durationMs, fromNumber, toNumber }: PlanInput['call'],
  earlier: readonly EarlierChange[],
): Pick<LookAsk, 'call'> {
  const logged = earlier.find(({ body }) => body.kind === 'log-call');
  if (logged && (logged.wrote !== null || logged.state === 'writing')) return {};
  return {
    call: {
      startedAt,
      durationMs,
      ...(contact ? { contact } : {}),
      ...(fromNumber === undefined ? {} : { fromNumber }),
      ...(toNumber === undefined ? {} : { toNumber }),
    },
  };
}

async function rowOf(
  deps: PlanDeps,
  ids: Connected & { callId: string },
  { action, ordinal, ...change }: PlannedChange,
  question: Ask | null,
): Promise<PlannedRow> {
  const isAuto = change.policy === 'auto';
  const open = isAuto && !question ? 'due' : 'waiting';
  return {
    ...change,
    opKey: await deps.hash(opKey({ ...ids, action, ordinal })),
    connectionId: ids.connectionId,
    ordinal,
    // Until it is known who was on the call, nothing is written about anybody.
    state: change.policy === 'shadow' ? 'shadow' : open,
    ...(isAuto && question ? { asks: [question] } : {}),
  };
}

import * as z from 'zod/mini';
import { sayChanged } from '../../../shared/act/say-changed.ts';
import { settleField } from '../../../shared/act/settle-field.ts';
import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { type Fault, failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import { authorsOf } from './author.ts';
import { strange } from './client.ts';
import { asText, typed } from './describe.ts';
import type { Desk, Outcomes } from './desk.ts';
import type { SalesforceFault } from './faults.ts';
import type { Definitions } from './field-definitions.ts';
import { objectName } from './map.ts';
import { stagesFor } from './stages.ts';

const STAGE = 'StageName';

/** A record's fields as they stand, for a decision and for the condition of the write. */
export interface Now {
  held: Record<string, string | null>;
  /** ISO 8601. */
  modifiedAt: string;
  recordTypeId: string | null | undefined;
}

/** What is wrong with a change before anything is asked. */
export function refusalOf({ change }: KeyedWrite, record: RecordRef, defined: Definitions): string | undefined {
  if (change.kind === 'move-stage') return record.object === 'deal' ? undefined : 'Only an opportunity has a stage.';
  if (change.kind !== 'set-field') return 'This is no field.';
  const field = defined.get(change.field);
  if (!field) return `Salesforce has no field "${change.field}" on this record, or does not show it to us.`;
  const value = typed(field, change.to);
  return value.ok || change.mode === 'append' ? undefined : value.fault;
}

const uiRecord = z.object({
  recordTypeId: z.optional(z.nullable(z.string())),
  lastModifiedDate: z.string(),
  fields: z.record(z.string(), z.object({ value: z.unknown() })),
});

export async function readNow(
  { client, signal }: Desk,
  record: RecordRef,
  items: readonly KeyedWrite[],
): Promise<Result<Now, SalesforceFault>> {
  const object = objectName[record.object];
  const names = [...new Set(items.map(fieldOf))].map((name) => `${object}.${name}`).join(',');
  const reply = await client.call(`/ui-api/records/${record.id}?fields=${names}`, { signal });
  if (!reply.ok) return reply;
  const read = uiRecord.safeParse(reply.value);
  if (!read.success) return failed(strange);
  const { fields, lastModifiedDate, recordTypeId } = read.data;
  const held = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, asText(value)]));
  return ok({ held, modifiedAt: lastModifiedDate, recordTypeId });
}

const fieldOf = ({ change }: KeyedWrite) => (change.kind === 'set-field' ? change.field : STAGE);

type Settlement = { is: 'done' } | { is: 'changed' } | { is: 'fault'; fault: Fault } | { is: 'set'; set: Record<string, unknown> };

/** What may be done with the field that a change is about. */
export async function settle(desk: Desk, { change, wrote }: KeyedWrite, now: Now, defined: Definitions): Promise<Settlement> {
  if (change.kind === 'move-stage') return settleStage(desk, change, wrote, now, defined);
  if (change.kind !== 'set-field') return refused('This is no field.');
  const settled = settleField(change, now.held[change.field] ?? null, wrote?.kind === 'set-field' ? wrote.to : undefined);
  if (settled.do !== 'set') return { is: settled.do === 'nothing' ? 'done' : 'changed' };
  return valuesOf({ [change.field]: settled.to }, defined);
}

async function settleStage(
  desk: Desk,
  change: Extract<CrmWrite, { kind: 'move-stage' }>,
  wrote: CrmWrite | undefined,
  now: Now,
  defined: Definitions,
): Promise<Settlement> {
  const held = now.held[STAGE];
  // An earlier try has done it.
  if (held === change.to) return { is: 'done' };
  const isOurs = wrote?.kind === 'move-stage' && held === wrote.to;
  if (held !== change.from && !isOurs) return { is: 'changed' };
  const stages = await stagesFor(desk, now.recordTypeId);
  if (!stages.ok) return { is: 'fault', fault: stages.fault };
  // StageName is an open picklist in many orgs: Salesforce itself would take any word.
  if (!stages.value.some(({ id }) => id === change.to)) return refused('The opportunity has no such stage.');
  const more = valuesOf(change.with ?? {}, defined);
  return more.is === 'set' ? { is: 'set', set: { ...more.set, [STAGE]: change.to } } : more;
}

function valuesOf(texts: Record<string, string>, defined: Definitions): Settlement {
  const set: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(texts)) {
    const field = defined.get(name);
    const value = field ? typed(field, text) : failed(`Salesforce has no field "${name}" on this record, or does not show it to us.`);
    if (!value.ok) return refused(value.fault);
    set[name] = value.value;
  }
  return { is: 'set', set };
}

const refused = (said: string): Settlement => ({ is: 'fault', fault: { kind: 'refused', said } });

/** The changes that somebody else's values stand against, each with who and when as far as the org tells. */
export async function sayWho(desk: Desk, items: readonly KeyedWrite[], record: RecordRef): Promise<Outcomes> {
  if (items.length === 0) return new Map();
  const authors = await authorsOf(desk, record, items.map(fieldOf));
  return new Map(
    items.map((it) => {
      const author = authors.ok ? authors.value.get(fieldOf(it)) : undefined;
      const label = it.change.kind === 'set-field' ? it.change.label : 'stage';
      return [it, failed({ kind: 'changed', said: sayChanged(label, 'Salesforce', { who: author?.who, at: author?.at }) })];
    }),
  );
}

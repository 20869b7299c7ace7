import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import { askOf, type DescribedField, describe } from './describe.ts';
import type { Desk } from './desk.ts';
import type { SalesforceFault } from './faults.ts';
import { objectName } from './map.ts';

export type Definitions = ReadonlyMap<string, DescribedField>;

/** How the fields of these changes are made; nothing is asked when only the stage moves, which has a list of its own. */
export async function definitionsFor(
  desk: Desk,
  items: readonly KeyedWrite[],
  record: RecordRef,
): Promise<Result<Definitions, SalesforceFault>> {
  const isPlain = items.every(({ change }) => change.kind === 'move-stage' && change.with === undefined);
  return isPlain ? ok(new Map()) : definitionsOf(desk, record);
}

async function definitionsOf(desk: Desk, record: RecordRef): Promise<Result<Definitions, SalesforceFault>> {
  const read = await describe(desk, objectName[record.object]);
  return read.ok ? ok(new Map(read.value.fields.map((field) => [field.name, field]))) : read;
}

const wanting = new Set(['REQUIRED_FIELD_MISSING', 'FIELD_CUSTOM_VALIDATION_EXCEPTION']);

/** A refusal for want of other fields than `given`, with what to ask a person for; any other names the fields as people know them. */
export async function lackOf(desk: Desk, record: RecordRef, fault: SalesforceFault, given: readonly string[]): Promise<SalesforceFault> {
  const missing = fault.code !== undefined && wanting.has(fault.code) ? (fault.fields ?? []).filter((name) => !given.includes(name)) : [];
  if (missing.length === 0) return named(desk, record, fault);
  const defined = await definitionsOf(desk, record);
  const asks = missing.map((name) => {
    const field = defined.ok ? defined.value.get(name) : undefined;
    return field ? askOf(field) : { field: name, label: name, type: 'text' as const };
  });
  return { kind: 'lacks', said: `Salesforce wants more fields first: ${asks.map(({ label }) => label).join(', ')}.`, asks };
}

/** API names are Salesforce's; people know the labels. */
async function named(desk: Desk, record: RecordRef, fault: SalesforceFault): Promise<SalesforceFault> {
  const { fields } = fault;
  if (fields === undefined) return fault;
  const defined = await definitionsOf(desk, record);
  if (!defined.ok) return fault;
  const labels = fields.map((name) => defined.value.get(name)?.label ?? name);
  return { ...fault, said: fault.said.replace(`(${fields.join(', ')})`, `(${labels.join(', ')})`) };
}

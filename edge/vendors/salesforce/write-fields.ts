import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import { asText } from './describe.ts';
import type { Desk, Outcomes } from './desk.ts';
import { OVERTAKEN, type SalesforceFault } from './faults.ts';
import { definitionsFor, lackOf } from './field-definitions.ts';
import { objectName } from './map.ts';
import { readNow, refusalOf, sayWho, settle } from './settle-fields.ts';
import { unlessModified } from './standing-tasks.ts';

/** Somebody saved the record between our look and our write: once more, then later. */
const triesMax = 2;

/** The record's own fields and its stage: one read, one write of all that may be written, and only if nobody saves in between. */
export async function writeFields(desk: Desk, items: readonly KeyedWrite[], record: RecordRef, tries = 1): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const all = (fault: SalesforceFault) => new Map(items.map((it) => [it, failed(fault)]));
  const defined = await definitionsFor(desk, items, record);
  if (!defined.ok) return all(defined.fault);

  const known = items.filter((it) => {
    const refusal = refusalOf(it, record, defined.value);
    if (refusal !== undefined) outcomes.set(it, failed({ kind: 'refused', said: refusal }));
    return refusal === undefined;
  });
  if (known.length === 0) return outcomes;
  const read = await readNow(desk, record, known);
  if (!read.ok) return new Map([...outcomes, ...all(read.fault)]);

  const { held } = read.value;
  const body: Record<string, unknown> = {};
  const sent: KeyedWrite[] = [];
  const lost: KeyedWrite[] = [];
  for (const it of known) {
    const settled = await settle(desk, it, read.value, defined.value);
    if (settled.is === 'done') outcomes.set(it, ok({ recordId: record.id }));
    else if (settled.is === 'fault') outcomes.set(it, failed(settled.fault));
    else if (settled.is === 'changed') lost.push(it);
    else if (settled.is === 'set') {
      Object.assign(body, settled.set);
      for (const [field, value] of Object.entries(settled.set)) held[field] = asText(value);
      sent.push(it);
    }
  }
  for (const [it, written] of await sayWho(desk, lost, record)) outcomes.set(it, written);
  if (sent.length === 0) return outcomes;

  const put = await desk.client.call(`/sobjects/${objectName[record.object]}/${record.id}`, {
    method: 'PATCH',
    body,
    headers: unlessModified(read.value.modifiedAt),
    signal: desk.signal,
  });
  if (put.ok) {
    for (const it of sent) outcomes.set(it, ok({ recordId: record.id }));
    return outcomes;
  }
  if (put.fault.code === OVERTAKEN && tries < triesMax)
    return new Map([...outcomes, ...(await writeFields(desk, sent, record, tries + 1))]);
  if (put.fault.kind === 'refused' && sent.length > 1) {
    // Salesforce takes all or none: alone, each one shows whether it was the reason.
    for (const it of sent) for (const [one, written] of await writeFields(desk, [it], record)) outcomes.set(one, written);
    return outcomes;
  }
  const fault = await lackOf(desk, record, put.fault, Object.keys(body));
  for (const it of sent) outcomes.set(it, failed(fault));
  return outcomes;
}

import { sayChanged } from '../../../shared/act/say-changed.ts';
import { sameValue, settleField } from '../../../shared/act/settle-field.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import { asksFor } from './asks.ts';
import { authorOf, beforeOurs, byOf, newest } from './author.ts';
import type { Desk, Outcomes } from './desk.ts';
import type { HubspotFault } from './fault.ts';
import { typeOf } from './map.ts';
import { type HubspotObject, object } from './shapes.ts';

const STAGE = 'dealstage';

/**
 * The record's own fields and its stage: one read that also says who changed them last, one write of all that may be written.
 * HubSpot knows no conditional write, so what happens between the two is not seen; what a late one has covered is given back.
 */
export async function writeFields(desk: Desk, items: readonly KeyedWrite[], record: RecordRef): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const type = typeOf(record.object);
  if (!type) return outcomes;
  const path = `/crm/objects/2026-09/${type}/${encodeURIComponent(record.id)}`;
  const names = [...new Set(items.map(fieldOf))].join(',');
  const read = await desk.client.send('GET', `${path}?properties=${names}&propertiesWithHistory=${names}`, object);
  if (!read.ok) return new Map(items.map((it) => [it, read]));

  const held = { ...read.value.properties };
  const properties: Record<string, string> = {};
  const sent: KeyedWrite[] = [];
  for (const it of items) {
    const settled = settle(it, record, held);
    if (settled.is === 'done') outcomes.set(it, (await giveBack(desk, it, path, read.value)) ?? ok({ recordId: record.id }));
    else if (settled.is === 'refused') outcomes.set(it, failed({ kind: 'refused', said: settled.said }));
    else if (settled.is === 'changed') outcomes.set(it, await changedBy(desk, it, read.value));
    else if (settled.is === 'set') {
      Object.assign(properties, settled.set);
      Object.assign(held, settled.set);
      sent.push(it);
    }
  }
  if (sent.length === 0) return outcomes;
  const put = await desk.client.send('PATCH', path, object, { properties });
  if (put.ok) for (const it of sent) outcomes.set(it, ok({ recordId: record.id }));
  else if (put.fault.kind === 'refused' && put.fault.status === 400 && sent.length > 1) {
    // HubSpot takes all or none: alone, each one shows whether it was the reason.
    for (const it of sent) for (const [one, written] of await writeFields(desk, [it], record)) outcomes.set(one, written);
  } else {
    const seen = put.fault.ambiguous ? await landed(desk, sent, path, properties) : null;
    const fault = seen ? put.fault : await lackOf(desk, type, put.fault);
    for (const it of sent) {
      const stood = read.value.properties[fieldOf(it)] ?? '';
      const given = seen && (await giveBack(desk, { ...it, isFirst: false }, path, seen, stood));
      outcomes.set(it, seen ? (given ?? ok({ recordId: record.id })) : failed(fault));
    }
  }
  return outcomes;
}

/** The read must end in time, too. */
const READ_MS = 1_500;

/**
 * Looks once after a write without an answer. Where our own values stand now and stood not before, it has landed, and it lands once. Anything
 * else says nothing: null, for it may still land.
 */
async function landed(
  { client, appId, lookAfterMs }: Desk,
  sent: readonly KeyedWrite[],
  path: string,
  properties: Readonly<Record<string, string>>,
): Promise<HubspotObject | null> {
  if (appId === undefined || client.leftMs() < lookAfterMs + READ_MS) return null;
  await new Promise((done) => setTimeout(done, lookAfterMs));
  const names = sent.map(fieldOf);
  const read = await client.send('GET', `${path}?properties=${names.join(',')}&propertiesWithHistory=${names.join(',')}`, object);
  if (!read.ok) return null;
  const isOurs = (name: string) =>
    sameValue(read.value.properties[name] ?? '', properties[name] ?? '') && byOf(newest(read.value, name), appId) === 'us';
  return names.every(isOurs) ? read.value : null;
}

const fieldOf = ({ change }: KeyedWrite) => (change.kind === 'set-field' ? change.field : STAGE);

type Settlement = { is: 'done' } | { is: 'changed' } | { is: 'refused'; said: string } | { is: 'set'; set: Record<string, string> };

function settle({ change, wrote }: KeyedWrite, record: RecordRef, held: Record<string, string | null>): Settlement {
  if (change.kind === 'move-stage') {
    if (record.object !== 'deal') return { is: 'refused', said: 'Only a deal has a stage.' };
    const now = held[STAGE];
    // An earlier try has done it.
    if (now === change.to) return { is: 'done' };
    const isOurs = wrote?.kind === 'move-stage' && now === wrote.to;
    return now === change.from || isOurs ? { is: 'set', set: { ...change.with, [STAGE]: change.to } } : { is: 'changed' };
  }
  if (change.kind !== 'set-field') return { is: 'refused', said: 'This is no field.' };
  const now = held[change.field];
  // HubSpot leaves out what is not defined, and shows what is defined and empty as null.
  if (now === undefined) return { is: 'refused', said: `HubSpot has no field "${change.field}" on this record.` };
  const settled = settleField(change, now, wrote?.kind === 'set-field' ? wrote.to : undefined);
  if (settled.do === 'set') return { is: 'set', set: { [change.field]: settled.to } };
  return { is: settled.do === 'nothing' ? 'done' : 'changed' };
}

/**
 * A try of ours that landed late may have landed on what a person had set meanwhile: theirs goes back, and stays. `stood` is
 * what was there when it left, where that is known. Null when nothing of the kind happened.
 */
async function giveBack(
  desk: Desk,
  { change, isFirst }: KeyedWrite,
  path: string,
  read: HubspotObject,
  stood?: string,
): Promise<Written | null> {
  if (isFirst || (change.kind !== 'move-stage' && change.kind !== 'set-field')) return null;
  const [field, label] = change.kind === 'set-field' ? [change.field, change.label] : [STAGE, 'stage'];
  // Several tries may have landed.
  const isAppended = change.kind === 'set-field' && change.mode === 'append';
  const isThis = (value: string) => sameValue(value, change.to) || (isAppended && value.includes(change.to));
  const before = beforeOurs(read, field, desk.appId, ({ value }) => isThis(value ?? ''));
  if (byOf(newest(read, field), desk.appId) !== 'us' || !before || sameValue(before.value ?? '', stood ?? change.from ?? '')) return null;
  const back = await desk.client.send('PATCH', path, object, { properties: { [field]: before.value ?? '' } });
  if (!back.ok) return back;
  return failed({ kind: 'changed', said: sayChanged(label, 'HubSpot', await authorOf(desk, before)) });
}

async function changedBy(desk: Desk, { change }: KeyedWrite, read: HubspotObject) {
  const [field, label] = change.kind === 'set-field' ? [change.field, change.label] : [STAGE, 'stage'];
  const author = await authorOf(desk, newest(read, field));
  return failed({ kind: 'changed' as const, said: sayChanged(label, 'HubSpot', author) });
}

/** A refusal for want of other fields, with what to ask a person for. */
async function lackOf(desk: Desk, type: string, fault: HubspotFault): Promise<HubspotFault> {
  if (!fault.missing) return fault;
  const asks = await asksFor(desk.client, type, fault.missing);
  const named = asks.map(({ label }) => label).join(', ');
  return { kind: 'lacks', status: fault.status, said: `HubSpot wants more fields first: ${named}.`, asks };
}

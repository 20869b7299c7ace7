import { sayChanged } from '../../../shared/act/say-changed.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import { authorOf, newest } from './author.ts';
import type { Desk, Outcomes } from './desk.ts';
import { type ActivityWrite, KEY_PROPERTY, toHtml, wordsOf } from './map.ts';
import { object, objectBatch } from './shapes.ts';
import { tie } from './tie.ts';
import { writeActivities } from './write-activities.ts';

const BODY = 'hs_call_body';
const BODY_MAX = 65_536;
const GAP = '<br><br>';

type LogCall = Extract<ActivityWrite, { kind: 'log-call' }>;

/** Adds our words once to the call that another product has logged, and marks it with our key. Should it be gone, the call is ours to log. */
export async function enrichCall(desk: Desk, it: KeyedWrite, record: RecordRef): Promise<Outcomes> {
  const { change, wrote } = it;
  if (change.kind !== 'log-call' || change.existing === undefined) return new Map();
  const id = change.existing;
  const path = pathOf(id);
  const read = await desk.client.send('GET', `${path}?properties=${BODY},${KEY_PROPERTY}&propertiesWithHistory=${BODY}`, object);
  if (!read.ok && read.fault.kind === 'gone') {
    const { existing: _, ...own } = change;
    const [outcome] = (await writeActivities(desk, 'calls', [{ ...it, change: own, isFirst: false }], record)).values();
    return outcome ? new Map([[it, outcome]]) : new Map();
  }
  if (!read.ok) return new Map([[it, read]]);
  const held = read.value.properties[BODY] ?? '';
  const body = withOurs(held, toHtml(change.body), wrote?.kind === 'log-call' ? toHtml(wrote.body) : undefined);
  if (body === null) {
    const author = await authorOf(desk, newest(read.value, BODY));
    return new Map([[it, failed({ kind: 'changed', said: sayChanged('call', 'HubSpot', author) })]]);
  }
  if (body.length > BODY_MAX) return new Map([[it, failed({ kind: 'refused', said: 'The call in HubSpot has no room for more text.' })]]);

  // First the ties: a record that is gone must leave no words behind.
  const tied = await tie(desk.client, 'calls', [{ id, also: it.also }], record);
  if (!tied.ok) return new Map([[it, tied]]);
  const isMarked = !desk.effectOnce || read.value.properties[KEY_PROPERTY];
  const properties = { ...(body === held ? {} : { [BODY]: body }), ...(isMarked ? {} : { [KEY_PROPERTY]: it.key }) };
  if (Object.keys(properties).length === 0) return new Map([[it, ok({ recordId: id })]]);
  const put = await desk.client.send('PATCH', path, object, { properties });
  if (put.ok) return new Map([[it, ok({ recordId: id })]]);
  return new Map([[it, put.fault.isTaken ? await underKey(desk, it) : put]]);
}

const pathOf = (id: string) => `/crm/objects/2026-09/calls/${encodeURIComponent(id)}`;

/** The body with our words in it, once; null when somebody has changed the words that these are to replace. */
function withOurs(held: string, ours: string, before: string | undefined): string | null {
  if (ours === '' || holds(held, ours)) return held;
  if (before !== undefined && before !== '') return held.includes(before) ? held.replace(before, () => ours) : null;
  return held === '' ? ours : `${held}${GAP}${ours}`;
}

/** HubSpot may have tidied the markup. */
const holds = (held: string, ours: string) => held.includes(ours) || wordsOf(held).includes(wordsOf(ours));

/** We wrote a call of our own under this key before the other product's turned up: that one stays the only one with our words. */
async function underKey({ client }: Desk, { key }: KeyedWrite): Promise<Written> {
  const read = await client.send('POST', '/crm/objects/2026-09/calls/batch/read', objectBatch, {
    idProperty: KEY_PROPERTY,
    inputs: [{ id: key }],
    properties: [KEY_PROPERTY],
    propertiesWithHistory: [],
  });
  if (!read.ok) return read;
  const [one] = read.value.results;
  return one ? ok({ recordId: one.id }) : failed({ kind: 'busy', said: 'HubSpot is writing this already.', retryAfterMs: 1_000 });
}

/** Takes our words out of another product's call again, if they stand there as we wrote them. */
export async function takeOut(desk: Desk, id: string, wrote: LogCall): Promise<Written> {
  const read = await desk.client.send('GET', `${pathOf(id)}?properties=${BODY},${KEY_PROPERTY}&propertiesWithHistory=${BODY}`, object);
  if (!read.ok) return read.fault.kind === 'gone' ? ok({ recordId: id }) : read;
  const held = read.value.properties[BODY] ?? '';
  const ours = toHtml(wrote.body);
  const isMarked = desk.effectOnce && Boolean(read.value.properties[KEY_PROPERTY]);
  if (!held.includes(ours)) {
    // Our mark is gone with our words: an earlier try has done it.
    if (!isMarked && !holds(held, ours)) return ok({ recordId: id });
    return failed({ kind: 'changed', said: sayChanged('call', 'HubSpot', await authorOf(desk, newest(read.value, BODY))) });
  }
  const body = held.includes(`${GAP}${ours}`) ? held.replace(`${GAP}${ours}`, '') : held.replace(ours, '');
  const put = await desk.client.send('PATCH', pathOf(id), object, {
    properties: { [BODY]: body, ...(isMarked ? { [KEY_PROPERTY]: '' } : {}) },
  });
  return put.ok ? ok({ recordId: id }) : put;
}

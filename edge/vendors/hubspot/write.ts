import type { RecordRef } from '../../../shared/contracts/record.ts';
import { type Fault, failed } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import type { Desk, Outcomes } from './desk.ts';
import { enrichCall } from './enrich-call.ts';
import { plain } from './fault.ts';
import { type ActivityType, isActivity, typeOf } from './map.ts';
import { removeActivity } from './remove-activity.ts';
import { writeActivities } from './write-activities.ts';
import { writeFields } from './write-fields.ts';

const typeFor = { 'log-call': 'calls', 'add-note': 'notes', 'add-task': 'tasks' } as const;

/** A bundle on one record: activities by type at once, then the record's own fields, then what is taken back. */
export async function write(desk: Desk, changes: readonly KeyedWrite[], record: RecordRef): Promise<Written[]> {
  if (!typeOf(record.object))
    return changes.map(() => failed({ kind: 'refused', said: 'HubSpot takes no change for this kind of record.' }));
  const outcomes: Outcomes = new Map();
  const keep = (more: Outcomes) => {
    for (const [it, written] of more) outcomes.set(it, written);
  };

  const groups = new Map<ActivityType, KeyedWrite[]>();
  const later: (() => Promise<Outcomes>)[] = [];
  for (const it of changes) {
    const { change } = it;
    if (change.kind === 'log-call' && change.existing !== undefined) later.push(() => enrichCall(desk, it, record));
    else if (isActivity(change)) groups.set(typeFor[change.kind], [...(groups.get(typeFor[change.kind]) ?? []), it]);
  }
  const fields = changes.filter(({ change }) => change.kind === 'set-field' || change.kind === 'move-stage');
  if (fields.length > 0) later.push(() => writeFields(desk, fields, record));
  for (const it of changes) if (it.change.kind === 'remove-activity') later.push(() => removeActivity(desk, it));

  const written = await Promise.all([...groups].map(([type, items]) => writeActivities(desk, type, items, record)));
  written.forEach(keep);
  for (const next of later) {
    if (stoppedBy(outcomes)) break;
    keep(await next());
  }
  const stopped = stoppedBy(outcomes) ?? unspoken;
  return changes.map((it) => {
    const outcome = outcomes.get(it) ?? failed(stopped);
    return outcome.ok ? outcome : failed(plain(outcome.fault));
  });
}

const unspoken: Fault = { kind: 'broken', said: 'HubSpot could not be spoken to.' };

/** Once HubSpot asks for patience, the rest of the bundle waits: it has not left, so it is not ambiguous. */
function stoppedBy(outcomes: Outcomes): Fault | undefined {
  for (const written of outcomes.values()) {
    if (written.ok || !['busy', 'broken', 'expired'].includes(written.fault.kind)) continue;
    const { kind, said, retryAfterMs } = written.fault;
    return { kind, said, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  return undefined;
}

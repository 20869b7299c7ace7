import { sayChanged } from '../../../shared/act/say-changed.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import { authorOf, newest } from './author.ts';
import { createActivities, type Draft, unread } from './create-activities.ts';
import type { Desk, Outcomes } from './desk.ts';
import { batchFaultOf, type HubspotFault } from './fault.ts';
import { findActivities } from './find-activities.ts';
import { type ActivityType, activityOf, differing, isActivity, tellingProperties } from './map.ts';
import { type HubspotObject, objectBatch } from './shapes.ts';

/**
 * Activities of one type. A first try creates them with their ties in one request; whatever may stand already is looked for first,
 * and only what still is ours is changed.
 */
export async function writeActivities(desk: Desk, type: ActivityType, items: readonly KeyedWrite[], record: RecordRef): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const drafts: Draft[] = [];
  for (const it of items) {
    if (!isActivity(it.change)) continue;
    const activity = activityOf(it.change);
    if (activity.ok) drafts.push({ it, properties: activity.value.properties });
    else outcomes.set(it, activity);
  }
  const isFresh = ({ it }: Draft) => it.isFirst && it.wrote === undefined;
  const doubtful = drafts.filter((draft) => !isFresh(draft));
  for (const [draft, made] of await createActivities(desk, type, drafts.filter(isFresh), record)) {
    // The key stands already: this was not the first try after all.
    if (!made.ok && made.fault.isTaken) doubtful.push(draft);
    else outcomes.set(draft.it, made);
  }
  for (const [it, written] of await settle(desk, type, doubtful, record)) outcomes.set(it, written);
  return outcomes;
}

async function settle(desk: Desk, type: ActivityType, drafts: readonly Draft[], record: RecordRef): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  if (drafts.length === 0) return outcomes;
  const found = await findActivities(desk, type, drafts, record);
  if (!found.ok) return new Map(drafts.map(({ it }) => [it, found]));

  const absent: Draft[] = [];
  const standing: { draft: Draft; object: HubspotObject }[] = [];
  for (const draft of drafts) {
    const object = found.value.get(draft);
    if (object) standing.push({ draft, object });
    else if (draft.it.wrote === undefined) absent.push(draft);
    else outcomes.set(draft.it, failed({ kind: 'changed', said: `Somebody removed the ${type.slice(0, -1)} from HubSpot.` }));
  }
  for (const [{ it }, made] of await createActivities(desk, type, absent, record))
    outcomes.set(it, made.ok ? made : failed(settled(made.fault)));
  // It came with its ties, or not at all; what a person has made of it since stays.
  for (const { draft, object } of standing) if (draft.it.wrote === undefined) outcomes.set(draft.it, ok({ recordId: object.id }));
  await renew(
    desk,
    type,
    standing.filter(({ draft }) => draft.it.wrote !== undefined),
    outcomes,
  );
  return outcomes;
}

/** Made by somebody else between our look and our write: the next try finds it. */
const settled = (fault: HubspotFault): HubspotFault =>
  fault.isTaken ? { kind: 'busy', status: 409, said: 'HubSpot is writing this already.', retryAfterMs: 1_000 } : fault;

/** A newer version of what we wrote, where it still says what we wrote. One whose person has ticked it off or moved its day is theirs. */
async function renew(
  desk: Desk,
  type: ActivityType,
  standing: readonly { draft: Draft; object: HubspotObject }[],
  outcomes: Outcomes,
): Promise<void> {
  const inputs: { id: string; properties: Record<string, string>; objectWriteTraceId: string }[] = [];
  for (const { draft, object } of standing) {
    const before = beforeOf(draft);
    const names = tellingProperties[type];
    const others = differing(object.properties, draft.properties, names);
    if (others.length === 0) {
      outcomes.set(draft.it, ok({ recordId: object.id }));
      continue;
    }
    const [touched] = before.ok ? differing(object.properties, before.value, names) : names;
    if (touched !== undefined) {
      const author = await authorOf(desk, newest(object, touched));
      outcomes.set(draft.it, failed({ kind: 'changed', said: sayChanged(type.slice(0, -1), 'HubSpot', author) }));
      continue;
    }
    // Owner and the rest stay as they are: a person may have chosen them since.
    const properties = Object.fromEntries(
      names.flatMap((name) => (draft.properties[name] === undefined ? [] : [[name, draft.properties[name]]])),
    );
    inputs.push({ id: object.id, properties, objectWriteTraceId: draft.it.key });
  }
  if (inputs.length === 0) return;
  const updated = await desk.client.send('POST', `/crm/objects/2026-09/${type}/batch/update`, objectBatch, { inputs });
  const written = new Set(updated.ok ? updated.value.results.map(({ id }) => id) : []);
  for (const { draft, object } of standing) {
    if (outcomes.has(draft.it)) continue;
    if (!updated.ok) outcomes.set(draft.it, updated);
    else if (written.has(object.id)) outcomes.set(draft.it, ok({ recordId: object.id }));
    else {
      const error = updated.value.errors?.find(({ context }) => context?.objectWriteTraceId?.includes(draft.it.key));
      outcomes.set(draft.it, failed(error ? batchFaultOf(error) : unread));
    }
  }
}

const beforeOf = ({ it }: Draft): Result<Record<string, string>> => {
  if (!it.wrote || !isActivity(it.wrote)) return failed({ kind: 'refused', said: 'There was no such activity before.' });
  const activity = activityOf(it.wrote);
  return activity.ok ? ok(activity.value.properties) : activity;
};

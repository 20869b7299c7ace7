import { sameCall } from '../../../shared/act/same-call.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { LoggedCallAsk } from '../../ports/crm.ts';
import type { Desk } from './desk.ts';
import { KEY_PROPERTY, typeOf } from './map.ts';
import type { HubspotObject } from './shapes.ts';

export const callProperties = [
  'hs_timestamp',
  'hs_call_duration',
  'hs_call_from_number',
  'hs_call_to_number',
  'hs_object_source_id',
  KEY_PROPERTY,
];
const CALLS_MAX = 100;

/** Another product's record of this conversation, on the record or the contact. Read by association, because search lags behind. */
export async function loggedCall(desk: Desk, ask: LoggedCallAsk): Promise<Result<string | null>> {
  if (!tellsOthers(desk)) return ok(null);
  const { reads } = desk;
  const on = [ask.record, ...(ask.contact ? [ask.contact] : [])];
  const ties = await Promise.all(
    on.map(async ({ object, id }) => {
      const type = typeOf(object);
      return type ? reads.ties(type, [id], 'calls') : ok(new Map<string, string[]>());
    }),
  );
  const ids = new Set<string>();
  for (const tied of ties) {
    if (!tied.ok) return tied;
    for (const id of [...tied.value.values()].flat()) ids.add(id);
  }
  const calls = await reads.many('calls', newestCalls(ids), callProperties);
  return calls.ok ? ok(sameCallOf(desk, ask, calls.value)) : calls;
}

/** Without our key and our app's id, nothing would tell our own calls from others. */
export const tellsOthers = ({ effectOnce, appId }: Desk): boolean => effectOnce || appId !== undefined;

/** Ids grow: the newest calls are those with the highest. */
export const newestCalls = (ids: Iterable<string>): string[] =>
  [...ids].sort((a, b) => b.length - a.length || b.localeCompare(a)).slice(0, CALLS_MAX);

/** Which of these is another product's record of this conversation. */
export function sameCallOf(
  { appId, effectOnce }: Desk,
  ask: Omit<LoggedCallAsk, 'record'>,
  calls: readonly HubspotObject[],
): string | null {
  const others = calls.filter(
    // What bears our app's id and not our key was made by HubSpot itself, for a call from our calling window.
    ({ properties }) => !properties[KEY_PROPERTY] && (effectOnce || appId === undefined || properties.hs_object_source_id !== appId),
  );
  return sameCall(
    ask,
    others.map(({ id, properties: held }) => ({
      id,
      startsMs: [Date.parse(held.hs_timestamp ?? '')],
      durationMs: held.hs_call_duration ? Number(held.hs_call_duration) : null,
      numbers: [held.hs_call_from_number, held.hs_call_to_number].flatMap((number) => (number ? [number] : [])),
    })),
  );
}

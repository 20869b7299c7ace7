import { cast } from '../cast.ts';
import { link } from './link.ts';
import { person } from './people.ts';
import { create } from './records.ts';
import type { Source, World } from './state.ts';

export interface CallByOther {
  source: 'zoom' | 'aircall' | 'dialpad' | 'calling-window' | 'hubspot-calling';
  contactId: string;
  dealId?: string;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  direction?: 'INBOUND' | 'OUTBOUND';
  from?: string;
  to?: string;
  ownerId?: string;
  title?: string;
  /** The other system's id of the call. */
  externalId?: string;
}

/** App ids are made up; what they are on HubSpot's marketplace is not public. */
const apps = {
  zoom: { name: 'Zoom', appId: '178192' },
  aircall: { name: 'Aircall', appId: '27634' },
  dialpad: { name: 'Dialpad', appId: '45013' },
  // HubSpot's own record of a call from an app's calling window bears that app.
  'calling-window': { name: 'Relationship OS', appId: String(cast.hubspot.appId) },
} as const;

/**
 * A call record as another integration, or HubSpot's own calling, leaves it: associated with contact and deal, `hs_call_source`
 * INTEGRATIONS_PLATFORM with the app's id and its external id (HubSpot's calling docs). HubSpot's own calls carry no app, and their
 * source's name is not documented, so it is left out. Answers the record's id.
 */
export function logCallByOther(world: World, call: CallByOther): string {
  const { state } = world;
  const app = call.source === 'hubspot-calling' ? undefined : apps[call.source];
  const by: Source = app ? { type: 'INTEGRATION', id: app.appId } : person(state.owners[0]?.userId ?? 0);
  const properties: Record<string, string> = {
    hs_timestamp: call.startedAt,
    hs_call_title: call.title ?? (app ? `${app.name} call` : 'Call'),
    hs_call_duration: String(call.durationMs),
    hs_call_direction: call.direction ?? 'OUTBOUND',
    hs_call_status: 'COMPLETED',
    ...(call.ownerId ? { hubspot_owner_id: call.ownerId } : {}),
    ...(call.from ? { hs_call_from_number: call.from } : {}),
    ...(call.to ? { hs_call_to_number: call.to } : {}),
    ...(app ? { hs_call_source: 'INTEGRATIONS_PLATFORM', hs_call_app_id: app.appId } : {}),
    ...(call.externalId ? { hs_call_external_id: call.externalId } : {}),
  };
  const row = create({ ...world, dated: false, by }, 'calls', properties);
  if (app) row.properties.hs_object_source_detail_1 = app.name;
  link(state, 'calls', row.id, 'contacts', call.contactId);
  if (call.dealId) link(state, 'calls', row.id, 'deals', call.dealId);
  return row.id;
}

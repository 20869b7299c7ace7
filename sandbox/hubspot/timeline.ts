import { linked } from './link.ts';
import { activityTypes, type ObjectType } from './schema.ts';
import { type HubspotState, standingId } from './state.ts';

/** One entry of a record page's timeline, newest first. `body` is HubSpot's HTML. */
export interface TimelineEntry {
  type: 'calls' | 'notes' | 'tasks';
  id: string;
  at: string;
  title: string;
  body: string;
  ownerId?: string;
  properties: Record<string, string>;
}

/** What a person sees on the record page: activities are there only once they are associated with the record. */
export function timeline(state: HubspotState, object: ObjectType, id: string): TimelineEntry[] {
  return activityTypes
    .flatMap((type) =>
      linked(state, object, standingId(state, object, id), type).map((tie) => {
        const properties = state.rows[type][tie.id]?.properties ?? {};
        return {
          type,
          id: tie.id,
          at: properties.hs_timestamp ?? '',
          title: properties.hs_call_title ?? properties.hs_task_subject ?? '',
          body: properties.hs_call_body ?? properties.hs_note_body ?? properties.hs_task_body ?? '',
          ...(properties.hubspot_owner_id ? { ownerId: properties.hubspot_owner_id } : {}),
          properties,
        };
      }),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
}

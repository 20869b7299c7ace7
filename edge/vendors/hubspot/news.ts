import * as z from 'zod/mini';
import { fieldName } from '../../../shared/contracts/change.ts';
import type { RecordObject } from '../../../shared/contracts/record.ts';
import type { CrmNews, Told, ToldNews } from '../../ports/crm-news.ts';

/** HubSpot sends at most so many events a request. */
const EVENTS_MAX = 100;

const number = z.int().check(z.nonnegative());
const event = z.object({
  eventId: number,
  subscriptionId: number,
  portalId: number,
  occurredAt: number,
  subscriptionType: z.string(),
  objectId: number,
  objectTypeId: z.optional(z.string()),
  changeSource: z.optional(z.nullable(z.string())),
  sourceId: z.optional(z.nullable(z.string())),
  propertyName: z.optional(z.nullable(z.string())),
  propertyValue: z.optional(z.nullable(z.string())),
  primaryObjectId: z.optional(number),
  mergedObjectIds: z.optional(z.array(number).check(z.maxLength(100))),
  newObjectId: z.optional(z.nullable(number)),
});
type Event = z.infer<typeof event>;

/** HubSpot's webhooks in our words. `appId` is ours: what it changed is an echo. */
export const hubspotNews = (appId: string | undefined): CrmNews => ({
  name: 'HubSpot',
  stageField: 'dealstage',
  read(body) {
    if (!Array.isArray(body) || body.length > EVENTS_MAX) return null;
    return body.map((one) => {
      const read = event.safeParse(one);
      // One event of a new shape must not hold back the others of its delivery for a day.
      return read.success ? toldOf(read.data, appId) : { account: '', key: '', news: null };
    });
  },
});

const toldOf = (it: Event, appId: string | undefined): Told => ({
  account: String(it.portalId),
  // An event's id alone is not promised to be unique.
  key: [it.portalId, it.eventId, it.subscriptionId, it.occurredAt].join('|'),
  news: newsOf(it, appId),
});

function newsOf(it: Event, appId: string | undefined): ToldNews | null {
  const [legacy = '', what] = it.subscriptionType.split('.');
  const object = it.objectTypeId === undefined ? legacyTypes[legacy] : types[it.objectTypeId];
  if (!object) return null;
  const about = { record: { object, id: String(it.objectId) }, atMs: it.occurredAt };
  switch (what) {
    case 'propertyChange': {
      const field = fieldName.safeParse(it.propertyName);
      if (!field.success) return null;
      const isOurs = it.changeSource === 'INTEGRATION' && appId !== undefined && it.sourceId === appId;
      const userId = userIn(it);
      return {
        is: 'field',
        ...about,
        field: field.data,
        value: heldBy(field.data, it.propertyValue ?? ''),
        by: isOurs ? 'us' : 'other',
        ...(userId === undefined ? {} : { userId }),
      };
    }
    case 'deletion':
      return { is: 'deleted', ...about };
    case 'privacyDeletion':
      return object === 'contact' ? { is: 'erased', ...about } : null;
    case 'merge': {
      // Two records often become a third; then the primary one is gone, too.
      const into = it.newObjectId ?? it.primaryObjectId ?? it.objectId;
      const from = [it.primaryObjectId ?? it.objectId, ...(it.mergedObjectIds ?? [])].filter((id) => id !== into).map(String);
      const once = [...new Set(from)].slice(0, 100);
      return once.length > 0 ? { is: 'merged', record: { object, id: String(into) }, atMs: it.occurredAt, from: once } : null;
    }
    default:
      return null;
  }
}

/** A person at the screen; an app acts in somebody's name too, and is not them. */
const userIn = ({ changeSource, sourceId }: Event): string | undefined =>
  changeSource === 'INTEGRATION' ? undefined : /^userId:(\d{1,20})$/.exec(sourceId ?? '')?.[1];

/** Dates come as milliseconds here and as ISO 8601 everywhere else. */
function heldBy(field: string, value: string): string | null {
  if (value === '') return null;
  return /date$/.test(field) && /^-?\d{9,14}$/.test(value) ? new Date(Number(value)).toISOString() : value;
}

const types: Record<string, RecordObject> = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal' };
const legacyTypes: Record<string, RecordObject> = { contact: 'contact', company: 'company', deal: 'deal' };

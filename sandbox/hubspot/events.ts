import { isActivity, type ObjectType, typeIds } from './schema.ts';
import type { Change } from './state.ts';

/** One event as HubSpot sends it; `attemptNumber` counts from 0. */
export interface HubspotEvent {
  eventId: number;
  subscriptionId: number;
  portalId: number;
  appId: number;
  /** Milliseconds since 1970. */
  occurredAt: number;
  subscriptionType: string;
  attemptNumber: number;
  objectId: number;
  objectTypeId?: string;
  changeSource: string;
  sourceId: string;
  changeFlag?: string;
  propertyName?: string;
  propertyValue?: string;
  primaryObjectId?: number;
  mergedObjectIds?: number[];
  newObjectId?: number;
  numberOfPropertiesMoved?: number;
}

/** What an app's `webhooks-hsmeta.json` asks for (reference/hubspot.md §1). */
export interface Subscription {
  url: string;
  clientSecret: string;
  appId: number;
  /** `object.creation`, `object.propertyChange`, `object.deletion`, `object.merge`, `contact.privacyDeletion`; all when absent. */
  subscriptionTypes?: readonly string[];
  /** Contacts, companies and deals when absent. */
  objectTypes?: readonly ObjectType[];
  /** Names `object.propertyChange` is about; all when absent. */
  properties?: readonly string[];
  /** Milliseconds before each retry; ten of them within 80 s when absent. */
  retryMs?: readonly number[];
}

const typeOf: Record<Change['kind'], string> = {
  creation: 'object.creation',
  deletion: 'object.deletion',
  propertyChange: 'object.propertyChange',
  merge: 'object.merge',
  privacyDeletion: 'contact.privacyDeletion',
};

export function wanted(asked: Subscription, change: Change): boolean {
  if (asked.subscriptionTypes && !asked.subscriptionTypes.includes(typeOf[change.kind])) return false;
  if (asked.objectTypes ? !asked.objectTypes.includes(change.type) : isActivity(change.type)) return false;
  return change.kind !== 'propertyChange' || !asked.properties || asked.properties.includes(change.name);
}

/** A change in HubSpot's shape: fields as in real bodies of `object.*` subscriptions, merges as in HubSpot's changelog. */
export function eventOf(change: Change, portalId: number, appId: number, eventId: number): HubspotEvent {
  const subscriptionType = typeOf[change.kind];
  const about = change.kind === 'propertyChange' ? change.name : '';
  return {
    eventId,
    subscriptionId: idOf(`${subscriptionType} ${change.type} ${about}`),
    portalId,
    appId,
    occurredAt: change.atMs,
    subscriptionType,
    attemptNumber: 0,
    objectId: Number(change.id),
    ...(change.kind === 'privacyDeletion' ? {} : { objectTypeId: typeIds[change.type] }),
    changeSource: change.by.type,
    sourceId: change.by.id,
    ...particulars(change),
  };
}

function particulars(change: Change): Partial<HubspotEvent> {
  switch (change.kind) {
    case 'creation':
      return { changeFlag: 'CREATED' };
    case 'deletion':
      return { changeFlag: 'DELETED' };
    case 'propertyChange':
      return { propertyName: change.name, propertyValue: change.value };
    case 'merge':
      return {
        primaryObjectId: Number(change.id),
        mergedObjectIds: change.mergedIds.map(Number),
        newObjectId: Number(change.newId),
        numberOfPropertiesMoved: change.moved,
      };
    case 'privacyDeletion':
      return {};
  }
}

/** The same number for the same subscription, whenever the twin runs. */
const idOf = (word: string) =>
  1_000_000 + ([...word].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7) % 8_000_000);

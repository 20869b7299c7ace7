import type { Author } from '../../../shared/act/say-changed.ts';
import { sameValue } from '../../../shared/act/settle-field.ts';
import type { FieldNow } from '../../ports/crm.ts';
import type { Desk } from './desk.ts';
import type { HubspotObject, HubspotPast } from './shapes.ts';

/** Names for what is no person. */
const machines: Record<string, string> = {
  AUTOMATION_PLATFORM: 'A workflow',
  WORKFLOWS: 'A workflow',
  IMPORT: 'An import',
  INTEGRATION: 'An app',
};

/** The newest value that a property has had; undefined when HubSpot tells no history. */
export const newest = ({ propertiesWithHistory }: HubspotObject, name: string): HubspotPast | undefined =>
  propertiesWithHistory?.[name]?.[0];

/** The value that says whose a property is. What we only put back where it had stood is still somebody else's. */
export function standing(read: HubspotObject, name: string, appId: string | undefined): HubspotPast | undefined {
  const now = newest(read, name);
  if (byOf(now, appId) !== 'us') return now;
  const theirs = beforeOurs(read, name, appId);
  return theirs && sameValue(theirs.value ?? '', now?.value ?? '') ? theirs : now;
}

/** What stood there before anything that we did last; undefined when we were the first, or HubSpot tells no history. */
export function beforeOurs(
  { propertiesWithHistory }: HubspotObject,
  name: string,
  appId: string | undefined,
  ours: (past: HubspotPast) => boolean = () => true,
): HubspotPast | undefined {
  const before = propertiesWithHistory?.[name]?.find((past) => byOf(past, appId) !== 'us' || !ours(past));
  return byOf(before, appId) === 'other' ? before : undefined;
}

/** A person at the screen; an app acts in somebody's name too, but says so. */
export function userOf({ sourceType, sourceId, updatedByUserId }: HubspotPast): string | undefined {
  if (sourceType === 'INTEGRATION') return undefined;
  return updatedByUserId ? String(updatedByUserId) : /^userId:(\d{1,20})$/.exec(sourceId ?? '')?.[1];
}

/** Whose value it is. Without our app's id every app's value is `unknown`. */
export function byOf(past: HubspotPast | undefined, appId: string | undefined): FieldNow['by'] {
  if (!past?.sourceType) return 'unknown';
  if (past.sourceType !== 'INTEGRATION') return 'other';
  if (appId === undefined) return 'unknown';
  return past.sourceId === appId ? 'us' : 'other';
}

/** Who set a value, by name where HubSpot knows it. A person's name costs a request, some minutes apart. */
export async function authorOf({ definitions, appId }: Desk, past: HubspotPast | undefined): Promise<Author> {
  if (!past) return {};
  const at = past.timestamp;
  const userId = userOf(past);
  if (userId === undefined) return byOf(past, appId) === 'us' ? { at } : { who: machines[past.sourceType ?? ''], at };
  const read = await definitions.nameOf(userId);
  return read.ok ? { who: read.value, at } : { at };
}

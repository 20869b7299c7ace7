import type { Author } from '../../../shared/act/say-changed.ts';
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

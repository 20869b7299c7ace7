import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordObject, Stage } from '../../../shared/contracts/record.ts';
import { never } from '../../../shared/kit/must.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmPerson } from '../../ports/crm.ts';
import type { HubspotObject, HubspotPipeline } from './shapes.ts';

/** The property that makes a write ours and single. Text, unique, in group `relos`. */
export const KEY_PROPERTY = 'relos_external_id';

export type ActivityType = 'calls' | 'notes' | 'tasks';

/** HubSpot's word for our object; leads are not read here (their scopes are not asked for). */
export const typeOf = (object: RecordObject): 'deals' | 'contacts' | 'companies' | undefined =>
  ({ deal: 'deals', contact: 'contacts', company: 'companies', lead: undefined })[object] as 'deals' | 'contacts' | 'companies' | undefined;

/** Rich text properties hold 65,536 characters. */
const BODY_MAX = 65_536;

export interface Activity {
  type: ActivityType;
  properties: Record<string, string>;
}

export type ActivityWrite = Extract<CrmWrite, { kind: 'log-call' | 'add-note' | 'add-task' }>;

export const isActivity = (change: CrmWrite): change is ActivityWrite =>
  change.kind === 'log-call' || change.kind === 'add-note' || change.kind === 'add-task';

/** An activity as HubSpot stores it. A time that is no time is refused. */
export function activityOf(change: ActivityWrite): Result<Activity> {
  switch (change.kind) {
    case 'log-call':
      return timed(change.startedAt, 'calls', {
        hs_call_title: change.title,
        hs_call_body: toHtml(change.body),
        hs_call_direction: change.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
        hs_call_status: 'COMPLETED',
        hs_call_duration: String(Math.max(0, Math.round(change.durationMs))),
        ...(change.fromNumber ? { hs_call_from_number: change.fromNumber } : {}),
        ...(change.toNumber ? { hs_call_to_number: change.toNumber } : {}),
        ...owned(change.ownerId),
      });
    case 'add-note':
      return timed(change.at, 'notes', { hs_note_body: toHtml(change.body), ...owned(change.ownerId) });
    case 'add-task':
      return timed(change.dueAt, 'tasks', {
        hs_task_subject: change.subject,
        hs_task_body: toHtml(change.body),
        hs_task_status: 'NOT_STARTED',
        hs_task_type: 'TODO',
        ...owned(change.ownerId),
      });
    default:
      return never(change);
  }
}

/** What says that an activity still is what we wrote: its words, its time, and whether it is done. */
export const tellingProperties: Record<ActivityType, readonly string[]> = {
  calls: ['hs_call_title', 'hs_call_body', 'hs_timestamp'],
  notes: ['hs_note_body', 'hs_timestamp'],
  tasks: ['hs_task_subject', 'hs_task_body', 'hs_timestamp', 'hs_task_status'],
};

/** Which of these properties hold something else than `ours`; HubSpot may have tidied the markup and respelt the time. */
export const differing = (held: Record<string, string | null>, ours: Record<string, string>, names: readonly string[]): string[] =>
  names.filter((name) =>
    name === 'hs_timestamp' ? Date.parse(held[name] ?? '') !== Date.parse(ours[name] ?? '') : wordsOf(held[name]) !== wordsOf(ours[name]),
  );

/** Letters and digits alone. */
export const wordsOf = (value: string | null | undefined) => (value ?? '').replace(/<[^>]*>|&[#\w]+;|[^\p{L}\p{N}]/gu, '');

/** Plain text as HubSpot's rich text: every sign of markup escaped, lines kept, never cut inside an escape. */
export function toHtml(text: string): string {
  let html = '';
  for (const char of text.replaceAll('\r\n', '\n')) {
    const next = escapes[char] ?? char;
    if (html.length + next.length > BODY_MAX) break;
    html += next;
  }
  return html;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\n': '<br>' };

/** The same instant as HubSpot writes it, in UTC. */
function timed(at: string, type: ActivityType, properties: Record<string, string>): Result<Activity> {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return failed({ kind: 'refused', said: `The time of the ${type.slice(0, -1)} is not a time.` });
  return ok({ type, properties: { hs_timestamp: new Date(ms).toISOString(), ...properties } });
}

const owned = (ownerId: string | undefined): Record<string, string> => (ownerId ? { hubspot_owner_id: ownerId } : {});

/** Stages in the order people see them. */
export const stagesOf = (pipeline: HubspotPipeline): Stage[] =>
  pipeline.stages
    .filter((stage) => stage.archived !== true)
    .sort((a, b) => a.displayOrder - b.displayOrder)
    .map(({ id, label, metadata }) => ({ id, label, probability: share(metadata.probability), closed: metadata.isClosed === 'true' }));

const share = (value: string | undefined) => Math.min(1, Math.max(0, Number(value ?? 0) || 0));

/** A person's or thing's name, or what else tells it apart. */
export function nameOf({ id, properties }: HubspotObject): string {
  const person = [properties.firstname, properties.lastname].filter((part) => part).join(' ');
  return person || properties.dealname || properties.name || properties.email || properties.domain || id;
}

export const personOf = (contact: HubspotObject): CrmPerson => ({
  ref: { object: 'contact', id: contact.id },
  name: nameOf(contact),
  ...(contact.properties.email ? { email: contact.properties.email } : {}),
});

export const personProperties = ['firstname', 'lastname', 'email', 'phone', 'mobilephone', 'hubspot_owner_id', 'lastmodifieddate'];
export const recordProperties = {
  deals: ['dealname', 'dealstage', 'pipeline', 'hubspot_owner_id', 'hubspot_team_id'],
  contacts: [...personProperties, 'hubspot_team_id'],
  companies: ['name', 'domain', 'hubspot_owner_id', 'hubspot_team_id'],
};

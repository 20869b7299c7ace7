import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordObject, RecordRef, Stage } from '../../../shared/contracts/record.ts';

/** Our words to Salesforce's. */
export const objectName: Record<RecordObject, 'Opportunity' | 'Contact' | 'Account' | 'Lead'> = {
  deal: 'Opportunity',
  contact: 'Contact',
  company: 'Account',
  lead: 'Lead',
};

export const isId = (id: string): boolean => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id);

/** The last three of 18 characters only repeat which of the first 15 are capitals. */
export const sameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

const subjectMax = 255;
export const bodyMax = 32_000;
const peopleMax = 50;

export type ActivityWrite = Extract<CrmWrite, { kind: 'log-call' | 'add-note' | 'add-task' }>;

export const isActivity = (change: CrmWrite): change is ActivityWrite =>
  change.kind === 'log-call' || change.kind === 'add-note' || change.kind === 'add-task';

/** The one Task that stands for an activity in the timeline. Without `ROS_Key__c`: that goes into the address. */
export function taskOf(
  change: ActivityWrite,
  on: { record: RecordRef; also: readonly RecordRef[] },
  key: string,
  sharedActivities = false,
): Record<string, string | number | string[]> {
  return {
    ...kindOf(change, key),
    ...placeOf([on.record, ...on.also], sharedActivities),
    ...(change.ownerId === undefined ? {} : { OwnerId: change.ownerId }),
  };
}

/** What says that a task still is what we wrote. */
export const tellingFields = ['Subject', 'Description', 'ActivityDate', 'Status'] as const;

function kindOf(change: ActivityWrite, key: string): Record<string, string | number> {
  switch (change.kind) {
    case 'log-call':
      return {
        TaskSubtype: 'Call',
        Status: 'Completed',
        Subject: clip(change.title, subjectMax),
        Description: clip(change.body, bodyMax),
        ActivityDate: dayOf(change.startedAt),
        CallType: change.direction === 'inbound' ? 'Inbound' : 'Outbound',
        CallDurationInSeconds: Math.max(0, Math.round(change.durationMs / 1000)),
        CallObject: clip(key, subjectMax),
      };
    // Salesforce's own notes cannot carry a key of ours, and a rep looks in the timeline: a done task with the text.
    case 'add-note':
      return {
        TaskSubtype: 'Task',
        Status: 'Completed',
        Subject: clip(`Call notes: ${change.body.trim().split('\n', 1)[0] ?? ''}`, 80),
        Description: clip(change.body, bodyMax),
        ActivityDate: dayOf(change.at),
      };
    case 'add-task':
      return {
        TaskSubtype: 'Task',
        Status: 'Not Started',
        Priority: 'Normal',
        Subject: clip(change.subject, subjectMax),
        Description: clip(change.body, bodyMax),
        ActivityDate: dayOf(change.dueAt),
      };
  }
}

/**
 * A task names one person and one thing; a lead stands alone, Salesforce takes no thing beside it. Further contacts only where the org
 * shares activities.
 */
function placeOf(refs: readonly RecordRef[], sharedActivities: boolean): Record<string, string | string[]> {
  const first = (object: RecordObject) => refs.find((ref) => ref.object === object)?.id;
  const what = first('deal') ?? first('company');
  const who = first('contact') ?? (what === undefined ? first('lead') : undefined);
  const contacts = [...new Set(refs.filter(({ object }) => object === 'contact').map(({ id }) => id))].slice(0, peopleMax);
  return {
    ...(who === undefined ? {} : { WhoId: who }),
    ...(what === undefined ? {} : { WhatId: what }),
    ...(sharedActivities && contacts.length > 1 ? { TaskWhoIds: contacts } : {}),
  };
}

/** The day as its own offset says it: due "Thursday" stays Thursday. */
const dayOf = (iso: string): string => iso.slice(0, 10);

/** Salesforce refuses a text that is too long by one character; an ellipsis says that there was more. */
const clip = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** One value of the record type's own sales process. */
export interface StageValue {
  value: string;
  label: string;
  attributes?: { closed: boolean; defaultProbability: number } | null | undefined;
}

export const stagesOf = (values: readonly StageValue[]): Stage[] =>
  values.map(({ value, label, attributes }) => ({
    id: value,
    label,
    probability: (attributes?.defaultProbability ?? 0) / 100,
    closed: attributes?.closed ?? false,
  }));

/** Is what somebody typed into a phone field this E.164 number? A national number counts when only the country code is missing. */
export function sameNumber(typed: string | null | undefined, e164: string): boolean {
  if (!typed) return false;
  const bare = typed.replace(/(?:;?\s*ext\.?=?|\s*x|\s*#)\s*\d{1,6}\s*$/i, '').replace(/\(0\)/, '');
  const digits = bare.replace(/\D/g, '');
  const wanted = e164.slice(1);
  if (/^\s*\+/.test(bare)) return digits === wanted;
  if (digits.startsWith('00')) return digits.slice(2) === wanted;
  const national = digits.replace(/^0/, '');
  const missing = wanted.length - national.length;
  return national.length >= 7 && missing >= 0 && missing <= 3 && wanted.endsWith(national);
}

export interface Role {
  ContactId: string;
  OpportunityId: string;
  IsPrimary: boolean;
}
export interface OpenDeal {
  Id: string;
  AccountId: string | null;
}

/** The one open opportunity a contact's call is about; undefined when two are as likely, because a wrong deal is worse than none. */
export function likeliestDeal(
  contact: { Id: string; AccountId: string | null },
  roles: readonly Role[],
  deals: readonly OpenDeal[],
): string | undefined {
  const own = roles.filter(({ ContactId }) => sameId(ContactId, contact.Id));
  const primary = own.filter(({ IsPrimary }) => IsPrimary);
  if (own.length > 0) return (only(primary) ?? only(own))?.OpportunityId;
  const { AccountId } = contact;
  return AccountId === null ? undefined : only(deals.filter((deal) => deal.AccountId !== null && sameId(deal.AccountId, AccountId)))?.Id;
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

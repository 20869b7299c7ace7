/** Property definitions of the objects the sandbox holds, as a fresh portal has them. */
export type ObjectType = 'contacts' | 'companies' | 'deals' | 'calls' | 'notes' | 'tasks' | 'emails' | 'meetings';

export type PropertyType = 'string' | 'number' | 'bool' | 'datetime' | 'date' | 'enumeration' | 'phone_number';

export interface Property {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName: string;
  description: string;
  options: { label: string; value: string; hidden: boolean; displayOrder: number }[];
  hasUniqueValue: boolean;
  hubspotDefined: boolean;
  /** Set by HubSpot alone. */
  readOnly: boolean;
  createdAt: string;
  updatedAt: string;
}

export const typeIds: Record<ObjectType, string> = {
  contacts: '0-1',
  companies: '0-2',
  deals: '0-3',
  tasks: '0-27',
  notes: '0-46',
  meetings: '0-47',
  calls: '0-48',
  emails: '0-49',
};
export const objectTypes = Object.keys(typeIds) as ObjectType[];

/** The activities a record page shows. */
export const activityTypes = ['calls', 'notes', 'tasks'] as const;
export const isActivity = (type: ObjectType) => type !== 'contacts' && type !== 'companies' && type !== 'deals';

export const singular: Record<ObjectType, string> = {
  contacts: 'contact',
  companies: 'company',
  deals: 'deal',
  calls: 'call',
  notes: 'note',
  tasks: 'task',
  emails: 'email',
  meetings: 'meeting',
};

/** HubSpot takes the plural, the singular and the type id in a path. */
export function objectType(name: string): ObjectType | undefined {
  return objectTypes.find((type) => type === name || typeIds[type] === name || singular[type] === name.toLowerCase());
}

/** What must be there when a record is made (reference/hubspot.md §5: `hs_timestamp` on every activity). */
export const required: Record<ObjectType, readonly string[]> = {
  contacts: [],
  companies: [],
  deals: ['dealname', 'dealstage'],
  calls: ['hs_timestamp'],
  notes: ['hs_timestamp'],
  tasks: ['hs_timestamp'],
  emails: ['hs_timestamp', 'hs_email_direction'],
  meetings: ['hs_timestamp'],
};

/** What an answer carries when nothing is asked for by name. */
export const usual: Record<ObjectType, readonly string[]> = {
  contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  companies: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  deals: ['amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'hs_lastmodifieddate', 'hs_object_id', 'pipeline'],
  calls: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  notes: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  tasks: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  emails: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  meetings: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};

/** Rich text properties hold at most 65,536 characters (reference/hubspot.md §5). */
export const TEXT_MAX = 65_536;

const text = (...names: string[]) => names.map((name) => define(name, 'string', 'text'));
const times = (...names: string[]) => names.map((name) => define(name, 'datetime', 'date'));
const numbers = (...names: string[]) => names.map((name) => define(name, 'number', 'number'));
const choice = (name: string, values: readonly string[]) => define(name, 'enumeration', 'select', values);
const sealed = (...properties: Property[]) => properties.map((property) => ({ ...property, readOnly: true }));

const stamps = sealed(
  define('hs_object_id', 'number', 'number'),
  ...times('createdate', 'hs_createdate', 'hs_lastmodifieddate', 'lastmodifieddate'),
  // Who made the record: `INTEGRATION` and the app's id, or `CRM_UI` and `userId:…`; the detail is the app's name.
  ...text('hs_object_source', 'hs_object_source_id', 'hs_object_source_label', 'hs_object_source_detail_1', 'hs_merged_object_ids'),
);
const owned = [...text('hubspot_owner_id', 'hubspot_team_id'), ...times('hubspot_owner_assigneddate')];
const activity = [
  ...stamps,
  ...owned,
  ...times('hs_timestamp'),
  ...text('hs_attachment_ids'),
  ...sealed(...text('hs_unique_creation_key')),
];

/** crm-contacts/deals/calls/notes/tasks.json leave properties open; names and options are those of reference/hubspot.md §5. */
export const builtIn: Record<ObjectType, readonly Property[]> = {
  contacts: [
    ...stamps,
    ...owned,
    ...text('firstname', 'lastname', 'jobtitle', 'company', 'website', 'city', 'country'),
    unique('email'),
    define('phone', 'phone_number', 'phonenumber'),
    define('mobilephone', 'phone_number', 'phonenumber'),
    choice('lifecyclestage', [
      'subscriber',
      'lead',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'opportunity',
      'customer',
      'evangelist',
      'other',
    ]),
    ...sealed(
      ...text(
        'hs_searchable_calculated_phone_number',
        'hs_searchable_calculated_mobile_number',
        'hs_searchable_calculated_international_phone_number',
        'hs_searchable_calculated_international_mobile_number',
        'hs_additional_emails',
      ),
      ...times('notes_last_contacted', 'notes_last_updated'),
    ),
  ],
  companies: [
    ...stamps,
    ...owned,
    ...text('name', 'domain', 'industry', 'city', 'country', 'description'),
    define('phone', 'phone_number', 'phonenumber'),
    ...numbers('numberofemployees'),
  ],
  deals: [
    ...stamps,
    ...owned,
    ...text('dealname', 'description'),
    choice('pipeline', []),
    choice('dealstage', []),
    choice('dealtype', ['newbusiness', 'existingbusiness']),
    ...numbers('amount'),
    ...times('closedate'),
    ...sealed(
      define('hs_is_closed', 'bool', 'booleancheckbox'),
      define('hs_is_closed_won', 'bool', 'booleancheckbox'),
      ...times('notes_last_contacted', 'notes_last_updated'),
    ),
  ],
  calls: [
    ...activity,
    ...text(
      'hs_call_title',
      'hs_call_body',
      'hs_call_from_number',
      'hs_call_to_number',
      'hs_call_callee_object_id',
      'hs_call_callee_object_type_id',
      'hs_activity_type',
      'hs_call_external_id',
      'hs_call_external_account_id',
      'hs_call_app_id',
      'hs_call_source',
      'hs_call_recording_url',
    ),
    ...numbers('hs_call_duration'),
    choice('hs_call_direction', ['INBOUND', 'OUTBOUND']),
    choice('hs_call_status', [
      'BUSY',
      'CALLING_CRM_USER',
      'CANCELED',
      'COMPLETED',
      'CONNECTING',
      'FAILED',
      'IN_PROGRESS',
      'MISSED',
      'NO_ANSWER',
      'QUEUED',
      'RINGING',
    ]),
    choice('hs_call_disposition', [
      '9d9162e7-6cf3-4944-bf63-4dff82258764',
      'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      'a4c4c377-d246-4b32-a13b-75a56a4cd0ff',
      'b2cf5968-551e-4856-9783-52b3da59a7d0',
      '73a0d17f-1163-4015-bdd5-ec830791da20',
      '17b47fee-58de-441e-a44c-c6300d46f273',
    ]),
  ],
  notes: [...activity, ...text('hs_note_body')],
  tasks: [
    ...activity,
    ...text('hs_task_subject', 'hs_task_body'),
    choice('hs_task_status', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']),
    choice('hs_task_priority', ['NONE', 'LOW', 'MEDIUM', 'HIGH']),
    choice('hs_task_type', ['TODO', 'CALL', 'EMAIL']),
    ...times('hs_task_reminders'),
  ],
  emails: [
    ...activity,
    ...text('hs_email_subject', 'hs_email_text', 'hs_email_html', 'hs_email_headers'),
    choice('hs_email_direction', ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']),
    choice('hs_email_status', ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT']),
  ],
  meetings: [
    ...activity,
    ...text('hs_meeting_title', 'hs_meeting_body', 'hs_meeting_location', 'hs_meeting_external_url', 'hs_internal_meeting_notes'),
    ...times('hs_meeting_start_time', 'hs_meeting_end_time'),
    choice('hs_meeting_outcome', ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']),
  ],
};

function define(name: string, type: PropertyType, fieldType: string, values: readonly string[] = []): Property {
  return {
    name,
    label: name,
    type,
    fieldType,
    groupName: 'information',
    description: '',
    options: values.map((value, displayOrder) => ({ label: value, value, hidden: false, displayOrder })),
    hasUniqueValue: false,
    hubspotDefined: true,
    readOnly: false,
    createdAt: '2020-01-01T00:00:00.000Z',
    updatedAt: '2020-01-01T00:00:00.000Z',
  };
}

function unique(name: string): Property {
  return { ...define(name, 'string', 'text'), hasUniqueValue: true };
}

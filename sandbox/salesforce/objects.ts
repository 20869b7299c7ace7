import { type Field, field, long, type ObjectTable, pick, point, shown, table, text } from './field.ts';

const owner = point('OwnerId', ['User']);
const phones = [field('Phone', 'phone', { length: 40 }), field('MobilePhone', 'phone', { length: 40 })];
const person = (last: number) => [text('FirstName', 40), text('LastName', last, { required: true }), text('Name', 121, shown)];

/** The ten stages of a new org: name, probability, closed, won, forecast category. */
export const stages = [
  ['Prospecting', 10, false, false, 'Pipeline'],
  ['Qualification', 10, false, false, 'Pipeline'],
  ['Needs Analysis', 20, false, false, 'Pipeline'],
  ['Value Proposition', 50, false, false, 'Pipeline'],
  ['Id. Decision Makers', 60, false, false, 'Pipeline'],
  ['Perception Analysis', 70, false, false, 'Pipeline'],
  ['Proposal/Price Quote', 75, false, false, 'Pipeline'],
  ['Negotiation/Review', 90, false, false, 'Pipeline'],
  ['Closed Won', 100, true, true, 'Closed'],
  ['Closed Lost', 0, true, false, 'Omitted'],
] as const;

const what = ['Account', 'Opportunity', 'ROS_Call__c'];
const who = ['Contact', 'Lead'];

/** On the loser of a merge: who won. */
const master = (object: string) => point('MasterRecordId', [object], shown);

/** A field of Activity stands on tasks and events alike. */
const key = text('ROS_Key__c', 40, { externalId: true, unique: true });

/** The fields of the objects we touch, with what the platform enforces about each. Compact on purpose: a describe shows the same. */
export const objects: ReadonlyMap<string, ObjectTable> = new Map([
  table(
    'Account',
    '001',
    [
      text('Name', 255, { required: true }),
      field('Phone', 'phone', { length: 40 }),
      text('Website', 255),
      text('Industry', 255),
      text('BillingCity', 40),
      long('Description'),
      owner,
      // Customers keep numbers from other systems; this one is an external id without being unique.
      text('Erp_Number__c', 40, { externalId: true }),
      master('Account'),
    ],
    {
      children: {
        Contacts: ['Contact', 'AccountId'],
        Opportunities: ['Opportunity', 'AccountId'],
        Tasks: ['Task', 'WhatId'],
        ROS_Calls__r: ['ROS_Call__c', 'Account__c'],
      },
    },
  ),
  table(
    'Contact',
    '003',
    [
      ...person(80),
      point('AccountId', ['Account']),
      field('Email', 'email', { length: 80 }),
      ...phones,
      field('HomePhone', 'phone', { length: 40 }),
      field('OtherPhone', 'phone', { length: 40 }),
      text('Title', 128),
      long('Description'),
      owner,
      master('Contact'),
    ],
    { children: { OpportunityContactRoles: ['OpportunityContactRole', 'ContactId'], Tasks: ['Task', 'WhoId'] } },
  ),
  table('Lead', '00Q', [
    ...person(80),
    text('Company', 255, { required: true }),
    text('Title', 128),
    field('Email', 'email', { length: 80 }),
    ...phones,
    pick('Status', ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'], {
      fallback: 'Open - Not Contacted',
    }),
    field('IsConverted', 'boolean', { ...shown, fallback: false }),
    field('ConvertedDate', 'date', shown),
    point('ConvertedAccountId', ['Account'], shown),
    point('ConvertedContactId', ['Contact'], shown),
    point('ConvertedOpportunityId', ['Opportunity'], shown),
    long('Description'),
    owner,
    master('Lead'),
  ]),
  table(
    'Opportunity',
    '006',
    [
      text('Name', 120, { required: true }),
      point('AccountId', ['Account']),
      pick(
        'StageName',
        stages.map(([name]) => name),
        { required: true },
      ),
      field('CloseDate', 'date', { required: true }),
      field('Amount', 'currency'),
      field('Probability', 'percent'),
      text('NextStep', 255),
      text('ForecastCategoryName', 40, shown),
      field('IsClosed', 'boolean', shown),
      field('IsWon', 'boolean', shown),
      field('LastStageChangeDate', 'datetime', shown),
      point('ContactId', ['Contact'], { updateable: false }),
      long('Description'),
      owner,
      point('RecordTypeId', ['RecordType']),
    ],
    {
      children: {
        Histories: ['OpportunityFieldHistory', 'OpportunityId'],
        OpportunityContactRoles: ['OpportunityContactRole', 'OpportunityId'],
        Tasks: ['Task', 'WhatId'],
        ROS_Calls__r: ['ROS_Call__c', 'Opportunity__c'],
      },
    },
  ),
  table(
    'OpportunityContactRole',
    '00K',
    [
      point('OpportunityId', ['Opportunity'], { required: true, updateable: false }),
      point('ContactId', ['Contact'], { required: true }),
      pick('Role', [
        'Business User',
        'Decision Maker',
        'Economic Buyer',
        'Economic Decision Maker',
        'Evaluator',
        'Executive Sponsor',
        'Influencer',
        'Technical Buyer',
        'Other',
      ]),
      field('IsPrimary', 'boolean', { fallback: false }),
    ],
    { label: 'Opportunity Contact Role' },
  ),
  table(
    'OpportunityFieldHistory',
    '017',
    [
      point('OpportunityId', ['Opportunity'], shown),
      text('Field', 255, shown),
      field('OldValue', 'string', { ...shown, filterable: false }),
      field('NewValue', 'string', { ...shown, filterable: false }),
    ],
    { label: 'Opportunity Field History', createable: false },
  ),
  table('Task', '00T', [
    field('Subject', 'combobox', { length: 255 }),
    pick('Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], { fallback: 'Not Started' }),
    pick('Priority', ['High', 'Normal', 'Low'], { fallback: 'Normal' }),
    field('ActivityDate', 'date'),
    point('WhoId', who),
    point('WhatId', what),
    point('AccountId', ['Account'], shown),
    owner,
    long('Description'),
    // Chosen when the task is made, never afterwards.
    pick('TaskSubtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], { updateable: false, fallback: 'Task' }),
    pick('CallType', ['Internal', 'Inbound', 'Outbound']),
    field('CallDurationInSeconds', 'int'),
    text('CallDisposition', 255),
    text('CallObject', 255),
    pick('Type', ['Call', 'Email', 'Meeting', 'Other']),
    field('IsClosed', 'boolean', shown),
    field('IsHighPriority', 'boolean', shown),
    field('CompletedDateTime', 'datetime', shown),
    // These two stand only where Shared Activities is on.
    field('WhoCount', 'int', shown),
    field('WhatCount', 'int', shown),
    key,
  ]),
  // Stands only where Shared Activities is on.
  table(
    'TaskRelation',
    '0RT',
    [
      point('TaskId', ['Task'], { required: true, updateable: false }),
      point('RelationId', [...who, ...what], { required: true, updateable: false }),
      field('IsWhat', 'boolean', { updateable: false, fallback: false }),
    ],
    { label: 'Task Relation' },
  ),
  table('Event', '00U', [
    text('Subject', 255),
    field('StartDateTime', 'datetime', { required: true }),
    field('EndDateTime', 'datetime', { required: true }),
    text('Location', 255),
    point('WhoId', who),
    point('WhatId', what),
    owner,
    long('Description'),
    pick('ShowAs', ['Busy', 'OutOfOffice', 'Free'], { fallback: 'Busy' }),
    key,
  ]),
  table(
    'User',
    '005',
    [
      ...person(80),
      text('Username', 80, { required: true }),
      field('Email', 'email', { length: 128, required: true }),
      field('IsActive', 'boolean', { fallback: true }),
      point('UserRoleId', [], { relationship: null }),
      point('ManagerId', ['User']),
      text('TimeZoneSidKey', 40),
      field('Phone', 'phone', { length: 40 }),
      text('Title', 80),
    ],
    { createable: false },
  ),
  table(
    'UserRecordAccess',
    '',
    [
      point('UserId', ['User'], { relationship: null }),
      point('RecordId', [], { relationship: null }),
      field('HasReadAccess', 'boolean'),
      field('HasEditAccess', 'boolean'),
      field('HasDeleteAccess', 'boolean'),
      field('HasTransferAccess', 'boolean'),
      field('HasAllAccess', 'boolean'),
      pick('MaxAccessLevel', ['None', 'Read', 'Edit', 'Delete', 'Transfer', 'All']),
    ],
    { createable: false, bare: true },
  ),
  table(
    'OpportunityStage',
    '01J',
    [
      text('ApiName', 255, shown),
      text('MasterLabel', 255, shown),
      field('IsActive', 'boolean', shown),
      field('IsClosed', 'boolean', shown),
      field('IsWon', 'boolean', shown),
      field('SortOrder', 'int', shown),
      field('DefaultProbability', 'double', shown),
      text('ForecastCategoryName', 40, shown),
    ],
    { createable: false },
  ),
  // Stands only where an admin has made record types.
  table(
    'RecordType',
    '012',
    [text('Name', 80, shown), text('DeveloperName', 80, shown), text('SobjectType', 40, shown), field('IsActive', 'boolean', shown)],
    { label: 'Record Type', createable: false },
  ),
  // Our package's own object and field, as its metadata says; a test compares them.
  table('ROS_Call__c', 'a00', [
    text('Name', 80, shown),
    text('ROS_External_Id__c', 64, { required: true, externalId: true, unique: true }),
    point('Opportunity__c', ['Opportunity']),
    point('Account__c', ['Account']),
    point('Contact__c', ['Contact']),
    point('Lead__c', ['Lead']),
    field('Started_At__c', 'datetime'),
    field('Duration_Seconds__c', 'double'),
    long('Summary__c', 32_768),
    owner,
  ]),
]);

/** Field names are nowhere case-sensitive. */
export const fieldOf = (object: ObjectTable, name: string): Field | undefined => object.fields.get(name.toLowerCase());
const byPrefix = new Map([...objects.values()].map((one) => [one.prefix, one]));
export const objectOfId = (id: string): ObjectTable | undefined => byPrefix.get(id.slice(0, 3));

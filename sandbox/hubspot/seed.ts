import type { cast as Cast } from '../cast.ts';
import { link } from './link.ts';
import { person } from './people.ts';
import { claim, derive } from './records.ts';
import type { ObjectType } from './schema.ts';
import type { HubspotState, Pipeline } from './state.ts';

/** The cast's portal: one company, contact and deal of the story, and a few others so that lists look real. */
export function seed(cast: typeof Cast, at: string): HubspotState {
  const hubspot = cast.hubspot;
  const state = empty(hubspot.portalId, hubspot.appId);
  state.owners = [
    owner(hubspot.rep, cast.rep, { id: '301', name: 'Mid-market' }),
    owner(hubspot.teammate, cast.teammate, { id: '301', name: 'Mid-market' }),
    owner(hubspot.colleague, cast.colleague, { id: '302', name: 'Enterprise' }),
  ];
  const put = (type: ObjectType, id: string, properties: Record<string, string>) => {
    const by = person(hubspot.rep.userId);
    const source = { hs_object_source: by.type, hs_object_source_id: by.id, hs_object_source_label: by.type };
    const row = { id, properties: { ...properties, ...source, hs_object_id: id }, createdAt: at, updatedAt: at, archived: false, by };
    state.rows[type][id] = row;
    claim(state, type, row);
    derive(state, type, row);
  };
  const rep = hubspot.rep.ownerId;
  const colleague = hubspot.colleague.ownerId;

  put('companies', hubspot.companyId, { name: cast.company.name, domain: cast.company.domain, hubspot_owner_id: rep });
  put('contacts', hubspot.contactId, {
    firstname: cast.customer.first,
    lastname: cast.customer.last,
    email: cast.customer.email,
    phone: cast.customer.phone,
    jobtitle: cast.customer.title,
    hubspot_owner_id: rep,
  });
  put('deals', hubspot.dealId, {
    dealname: cast.deal.name,
    amount: String(cast.deal.amount),
    pipeline: 'default',
    dealstage: hubspot.stage,
    hubspot_owner_id: rep,
  });
  link(state, 'deals', hubspot.dealId, 'contacts', hubspot.contactId);
  link(state, 'deals', hubspot.dealId, 'companies', hubspot.companyId);
  link(state, 'contacts', hubspot.contactId, 'companies', hubspot.companyId);

  for (const [n, other] of others.entries()) {
    const [companyId, contactId, dealId] = [`80${n + 10}`, `90${n + 10}`, `70${n + 10}`];
    const ownerId = other.colleague ? colleague : rep;
    put('companies', companyId, { name: other.company, domain: other.domain, hubspot_owner_id: ownerId });
    put('contacts', contactId, {
      firstname: other.first,
      lastname: other.last,
      email: other.email,
      phone: other.phone,
      hubspot_owner_id: ownerId,
    });
    put('deals', dealId, {
      dealname: other.deal,
      amount: other.amount,
      pipeline: 'default',
      dealstage: other.stage,
      hubspot_owner_id: ownerId,
      ...(other.stage.startsWith('closed') ? { closedate: at } : {}),
    });
    link(state, 'deals', dealId, 'contacts', contactId);
    link(state, 'deals', dealId, 'companies', companyId);
    link(state, 'contacts', contactId, 'companies', companyId);
  }
  return state;
}

/** Written the way people type them, so that matching by number is not an accident. */
const others = [
  {
    first: 'Jonas',
    last: 'Abara',
    email: 'jonas@northquay.example',
    phone: '(415) 555-0161',
    company: 'Northquay',
    domain: 'northquay.example',
    deal: 'Northquay, pilot',
    amount: '12000',
    stage: 'appointmentscheduled',
    colleague: false,
  },
  {
    first: 'Inés',
    last: 'Carreño',
    email: 'ines@altamaruja.example',
    phone: '+34 910 55 01 72',
    company: 'Altamaruja',
    domain: 'altamaruja.example',
    deal: 'Altamaruja, 40 seats',
    amount: '28800',
    stage: 'decisionmakerboughtin',
    colleague: true,
  },
  {
    first: 'Tobias',
    last: 'Renner',
    email: 'tobias@kettwerk.example',
    phone: '+49 30 555 0183',
    company: 'Kettwerk',
    domain: 'kettwerk.example',
    deal: 'Kettwerk, renewal',
    amount: '54000',
    stage: 'contractsent',
    colleague: false,
  },
  {
    first: 'Priya',
    last: 'Nand',
    email: 'priya@saltmarsh.example',
    phone: '+1 415 555 0194',
    company: 'Saltmarsh Foods',
    domain: 'saltmarsh.example',
    deal: 'Saltmarsh, first year',
    amount: '19000',
    stage: 'closedwon',
    colleague: true,
  },
];

/** A state file of an older sandbox, with what it lacks. */
export function complete(state: HubspotState, cast: typeof Cast): HubspotState {
  const fresh = empty(state.portalId, cast.hubspot.appId);
  const whole = { ...fresh, ...state };
  for (const part of ['rows', 'properties', 'groups', 'unique', 'merged'] as const)
    Object.assign(whole[part], { ...fresh[part], ...whole[part] });
  for (const row of Object.values(whole.rows).flatMap((rows) => Object.values(rows))) row.by ??= person(cast.hubspot.rep.userId);
  return Object.assign(state, whole);
}

function empty(portalId: number, appId: number): HubspotState {
  const byType = <T>(make: () => T) => ({
    contacts: make(),
    companies: make(),
    deals: make(),
    calls: make(),
    notes: make(),
    tasks: make(),
    emails: make(),
    meetings: make(),
  });
  return {
    portalId,
    appId,
    rules: { searchLagMs: 3_000, requireAtStage: {}, labels: true },
    labels: [],
    merged: byType(() => ({})),
    blocked: {},
    nextId: 20_000,
    rows: byType(() => ({})),
    links: {},
    properties: byType(() => ({})),
    groups: byType(() => ({ information: { label: 'Information', displayOrder: 0 } })),
    unique: byType(() => ({})),
    pipelines: [standard],
    owners: [],
    codes: {},
    access: {},
    refresh: {},
  };
}

const owner = (
  ids: { userId: number; ownerId: string },
  person: { first: string; last: string; email: string },
  team: { id: string; name: string },
) => ({
  id: ids.ownerId,
  userId: ids.userId,
  email: person.email,
  firstName: person.first,
  lastName: person.last,
  teams: [{ ...team, primary: true }],
  archived: false,
});

const stage = (id: string, label: string, displayOrder: number, probability: string, isClosed = 'false') => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed, probability },
});

/** The pipeline every new portal has. */
const standard: Pipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  displayOrder: 0,
  stages: [
    stage('appointmentscheduled', 'Appointment Scheduled', 0, '0.2'),
    stage('qualifiedtobuy', 'Qualified To Buy', 1, '0.4'),
    stage('presentationscheduled', 'Presentation Scheduled', 2, '0.6'),
    stage('decisionmakerboughtin', 'Decision Maker Bought-In', 3, '0.8'),
    stage('contractsent', 'Contract Sent', 4, '0.9'),
    stage('closedwon', 'Closed Won', 5, '1.0', 'true'),
    stage('closedlost', 'Closed Lost', 6, '0.0', 'true'),
  ],
};

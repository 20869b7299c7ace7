import { cast } from '../cast.ts';
import { makeId } from './ids.ts';
import { objects, stages } from './objects.ts';
import { emptyState, type OrgState, openOrg, type Row } from './state.ts';
import { insert } from './write.ts';

const { salesforce } = cast;
const roles = { head: '00E5f000000HEADAAA', east: '00E5f000000EASTAAA', west: '00E5f000000WESTAAA' };
const people = {
  admin: '0055f000000ADMIAAA',
  head: '0055f000000HEADAAA',
  gone: '0055f000000GONEAAA',
};
/** The admin's user, under which other products write. */
export const otherProduct = people.admin;
const day = 86_400_000;

/** The cast's org, then others that have nothing to do with it. */
export const orgIdOf = (n: number): string => (n === 1 ? salesforce.orgId : makeId('00D', n));

/** User names are unique among all orgs: every further org's carry its number. */
export const usernameOf = (username: string, n: number): string => (n === 1 ? username : username.replace('@', `+${n}@`));

/**
 * A sales org with Private sharing: Sam and Lena sit in two teams under one head of sales, so Lena cannot see Sam's deal. The nth org is a copy with ids of its
 * own for the org alone: its records carry the same ids, as in a sandbox made from production.
 */
export function seed(now: number, n = 1): OrgState {
  const state = emptyState(now, orgIdOf(n), usernameOf(salesforce.integrationUser.username, n));
  const org = openOrg(state, () => now);
  state.roles = { [roles.head]: null, [roles.east]: roles.head, [roles.west]: roles.head };
  state.preauthorised = [salesforce.integrationUser.id];
  state.seesAll = [salesforce.integrationUser.id, people.admin];
  const add = (object: string, row: Row) => {
    const table = objects.get(object);
    if (table) insert(org, people.admin, table, row);
  };
  for (const row of users()) add('User', { ...row, Username: usernameOf(String(row.Username), n) });
  for (const [i, [name, probability, closed, won, category]] of stages.entries())
    add('OpportunityStage', {
      Id: makeId('01J', i + 1),
      ApiName: name,
      MasterLabel: name,
      IsActive: true,
      IsClosed: closed,
      IsWon: won,
      SortOrder: i + 1,
      DefaultProbability: probability,
      ForecastCategoryName: category,
    });
  for (const [object, row] of [...cobalt(now), ...others(now)]) add(object, row);
  state.nextId = 1000;
  return state;
}

function users(): Row[] {
  const user = (id: string, first: string, last: string, email: string, more: Row = {}): Row => ({
    Id: id,
    FirstName: first,
    LastName: last,
    Username: email,
    Email: email,
    IsActive: true,
    UserRoleId: null,
    ManagerId: null,
    TimeZoneSidKey: cast.timeZone,
    ...more,
  });
  const { rep, colleague } = cast;
  return [
    user(people.admin, 'Ada', 'Moreau', 'admin@brightloop.example', { Title: 'Salesforce administrator' }),
    user(salesforce.integrationUser.id, 'Relationship OS', 'Integration', salesforce.integrationUser.username),
    user(people.head, 'Priya', 'Raman', 'priya@brightloop.example', { UserRoleId: roles.head, Title: 'Head of sales' }),
    user(salesforce.rep.userId, rep.first, rep.last, rep.email, { UserRoleId: roles.east, ManagerId: people.head, Phone: rep.phone }),
    user(salesforce.colleague.userId, colleague.first, colleague.last, colleague.email, { UserRoleId: roles.west, ManagerId: people.head }),
    user(people.gone, 'Tom', 'Adeyemi', 'tom@brightloop.example', { IsActive: false }),
  ];
}

const dateIn = (now: number, days: number) => new Date(now + days * day).toISOString().slice(0, 10);

/** The deal of the sample call. */
function cobalt(now: number): [string, Row][] {
  const OwnerId = salesforce.rep.userId;
  const { customer, company, deal } = cast;
  return [
    [
      'Account',
      {
        Id: salesforce.accountId,
        Name: company.name,
        Website: company.domain,
        Industry: 'Transportation',
        BillingCity: 'Boston',
        OwnerId,
        Erp_Number__c: 'C-1007',
      },
    ],
    [
      'Contact',
      {
        Id: salesforce.contactId,
        FirstName: customer.first,
        LastName: customer.last,
        Email: customer.email,
        Phone: national(customer.phone),
        Title: customer.title,
        AccountId: salesforce.accountId,
        OwnerId,
      },
    ],
    [
      'Opportunity',
      {
        Id: salesforce.opportunityId,
        Name: deal.name,
        Amount: deal.amount,
        AccountId: salesforce.accountId,
        StageName: salesforce.stage,
        Probability: 20,
        CloseDate: dateIn(now, 40),
        NextStep: 'Agree on the rollout',
        OwnerId,
      },
    ],
    [
      'OpportunityContactRole',
      {
        Id: makeId('00K', 1),
        OpportunityId: salesforce.opportunityId,
        ContactId: salesforce.contactId,
        Role: 'Decision Maker',
        IsPrimary: true,
      },
    ],
  ];
}

/** Numbers stand in an org as people typed them. */
const national = (e164: string) => e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');

/** Neighbours, so that lists, searches and reports are not about one deal alone. */
function others(now: number): [string, Row][] {
  const sam = salesforce.rep.userId;
  const lena = salesforce.colleague.userId;
  const firms = [
    {
      name: 'Harrow & Pine',
      city: 'Portland',
      owner: sam,
      who: ['Jonas', 'Pine'],
      phone: '503-555-0117',
      deal: ['Harrow & Pine, pilot', 'Qualification', 18_000],
    },
    {
      name: 'Tessel Robotics',
      city: 'Austin',
      owner: sam,
      who: ['Amara', 'Osei'],
      phone: '+1 512 555 0163',
      deal: ['Tessel Robotics, support desk', 'Negotiation/Review', 142_000],
    },
    {
      name: 'Nordhavn Energi',
      city: 'Aarhus',
      owner: lena,
      who: ['Freja', 'Holm'],
      phone: '+45 32 12 55 01',
      deal: ['Nordhavn Energi, 60 seats', 'Value Proposition', 51_500],
    },
    {
      name: 'Quillfeather Press',
      city: 'Leeds',
      owner: lena,
      who: ['Imran', 'Shah'],
      phone: '0113 496 0142',
      deal: ['Quillfeather Press, renewal', 'Closed Won', 22_400],
    },
  ] as const;
  return firms.flatMap(({ name, city, owner, who, phone, deal }, i): [string, Row][] => {
    const n = i + 10;
    const [accountId, contactId, dealId] = [makeId('001', n), makeId('003', n), makeId('006', n)];
    const [dealName, stage, amount] = deal;
    const probability = stages.find(([one]) => one === stage)?.[1] ?? 0;
    return [
      ['Account', { Id: accountId, Name: name, BillingCity: city, OwnerId: owner }],
      ['Contact', { Id: contactId, FirstName: who[0], LastName: who[1], MobilePhone: phone, AccountId: accountId, OwnerId: owner }],
      [
        'Opportunity',
        {
          Id: dealId,
          Name: dealName,
          Amount: amount,
          AccountId: accountId,
          StageName: stage,
          Probability: probability,
          CloseDate: dateIn(now, 20 + n),
          OwnerId: owner,
        },
      ],
      [
        'OpportunityContactRole',
        { Id: makeId('00K', n), OpportunityId: dealId, ContactId: contactId, Role: 'Decision Maker', IsPrimary: true },
      ],
    ];
  });
}

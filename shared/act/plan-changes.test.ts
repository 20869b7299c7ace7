import { describe, expect, test } from 'vitest';
import { cast } from '../../sandbox/cast.ts';
import type { Insight, NextStep } from '../contracts/insight.ts';
import { quietInsight } from '../contracts/quiet-insight.ts';
import type { Evidence, Role } from '../contracts/transcript.ts';
import { type PlanInput, planChanges } from './plan-changes.ts';

const said = (quote: string, seq: number, startMs: number, role: Role = 'customer'): Evidence => ({
  quote,
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  startMs,
  endMs: startMs + 3_000,
});
const step = (text: string, over: Partial<NextStep> = {}): NextStep => ({
  text,
  owner: 'rep',
  hedged: false,
  confidence: 0.9,
  evidence: said(`I'll ${text}`, 10, 61_000, 'rep'),
  ...over,
});
const headline = 'Cobalt Freight wants a proposal for 120 seats';
const insight = (over: Partial<Insight> = {}) => quietInsight({ sentiment: 0.6, headline, ...over });
const stages = [
  { id: 'appointmentscheduled', label: 'Appointment Scheduled', probability: 0.2, closed: false },
  { id: 'qualifiedtobuy', label: 'Qualified To Buy', probability: 0.4, closed: false },
  { id: 'presentationscheduled', label: 'Presentation Scheduled', probability: 0.6, closed: false },
  { id: 'closedwon', label: 'Closed Won', probability: 1, closed: true },
];
const call: PlanInput['call'] = {
  id: 'call-1',
  record: { object: 'deal', id: '7001' },
  contact: { object: 'contact', id: '9001' },
  repName: cast.rep.name,
  customerName: cast.customer.name,
  customerEmail: cast.customer.email,
  ownerId: '501',
  direction: 'outbound',
  startedAt: '2026-11-18T19:00:00Z',
  durationMs: 90_000,
  timeZone: cast.timeZone,
  fromNumber: cast.rep.phone,
  toNumber: cast.customer.phone,
  seller: cast.seller,
};
const where = { record: call.record, also: [call.contact] };

const sample = insight({
  bullets: [{ text: 'The price is hard to defend', evidence: said('it is twice what we pay today', 5, 31_000) }],
  objections: [
    { type: 'price', confidence: 0.9, evidence: said('it is twice what we pay today', 5, 31_000) },
    { type: 'implementation', confidence: 0.9, evidence: said('My other worry is the rollout.', 9, 52_000) },
  ],
  competitors: [{ name: 'Zendara', confidence: 0.9, evidence: said('We are also looking at Zendara', 7, 40_000) }],
  buyingSignals: [{ type: 'commit', confidence: 0.9, evidence: said('We want to go ahead with a proposal', 11, 70_000) }],
  nextSteps: [
    step('Send Maya the security questionnaire and the rollout plan', {
      dueText: 'by Thursday',
      dueAt: '2026-11-19T17:00:00-05:00',
      evidence: said("I'll send you the security questionnaire and the rollout plan by Thursday.", 10, 61_000, 'rep'),
    }),
    step('Put the proposal together', { evidence: said("I'll put the proposal together.", 12, 75_000, 'rep') }),
    step('Meet with Maya next Tuesday at ten', {
      owner: 'both',
      dueText: 'next Tuesday at ten',
      dueAt: '2026-11-24T10:00:00-05:00',
      evidence: said("Let's meet again next Tuesday at ten", 12, 77_000, 'rep'),
    }),
    step('Maya to ask Zendara how they route tickets', { owner: 'customer', evidence: said('I will.', 9, 50_000) }),
  ],
});

test('the sample call, change by change', () => {
  const planned = planChanges({ call, insight: sample, record: { stageId: 'qualifiedtobuy', stages } });
  expect(planned).toEqual([
    {
      ...where,
      confidence: 1,
      ordinal: 0,
      action: 'log-call',
      policy: 'auto',
      reason: 'Every call is logged once',
      evidence: [sample.bullets[0]!.evidence],
      body: {
        kind: 'log-call',
        title: 'Call with Maya Lindqvist',
        direction: 'outbound',
        startedAt: call.startedAt,
        durationMs: 90_000,
        ownerId: '501',
        fromNumber: '+14155550100',
        toNumber: '+14155550142',
        body: 'Cobalt Freight wants a proposal for 120 seats\n\n• The price is hard to defend\n  [00:31] “it is twice what we pay today” (Maya Lindqvist)',
      },
    },
    {
      ...where,
      confidence: 1,
      ordinal: 1,
      action: 'add-note',
      policy: 'auto',
      reason: 'What the call taught about them',
      evidence: expect.any(Array),
      body: {
        kind: 'add-note',
        at: '2026-11-18T19:01:30.000Z',
        ownerId: '501',
        body: [
          'From the call with Maya Lindqvist',
          'Worries:\n• Price\n  [00:31] “it is twice what we pay today” (Maya Lindqvist)\n• Rollout\n  [00:52] “My other worry is the rollout.” (Maya Lindqvist)',
          'Also looking at:\n• Zendara\n  [00:40] “We are also looking at Zendara” (Maya Lindqvist)',
          'They will:\n• Maya to ask Zendara how they route tickets\n  [00:50] “I will.” (Maya Lindqvist)',
        ].join('\n\n'),
      },
    },
    {
      ...where,
      confidence: 0.9,
      ordinal: 2,
      action: 'add-task',
      policy: 'auto',
      reason: 'You promised it on the call',
      evidence: [sample.nextSteps[0]!.evidence],
      body: {
        kind: 'add-task',
        subject: 'Send Maya the security questionnaire and the rollout plan',
        dueAt: '2026-11-19T17:00:00-05:00',
        ownerId: '501',
        body: "“I'll send you the security questionnaire and the rollout plan by Thursday.”\nSaid by Sam Okafor on the call with Maya Lindqvist.",
      },
    },
    {
      ...where,
      confidence: 0.9,
      ordinal: 3,
      action: 'add-task',
      policy: 'auto',
      reason: 'You promised it on the call',
      evidence: [sample.nextSteps[1]!.evidence],
      body: {
        kind: 'add-task',
        subject: 'Put the proposal together',
        dueAt: '2026-11-19T09:00:00-05:00',
        ownerId: '501',
        body: "“I'll put the proposal together.”\nSaid by Sam Okafor on the call with Maya Lindqvist.",
      },
    },
    {
      ...where,
      confidence: 0.9,
      ordinal: 4,
      action: 'add-task',
      policy: 'auto',
      reason: 'You agreed it on the call',
      evidence: [sample.nextSteps[2]!.evidence],
      body: {
        kind: 'add-task',
        subject: 'Schedule: meet with Maya next Tuesday at ten',
        dueAt: '2026-11-24T10:00:00-05:00',
        ownerId: '501',
        body: "“Let's meet again next Tuesday at ten”\nSaid by Sam Okafor on the call with Maya Lindqvist.",
      },
    },
    {
      ...where,
      confidence: 0.9,
      ordinal: 5,
      action: 'move-stage',
      policy: 'suggest',
      reason: 'They said they want to go ahead',
      evidence: [sample.buyingSignals[0]!.evidence],
      body: {
        kind: 'move-stage',
        from: 'qualifiedtobuy',
        to: 'presentationscheduled',
        fromLabel: 'Qualified To Buy',
        toLabel: 'Presentation Scheduled',
      },
    },
    {
      ...where,
      confidence: 1,
      ordinal: 6,
      action: 'draft-email',
      policy: 'suggest',
      evidence: expect.any(Array),
      reason: 'You promised: send Maya the security questionnaire and the rollout plan by Thursday, November 19',
      body: {
        kind: 'draft-email',
        to: ['maya@cobaltfreight.example'],
        subject: 'Our call on Wednesday, November 18: next steps',
        body: [
          'Hi Maya,',
          'thank you for your time on Wednesday, November 18. Here is what we said, so that neither of us has to remember it.',
          'What I will do:\n- Send you the security questionnaire and the rollout plan by Thursday, November 19\n- Put the proposal together',
          'What we agreed to do together:\n- Meet on Tuesday, November 24 at 10 AM',
          'What you kindly took on:\n- Ask Zendara how they route tickets',
          'And I have noted what matters to you:\n- “it is twice what we pay today”\n- “My other worry is the rollout.”',
          'If I misheard anything, just reply and tell me.',
          'Best regards,\nSam\nBrightloop',
        ].join('\n\n'),
      },
    },
  ]);
  expect(planChanges({ call, insight: sample, record: { stageId: 'qualifiedtobuy', stages } })).toEqual(planned);
});

const kinds = (over: Partial<Insight>, withCall: Partial<PlanInput['call']> = {}) =>
  planChanges({ call: { ...call, ...withCall }, insight: insight(over), record: { stages: [] } }).map(
    ({ ordinal, action, policy }) => `${ordinal} ${action} ${policy}`,
  );

test('logs a call that said nothing, and nothing else', () => {
  expect(kinds({})).toEqual(['0 log-call auto']);
});

test('asks before it writes a hedged step, after the certain ones', () => {
  expect(kinds({ nextSteps: [step('call legal', { hedged: true }), step('send the plan')] }).slice(1, 3)).toEqual([
    '2 add-task auto',
    '3 add-task suggest',
  ]);
});

test('plans at most three tasks, each once, none for the customer', () => {
  const nextSteps = ['a', 'b', 'A.', 'c', 'd'].map((text) => step(text));
  expect(kinds({ nextSteps: [step('z', { owner: 'customer' }), ...nextSteps] }).filter((kind) => kind.includes('task'))).toHaveLength(3);
});

test('drafts no email without an address, and none out of hedged words alone', () => {
  const { customerEmail: _, ...noEmail } = call;
  const actions = (over: PlanInput) => planChanges(over).map((change) => change.action);
  expect(actions({ call: noEmail, insight: sample, record: { stages: [] } })).not.toContain('draft-email');
  expect(actions({ call, insight: insight({ nextSteps: [step('call legal', { hedged: true })] }), record: { stages: [] } })).not.toContain(
    'draft-email',
  );
});

test('keeps the ordinal of a change when others come or go', () => {
  expect(kinds({ nextSteps: [step('send the plan')] })).toEqual(['0 log-call auto', '2 add-task auto', '6 draft-email suggest']);
});

const names = { stage: 'dealstage', nextStep: 'hs_next_step', amount: 'amount', closeDate: 'closedate' };
const blank = [
  { field: 'hs_next_step', label: 'Next step', value: null, by: 'unknown', isOurValue: 'unknown' },
  { field: 'amount', label: 'Amount', value: null, by: 'unknown', isOurValue: 'unknown' },
  { field: 'closedate', label: 'Close date', value: '2026-12-31T00:00:00Z', by: 'us', isOurValue: true },
] as const;
const fieldsOf = (over: Partial<Insight>, input: Partial<PlanInput> = {}) =>
  planChanges({ call, insight: insight(over), record: { stages: [] }, deal: { crm: 'HubSpot', names, standing: blank }, ...input })
    .filter(({ body }) => body.kind === 'set-field')
    .map(({ ordinal, policy, body, reason }) => [ordinal, policy, body, reason]);
const budget = { type: 'budget', confidence: 0.9, evidence: said('We have sixty thousand dollars for this.', 3, 9_000) } as const;
const sign = { type: 'commit', confidence: 0.9, evidence: said('We will sign the contract by December 15th.', 4, 12_000) } as const;

test('what the call says of the deal’s own fields is proposed, each over what stands there', () => {
  expect(fieldsOf({ nextSteps: [step('send the plan')], buyingSignals: [budget, sign] })).toEqual([
    [
      7,
      'suggest',
      { kind: 'set-field', field: 'hs_next_step', label: 'Next step', mode: 'fill-blank', from: null, to: 'Send the plan' },
      'It is what you agreed to do next',
    ],
    [
      8,
      'suggest',
      { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'fill-blank', from: null, to: '60000' },
      'Maya named a budget',
    ],
    [
      9,
      'suggest',
      {
        kind: 'set-field',
        field: 'closedate',
        label: 'Close date',
        mode: 'overwrite',
        from: '2026-12-31T00:00:00Z',
        to: '2026-12-15',
      },
      'Maya said when they want to sign',
    ],
  ]);
});

test('a value that somebody else put there becomes a question, however automatic the field', () => {
  const standing = [
    { ...blank[0], value: 'Wait for legal', by: 'other', who: 'Dana', at: '2026-11-03T10:00:00Z', isOurValue: false } as const,
  ];
  const overrides = [{ subject: 'set-field:deal.hs_next_step', policy: 'auto' } as const];
  const nextSteps = [step('send the plan')];
  const policies = (deal: PlanInput['deal']) =>
    fieldsOf({ nextSteps }, { overrides, ...(deal ? { deal } : {}) }).map(([, policy, , reason]) => [policy, reason]);
  expect(policies({ crm: 'HubSpot', names, standing })).toEqual([
    ['suggest', 'It is what you agreed to do next. Dana changed the next step in HubSpot on 3 November. You decide.'],
  ]);
  const ours = [{ ...standing[0]!, by: 'us', isOurValue: true } as const];
  expect(policies({ crm: 'HubSpot', names, standing: ours })).toEqual([['auto', 'It is what you agreed to do next']]);
});

test('a tenant’s word on a kind or a field counts', () => {
  const planned = planChanges({
    call,
    insight: sample,
    record: { stageId: 'qualifiedtobuy', stages },
    overrides: [
      { subject: 'add-task', policy: 'suggest' },
      { subject: 'move-stage', policy: 'never' },
    ],
  });
  expect(planned.map(({ action, policy }) => `${action} ${policy}`)).toEqual([
    'log-call auto',
    'add-note auto',
    'add-task suggest',
    'add-task suggest',
    'add-task suggest',
    'move-stage never',
    'draft-email suggest',
  ]);
});

test('a call that another product logged is added to', () => {
  const [log] = planChanges({ call, insight: insight(), record: { stages: [] }, existing: '5501' });
  expect(log).toMatchObject({
    body: { kind: 'log-call', existing: '5501' },
    reason: 'The call is in your CRM already, so what was said is added to it',
  });
});

describe('a commitment that was badly heard', () => {
  const deal = {
    crm: 'HubSpot',
    names: { nextStep: 'hs_next_step', amount: 'amount', closeDate: 'closedate', stage: 'dealstage' },
    standing: ['hs_next_step', 'amount', 'closedate', 'dealstage'].map((field) => ({
      field,
      label: field,
      value: null,
      by: 'unknown' as const,
      isOurValue: 'unknown' as const,
    })),
  };
  const everything = [
    'add-task',
    'add-note',
    'move-stage',
    'set-field:deal.hs_next_step',
    'set-field:deal.amount',
    'set-field:deal.closedate',
  ];
  const overrides = everything.map((subject) => ({ subject, policy: 'auto' as const }));
  const planned = (heard?: number) => {
    const badly = heard === undefined ? {} : { heard };
    const by = (quote: string, seq: number, role: Role) => ({ ...said(quote, seq, seq * 5_000, role), ...badly });
    return planChanges({
      call,
      deal,
      overrides,
      record: { stageId: 'qualifiedtobuy', stages },
      insight: insight({
        nextSteps: [
          step('Send Maya the rollout plan', { evidence: by("I'll send you the rollout plan", 10, 'rep') }),
          step('Talk to finance', { owner: 'customer', evidence: by("I'll talk to finance", 12, 'customer') }),
        ],
        buyingSignals: [
          { type: 'commit', confidence: 0.9, evidence: by('We want to sign the contract by December 4', 11, 'customer') },
          { type: 'budget', confidence: 0.9, evidence: by('We have $50,000 for it', 13, 'customer') },
        ],
      }),
    }).map(({ action, policy, reason, confidence }) => [action, policy, reason, confidence]);
  };

  test('is written by itself when it was heard well, where the tenant wants that', () => {
    const well = planned();
    expect(well.filter(([, policy]) => policy !== 'auto').map(([action]) => action)).toEqual(['draft-email']);
    expect(well.map(([action]) => action)).toEqual([
      'log-call',
      'add-note',
      'add-task',
      'move-stage',
      'next-step',
      'amount',
      'close-date',
      'draft-email',
    ]);
    expect(planned(0.8)).toEqual(well);
  });

  test('waits for a person, with the reason, whatever the tenant wants: the task, the note, the stage, the amount and the date', () => {
    const check = ', but it was hard to hear, so please check it first';
    expect(planned(0.35)).toEqual(
      planned().map(([action, policy, reason, confidence]) =>
        action === 'log-call' || action === 'draft-email'
          ? [action, policy, reason, confidence]
          : [action, 'suggest', `${reason}${check}`, 0.35],
      ),
    );
  });

  test('is never made more than the tenant allows', () => {
    const never = planChanges({
      call,
      record: { stages },
      overrides: [{ subject: 'add-task', policy: 'never' }],
      insight: insight({ nextSteps: [step('Send it', { evidence: { ...said("I'll send it", 10, 61_000, 'rep'), heard: 0.2 } })] }),
    });
    expect(never.find(({ action }) => action === 'add-task')?.policy).toBe('never');
  });
});

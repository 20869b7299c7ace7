import type { ChangeBody, Policy } from '../contracts/change.ts';
import type { EmailTone } from '../contracts/email.ts';
import type { Insight, NextStep } from '../contracts/insight.ts';
import type { RecordRef, Stage } from '../contracts/record.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { nextBusinessDay } from '../kit/time.ts';
import { harmlessName } from '../understand/harmless.ts';
import { isPoorlyHeard } from '../understand/poorly-heard.ts';
import { draftEmail } from './draft-email.ts';
import { type DealFields, inMode } from './fields.ts';
import { type Standing, yielded } from './human-wins.ts';
import { type FieldValue, planFields } from './plan-fields.ts';
import { autoTasksMax, modeFor, type Override, policyFor, strictest } from './policies.ts';
import { bare, firstName, lowerFirst, sayStep, upperFirst } from './say-promise.ts';
import { suggestStage } from './suggest-stage.ts';
import { callBody, noteBody } from './write-up.ts';

export interface PlanInput {
  call: {
    id: string;
    record: RecordRef;
    contact?: RecordRef;
    repName: string;
    customerName: string;
    customerEmail?: string;
    /** The CRM's id of the user who owns what we write. */
    ownerId?: string;
    direction: 'inbound' | 'outbound';
    /** ISO 8601. */
    startedAt: string;
    durationMs: number;
    /** IANA name. */
    timeZone: string;
    fromNumber?: string;
    toNumber?: string;
    /** The selling company, for the email's signature. */
    seller?: string;
    /** How the proposed email sounds. */
    tone?: EmailTone;
  };
  insight: Insight;
  /** The deal as it stands; `stages` are those of its own pipeline, in order. */
  record: { stageId?: string; stages: readonly Stage[] };
  /** The deal's own fields under the host's names, as they stand; without them only its stage is spoken of. */
  deal?: { crm: string; names: DealFields; standing: readonly (FieldValue & Standing)[] };
  /** What the tenant wants otherwise than the safe defaults. */
  overrides?: readonly Override[];
  /** What the CRM has of this call already from another product. */
  existing?: string;
  /** Further records the call belongs to, beside its contact. */
  also?: readonly RecordRef[];
}

export interface PlannedChange {
  /** Its fixed place in the ChangeSet: unique within a call, the same each time the call is understood. */
  ordinal: number;
  /** A stable word for the idempotency key. */
  action: ChangeBody['kind'] | FieldAction;
  policy: Policy;
  record: RecordRef;
  also: RecordRef[];
  body: ChangeBody;
  reason: string;
  evidence: Evidence[];
  /** 0..1 */
  confidence: number;
}

type FieldAction = 'next-step' | 'amount' | 'close-date';
const place = {
  'log-call': 0,
  'add-note': 1,
  'add-task': 2,
  'move-stage': 2 + autoTasksMax,
  'draft-email': 3 + autoTasksMax,
  'next-step': 4 + autoTasksMax,
  amount: 5 + autoTasksMax,
  'close-date': 6 + autoTasksMax,
} as const;
/** Places from here on are for tasks that a later look at the call finds. */
export const freePlace = 100;

/** What a call should change. Records of what happened are automatic; what changes the deal or leaves the company waits for a person. */
export function planChanges(asked: PlanInput): PlannedChange[] {
  // A name out of a CRM goes into titles, notes and emails: it is words there, and neither a link nor markup.
  const { repName, customerName } = asked.call;
  const input = { ...asked, call: { ...asked.call, repName: harmlessName(repName), customerName: harmlessName(customerName) } };
  const { overrides = [] } = input;
  return drafted(input)
    .map(asHeard)
    .flatMap((change) => {
      const policy = strictest(change.policy, policyFor(change.record.object, change.body, overrides));
      if (change.body.kind === 'move-stage') return [humanWins({ ...change, policy }, input)];
      if (change.body.kind !== 'set-field') return [{ ...change, policy }];
      const body = inMode(change.body, modeFor(change.record.object, change.body.field, overrides));
      return body ? [humanWins({ ...change, policy, body }, input)] : [];
    });
}

/** What changes the deal or binds somebody is not written on words that were badly heard: a person looks first. */
function asHeard(change: PlannedChange): PlannedChange {
  const poor = change.evidence.filter(isPoorlyHeard);
  if (poor.length === 0 || change.body.kind === 'log-call' || change.body.kind === 'draft-email') return change;
  return {
    ...change,
    policy: strictest('suggest', change.policy),
    reason: `${change.reason}, but it was hard to hear, so please check it first`,
    confidence: Math.min(change.confidence, ...poor.map(({ heard = 1 }) => heard)),
  };
}

/** A value that a person put there is theirs: what would be written at once becomes a question. */
function humanWins(change: PlannedChange, { deal }: PlanInput): PlannedChange {
  const field = change.body.kind === 'set-field' ? change.body.field : deal?.names.stage;
  const now = deal?.standing.find((one) => one.field === field);
  if (!deal || !now) return change;
  // A stage that waits for a person anyway keeps its own reason.
  if (change.body.kind === 'move-stage' && change.policy !== 'auto') return change;
  return yielded(change, now, deal.crm);
}

/** Everything the call speaks for, each with the strictest policy that its own words ask for. */
function drafted({ call, insight, record, deal, existing, also = [] }: PlanInput): PlannedChange[] {
  const where = { record: call.record, also: others(call, also) };
  const owner = call.ownerId === undefined ? {} : { ownerId: call.ownerId };
  const planned: PlannedChange[] = [
    {
      ...where,
      ordinal: place['log-call'],
      action: 'log-call',
      policy: 'auto',
      body: {
        kind: 'log-call',
        title: `Call with ${call.customerName}`,
        body: callBody(insight),
        direction: call.direction,
        startedAt: call.startedAt,
        durationMs: call.durationMs,
        ...(call.fromNumber === undefined ? {} : { fromNumber: call.fromNumber }),
        ...(call.toNumber === undefined ? {} : { toNumber: call.toNumber }),
        ...(existing === undefined ? {} : { existing }),
        ...owner,
      },
      reason: existing === undefined ? 'Every call is logged once' : 'The call is in your CRM already, so what was said is added to it',
      evidence: insight.bullets.map((bullet) => bullet.evidence),
      confidence: 1,
    },
  ];

  const note = noteBody(insight, call);
  if (note) {
    const at = new Date(Date.parse(call.startedAt) + call.durationMs).toISOString();
    const body: ChangeBody = { kind: 'add-note', body: note.body, at, ...owner };
    planned.push({
      ...where,
      ordinal: place['add-note'],
      action: 'add-note',
      policy: 'auto',
      body,
      reason: 'What the call taught about them',
      evidence: note.evidence,
      confidence: 1,
    });
  }

  for (const [i, step] of tasksOf(insight).entries()) {
    const dueAt = step.dueAt ?? nextBusinessDay(call.startedAt, call.timeZone);
    planned.push({
      ...where,
      ordinal: place['add-task'] + i,
      action: 'add-task',
      policy: step.hedged || step.confidence < SURE_MIN ? 'suggest' : 'auto',
      body: {
        kind: 'add-task',
        subject: subjectOf(step),
        body: `“${step.evidence.quote}”\nSaid by ${step.evidence.speaker} on the call with ${call.customerName}.`,
        dueAt,
        ...owner,
      },
      reason: reasonOf(step),
      evidence: [step.evidence],
      confidence: step.confidence,
    });
  }

  const from = record.stages.find((stage) => stage.id === record.stageId);
  const stage = from && call.record.object === 'deal' ? suggestStage(insight, from.id, record.stages) : null;
  if (from && stage) {
    planned.push({
      ...where,
      ordinal: place['move-stage'],
      action: 'move-stage',
      policy: 'auto',
      body: { kind: 'move-stage', from: from.id, to: stage.to.id, fromLabel: from.label, toLabel: stage.to.label },
      reason: stage.reason,
      evidence: [stage.evidence],
      confidence: insight.buyingSignals.find(({ evidence }) => evidence === stage.evidence)?.confidence ?? 1,
    });
  }

  const fields = deal && call.record.object === 'deal' ? planFields(insight, call, deal.names, deal.standing) : [];
  for (const { action, evidence, ...field } of fields) {
    planned.push({ ...where, ordinal: place[action], action, policy: 'auto', evidence: [evidence], ...field });
  }

  const email = call.customerEmail === undefined ? null : draftEmail(call, insight);
  if (email && call.customerEmail !== undefined) {
    planned.push({
      ...where,
      ordinal: place['draft-email'],
      action: 'draft-email',
      policy: 'suggest',
      body: { kind: 'draft-email', to: [call.customerEmail], subject: email.subject, body: email.body },
      reason: emailReason(insight, call),
      evidence: email.evidence,
      confidence: 1,
    });
  }
  return planned;
}

/** The contact first, each once, and never the record itself. */
function others({ record, contact }: PlanInput['call'], also: readonly RecordRef[]): RecordRef[] {
  const all = new Map([...(contact ? [contact] : []), ...also].map((ref) => [`${ref.object}/${ref.id}`, ref]));
  return [...all.values()].filter(({ object, id }) => object !== record.object || id !== record.id);
}

/** What the rep has to do, certain things first, each once. */
function tasksOf({ nextSteps }: Insight): NextStep[] {
  const ours = nextSteps.filter((step) => step.owner !== 'customer');
  const ordered = [...ours.filter((step) => !step.hedged), ...ours.filter((step) => step.hedged)];
  return [...new Map(ordered.map((step) => [plain(step.text), step] as const).reverse())]
    .map(([, step]) => step)
    .reverse()
    .slice(0, autoTasksMax);
}

function subjectOf({ text, owner }: NextStep): string {
  const said = upperFirst(bare(text));
  return owner === 'both' && !/^(schedule|book|arrange|set up)\b/i.test(said) ? `Schedule: ${lowerFirst(said)}` : said;
}

/** Below this a promise was hard to hear or to make out: a person looks first. */
const SURE_MIN = 0.6;

function reasonOf({ hedged, owner, confidence }: NextStep): string {
  if (confidence < SURE_MIN) return 'It was hard to make out, so please look before it counts';
  if (hedged) return 'It was said with an “if”, so it is yours to decide';
  return owner === 'both' ? 'You agreed it on the call' : 'You promised it on the call';
}

function emailReason({ nextSteps }: Insight, { timeZone, customerName }: PlanInput['call']): string {
  const promised = nextSteps.find((step) => step.owner === 'rep' && !step.hedged);
  if (!promised) return `${firstName(customerName)} has not heard from you since the call`;
  return `You promised: ${lowerFirst(sayStep(promised, timeZone))}`;
}

import type { ChangeBody, Policy } from '../contracts/change.ts';
import type { Insight, NextStep } from '../contracts/insight.ts';
import type { RecordRef, Stage } from '../contracts/record.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { nextBusinessDay } from '../kit/time.ts';
import { draftEmail } from './draft-email.ts';
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
  };
  insight: Insight;
  /** The deal as it stands; `stages` are those of its own pipeline, in order. */
  record: { stageId?: string; stages: readonly Stage[] };
}

export interface PlannedChange {
  /** Its fixed place in the ChangeSet: unique within a call, the same each time the call is understood. */
  ordinal: number;
  /** A stable word for the idempotency key. */
  action: ChangeBody['kind'];
  policy: Policy;
  record: RecordRef;
  also: RecordRef[];
  body: ChangeBody;
  reason: string;
  evidence: Evidence[];
}

const tasksMax = 3;
const place = { 'log-call': 0, 'add-note': 1, 'add-task': 2, 'move-stage': 2 + tasksMax, 'draft-email': 3 + tasksMax } as const;

/** What a call should change. Records of what happened are automatic; what changes the deal or leaves the company waits for a person. */
export function planChanges({ call, insight, record }: PlanInput): PlannedChange[] {
  const where = { record: call.record, also: call.contact && call.contact.id !== call.record.id ? [call.contact] : [] };
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
        ...owner,
      },
      reason: 'Every call is logged once',
      evidence: insight.bullets.map((bullet) => bullet.evidence),
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
    });
  }

  for (const [i, step] of tasksOf(insight).entries()) {
    const dueAt = step.dueAt ?? nextBusinessDay(call.startedAt, call.timeZone);
    planned.push({
      ...where,
      ordinal: place['add-task'] + i,
      action: 'add-task',
      policy: step.hedged ? 'suggest' : 'auto',
      body: {
        kind: 'add-task',
        subject: subjectOf(step),
        body: `“${step.evidence.quote}”\nSaid by ${step.evidence.speaker} on the call with ${call.customerName}.`,
        dueAt,
        ...owner,
      },
      reason: reasonOf(step),
      evidence: [step.evidence],
    });
  }

  const from = record.stages.find((stage) => stage.id === record.stageId);
  const stage = from && call.record.object === 'deal' ? suggestStage(insight, from.id, record.stages) : null;
  if (from && stage) {
    planned.push({
      ...where,
      ordinal: place['move-stage'],
      action: 'move-stage',
      policy: 'suggest',
      body: { kind: 'move-stage', from: from.id, to: stage.to.id, fromLabel: from.label, toLabel: stage.to.label },
      reason: stage.reason,
      evidence: [stage.evidence],
    });
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
    });
  }
  return planned;
}

/** What the rep has to do, certain things first, each once. */
function tasksOf({ nextSteps }: Insight): NextStep[] {
  const ours = nextSteps.filter((step) => step.owner !== 'customer');
  const ordered = [...ours.filter((step) => !step.hedged), ...ours.filter((step) => step.hedged)];
  return [...new Map(ordered.map((step) => [plain(step.text), step] as const).reverse())]
    .map(([, step]) => step)
    .reverse()
    .slice(0, tasksMax);
}

function subjectOf({ text, owner }: NextStep): string {
  const said = upperFirst(bare(text));
  return owner === 'both' && !/^(schedule|book|arrange|set up)\b/i.test(said) ? `Schedule: ${lowerFirst(said)}` : said;
}

function reasonOf({ hedged, owner }: NextStep): string {
  if (hedged) return 'It was said with an “if”, so it is yours to decide';
  return owner === 'both' ? 'You agreed it on the call' : 'You promised it on the call';
}

function emailReason({ nextSteps }: Insight, { timeZone, customerName }: PlanInput['call']): string {
  const promised = nextSteps.find((step) => step.owner === 'rep' && !step.hedged);
  if (!promised) return `${firstName(customerName)} has not heard from you since the call`;
  return `You promised: ${lowerFirst(sayStep(promised, timeZone))}`;
}

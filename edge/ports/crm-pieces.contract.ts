import type { CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Fault } from '../../shared/kit/result.ts';
import type { Crm, CrmUser, KeyedWrite, Written } from './crm.ts';

/** A field of the deal, by its exact name. */
interface FieldFact {
  field: string;
  label: string;
}

/** A fresh CRM with known people in it, what people do in it, and looks past the adapter at what really stands there. */
export interface OpenCrm {
  crm: Crm;
  /** `personNumber` is E.164 and belongs to one person, who is `contact` and sits on the open `deal`. `nextStage` is in its pipeline. */
  facts: {
    /** The CRM's own name, as sentences say it. */
    name: string;
    personNumber: string;
    personName: string;
    personEmail: string;
    deal: RecordRef;
    contact: RecordRef;
    nextStage: string;
    /** Owns the deal. */
    owner: CrmUser;
    /** Who does what `edit` and the other hands do. */
    ownerName: string;
    /** A known user of the same CRM, in another team. */
    stranger: CrmUser;
    /** Two text fields, empty. */
    text: FieldFact;
    reason: FieldFact;
    /** A number field with something in it. */
    amount: FieldFact & { now: string };
    /** Takes a few exact values alone. */
    choice: FieldFact;
    /** Requests that a first call with note and task takes. */
    bundleRequests: number;
  };
  /** Calls, notes and tasks to be seen on the deal's timeline; only those written under `key` when one is given. */
  countActivities(key?: string): Promise<number>;
  /** The stage the vendor itself holds. */
  stageOf(deal: RecordRef): Promise<string>;
  /** What the vendor itself holds in a field of the deal; empty for nothing. */
  fieldOf(field: string): string;
  /** The words of an activity as the vendor holds them; undefined once it is gone. */
  bodyOf(kind: ActivityKind, id: string): string | undefined;
  /** The owner changes the deal by hand. */
  edit(fields: Record<string, string>): void;
  /** The owner rewrites an activity. */
  rewrite(kind: ActivityKind, id: string, body: string): void;
  /** The owner ticks a task off. */
  complete(id: string): void;
  /** From now on nobody gets a deal into this stage without the field. */
  wantAtStage(stage: string, field: string): void;
  /** Another product logs a call between the rep and the person, on both records. Its id. */
  logByOther(call: { startedAt: string; durationMs: number }): string;
  /** How many requests have come in. */
  requests(): number;
  close(): Promise<void>;
}

export type ActivityKind = 'call' | 'note' | 'task';
export type Start = () => Promise<OpenCrm>;

/** Keys are UUIDs in production. */
export const keyOf = (n: number) => `3f2c9a10-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A try as the writer hands it over: a first one, unless it is told otherwise. */
export const keyed = (change: CrmWrite, n: number, more: Partial<KeyedWrite> = {}): KeyedWrite => ({
  change,
  also: [],
  key: keyOf(n),
  isFirst: true,
  ...more,
});
export const again = (it: KeyedWrite): KeyedWrite => ({ ...it, isFirst: false });

/** The outcome of a bundle of one. */
export async function writeOne(crm: Crm, it: KeyedWrite, record: RecordRef): Promise<Written> {
  const [written] = await crm.write([it], record);
  if (!written) throw new Error('no outcome');
  return written;
}

export function value<T>(result: { ok: true; value: T } | { ok: false; fault: Fault }): T {
  if (!result.ok) throw new Error(`${result.fault.kind}: ${result.fault.said}`);
  return result.value;
}

export const fault = (result: { ok: true } | { ok: false; fault: Fault }): Fault | undefined => (result.ok ? undefined : result.fault);

/** An id of the vendor's own shape that nothing has. */
export const absent = ({ object, id }: RecordRef): RecordRef => ({
  object,
  id: /^\d+$/.test(id) ? '99999999' : `${id.slice(0, 5)}${'9'.repeat(Math.max(0, id.length - 8))}${id.slice(-3)}`,
});

export const call = {
  kind: 'log-call',
  title: 'Call with the customer',
  body: 'They asked for <b>120</b> seats & a plan.\nNext: security questionnaire.',
  direction: 'outbound',
  startedAt: '2026-11-20T15:00:00Z',
  durationMs: 83_000,
  fromNumber: '+14155550100',
  toNumber: '+14155550142',
} as const satisfies CrmWrite;
export const note = { kind: 'add-note', body: 'Compares us with another vendor.', at: '2026-11-20T15:02:00Z' } as const satisfies CrmWrite;
export const task = {
  kind: 'add-task',
  subject: 'Send the questionnaire',
  body: 'Promised on the call.',
  dueAt: '2026-11-26T17:00:00-05:00',
} as const satisfies CrmWrite;
export const activities: readonly CrmWrite[] = [call, note, task];

export const move = (from: string, to: string): CrmWrite => ({ kind: 'move-stage', from, to, fromLabel: from, toLabel: to });

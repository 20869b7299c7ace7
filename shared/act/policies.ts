import type { ChangeBody, ChangeKind, FieldMode, Policy } from '../contracts/change.ts';
import type { RecordObject } from '../contracts/record.ts';

/** What a tenant wants otherwise. `subject` is a change's kind, or `set-field:<object>.<field>`. */
export interface Override {
  subject: string;
  policy: Policy;
  mode?: FieldMode | null;
}

/** So many tasks of one call are written without asking; the rest wait. */
export const autoTasksMax = 3;

const defaults: Record<ChangeKind, Policy> = {
  'log-call': 'auto',
  'add-note': 'auto',
  'add-task': 'auto',
  'move-stage': 'suggest',
  'set-field': 'suggest',
  'draft-email': 'suggest',
  // It only ever comes from a person's own press.
  'remove-activity': 'auto',
};
const strictness: Record<Policy, number> = { auto: 0, suggest: 1, shadow: 2, never: 3 };

/** Who owns a record is not for a call to decide, and a stage moves by `move-stage`, which knows the pipeline. */
const untouchable = new Set(['ownerid', 'hubspot_owner_id', 'hs_all_owner_ids', 'dealstage', 'pipeline', 'stagename', 'isdeleted', 'id']);
/** A wrong value here costs a forecast: only a word about this very field makes it automatic. */
const weighty = new Set(['amount', 'closedate']);
const filledOnce = new Set(['amount', 'closedate']);

export const strictest = (a: Policy, b: Policy): Policy => (strictness[a] >= strictness[b] ? a : b);

const fieldSubject = (object: RecordObject, field: string): string => `set-field:${object}.${field}`.toLowerCase();

/** May we write it at once, must a person say yes, or is it never ours to write? */
export function policyFor(object: RecordObject, body: ChangeBody, overrides: readonly Override[]): Policy {
  const said = (subject: string) => overrides.find((one) => one.subject.toLowerCase() === subject)?.policy;
  if (body.kind === 'remove-activity') return 'auto';
  const base = defaults[body.kind];
  if (body.kind === 'draft-email') return strictest('suggest', said('draft-email') ?? base);
  if (body.kind !== 'set-field') return said(body.kind) ?? base;
  const field = body.field.toLowerCase();
  if (untouchable.has(field)) return 'never';
  const own = said(fieldSubject(object, field));
  if (own) return own;
  const all = said('set-field') ?? base;
  return weighty.has(field) ? strictest('suggest', all) : all;
}

const kinds = ['log-call', 'add-note', 'add-task', 'move-stage', 'set-field'] as const;

/** Of a private call nothing is written without asking: in the CRM everybody would read it. */
export function askingFirst(overrides: readonly Override[]): Override[] {
  const unsaid = kinds.filter((kind) => !overrides.some(({ subject }) => subject.toLowerCase() === kind));
  const all = [...overrides, ...unsaid.map((subject) => ({ subject, policy: defaults[subject] }))];
  return all.map((one) => ({ ...one, policy: strictest('suggest', one.policy) }));
}

/** How a value goes into a field: what a person wrote at length is added to, what has one value is replaced. */
export function modeFor(object: RecordObject, field: string, overrides: readonly Override[]): FieldMode {
  const subject = fieldSubject(object, field);
  const own = overrides.find((one) => one.subject.toLowerCase() === subject)?.mode;
  if (own) return own;
  const name = field.toLowerCase();
  if (filledOnce.has(name)) return 'overwrite';
  return /description|notes|summary/.test(name) ? 'append' : 'overwrite';
}

/** Why this is no setting a tenant can have, in a sentence; null when it is one. */
export function refusesOverride({ subject, policy, mode }: Override): string | null {
  const field = /^set-field:(deal|contact|company|lead)\.([A-Za-z][A-Za-z0-9_]{0,99})$/.exec(subject)?.[2];
  if (field === undefined && !(subject in defaults)) return 'There is no such kind of change.';
  if (subject === 'remove-activity') return 'An undo is a person’s own press and has no policy.';
  if (subject === 'draft-email' && policy === 'auto') return 'An email always waits for a person.';
  if (field !== undefined && untouchable.has(field.toLowerCase()) && policy !== 'never') return 'This field is never written from a call.';
  const isValue = field !== undefined || subject === 'set-field' || subject === 'move-stage';
  if (policy === 'shadow' && !isValue) return 'Only fields and the stage can be watched: nobody else’s word stands beside the rest.';
  if (field === undefined && mode) return 'Only a field has a mode.';
  return null;
}

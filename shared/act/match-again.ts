import type { ChangeBody, ChangeState, Policy } from '../contracts/change.ts';
import type { RecordRef } from '../contracts/record.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { freePlace, type PlannedChange } from './plan-changes.ts';
import { autoTasksMax, strictest } from './policies.ts';

/** A change of the call as an earlier look at it left it. */
export interface EarlierChange {
  id: string;
  ordinal: number;
  version: number;
  state: ChangeState;
  policy: Policy;
  body: ChangeBody;
  evidence: readonly Evidence[];
  also: readonly RecordRef[];
  /** The body the CRM took, if it took one. */
  wrote: ChangeBody | null;
}

/** What a further look at a call does to its ChangeSet. */
export type Again =
  | { do: 'add'; change: PlannedChange }
  /** Under the same key, so that the CRM's record of it is brought up to date. */
  | {
      do: 'replace';
      id: string;
      version: number;
      from: ChangeState;
      to: 'due' | 'waiting' | 'parked' | 'shadow';
      policy: Policy;
      change: PlannedChange;
    }
  /** It is on its way this moment: look again later. */
  | { do: 'later' };

/**
 * Brings what was planned now together with what the same call planned before, so that nothing is doubled: a task is the same when its
 * words are, or when it stands on the same words of the call. What a person decided, and what is no longer found, stays as it is.
 */
export function matchAgain(planned: readonly PlannedChange[], earlier: readonly EarlierChange[]): Again[] {
  const tasks = pairTasks(
    planned.filter(isTask),
    earlier.filter(({ body }) => body.kind === 'add-task'),
  );
  const taken = new Set(earlier.map(({ ordinal }) => ordinal));
  let autoTasks = earlier.filter(({ body, policy, state }) => body.kind === 'add-task' && policy === 'auto' && state !== 'declined').length;

  return planned.flatMap((change): Again[] => {
    const before = isTask(change) ? tasks.get(change) : earlier.find(({ ordinal }) => ordinal === change.ordinal);
    if (before) return replaced(change, before);
    if (!isTask(change)) return [{ do: 'add', change }];
    let { ordinal } = change;
    for (let free = freePlace; taken.has(ordinal); free++) ordinal = free;
    taken.add(ordinal);
    const isOneTooMany = change.policy === 'auto' && autoTasks >= autoTasksMax;
    if (change.policy === 'auto' && !isOneTooMany) autoTasks += 1;
    return [{ do: 'add', change: { ...change, ordinal, ...(isOneTooMany ? { policy: 'suggest' as const } : {}) } }];
  });
}

const isTask = ({ body }: PlannedChange): boolean => body.kind === 'add-task';
const isActivity = ({ kind }: ChangeBody): boolean => kind === 'log-call' || kind === 'add-note' || kind === 'add-task';

function replaced(change: PlannedChange, before: EarlierChange): Again[] {
  const body = carried(change.body, before);
  if (sameBody(body, before.body)) return [];
  const replace = (to: 'due' | 'waiting' | 'parked' | 'shadow'): Again => {
    const { id, version, state } = before;
    return { do: 'replace', id, version, from: state, to, policy: strictest(before.policy, change.policy), change: { ...change, body } };
  };
  switch (before.state) {
    case 'due':
      return [replace(change.policy === 'auto' ? 'due' : change.policy === 'shadow' ? 'shadow' : 'waiting')];
    case 'waiting':
      return [replace(change.policy === 'shadow' ? 'shadow' : 'waiting')];
    case 'parked':
      return change.policy === 'shadow' ? [] : [replace('parked')];
    case 'shadow':
      // What a person did was compared with what we said then.
      return [];
    case 'written':
      // The stage and the fields have been moved since by people or by us; only our own notes are rewritten.
      return isActivity(body) ? [replace('due')] : [];
    case 'writing':
      return [{ do: 'later' }];
    default:
      return [];
  }
}

/** Which record a call was logged on is settled by the first write, and what a person filled in stays while it is asked for the same stage. */
function carried(body: ChangeBody, { body: before, wrote }: EarlierChange): ChangeBody {
  if (body.kind === 'log-call' && before.kind === 'log-call' && wrote !== null) {
    const { existing: _, ...rest } = body;
    return before.existing === undefined ? rest : { ...rest, existing: before.existing };
  }
  if (body.kind === 'move-stage' && before.kind === 'move-stage' && before.with && before.to === body.to)
    return { ...body, with: before.with };
  return body;
}

/** Each earlier task goes to one new task at most: the same words first, then the same quote, then the same turn. */
function pairTasks(planned: readonly PlannedChange[], earlier: readonly EarlierChange[]): Map<PlannedChange, EarlierChange> {
  const pairs = new Map<PlannedChange, EarlierChange>();
  const left = new Set(earlier);
  const rules: ((a: PlannedChange, b: EarlierChange) => boolean)[] = [
    (a, b) => subject(a.body) === subject(b.body),
    (a, b) => quotes(a).some((quote) => quotes(b).includes(quote)),
    (a, b) => onlyOf(planned, a) && onlyOf([...left], b) && turns(a).some((turn) => turns(b).includes(turn)),
  ];
  for (const fits of rules) {
    for (const change of planned) {
      if (pairs.has(change)) continue;
      const same = [...left].find((before) => fits(change, before));
      if (!same) continue;
      pairs.set(change, same);
      left.delete(same);
    }
  }
  return pairs;
}

/** Two promises in one turn are told apart by their words alone. */
const onlyOf = (all: readonly Said[], one: Said): boolean =>
  all.every((other) => other === one || !turns(other).some((turn) => turns(one).includes(turn)));

interface Said {
  evidence: readonly Evidence[];
}
const turns = ({ evidence }: Said): number[] => evidence.map(({ seq }) => seq);
const quotes = ({ evidence }: Said): string[] => evidence.map(({ quote }) => plain(quote));
const subject = (body: ChangeBody): string => (body.kind === 'add-task' ? plain(body.subject) : '');

/** Equal in every field, in whatever order the store gives them back. */
const sameBody = (a: ChangeBody, b: ChangeBody): boolean => canonical(a) === canonical(b);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
    .join()}}`;
}

import type { RecordRef } from '../../../shared/contracts/record.ts';
import { type Fault, failed } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import type { Desk, Outcomes } from './desk.ts';
import { enrichTask } from './enrich-task.ts';
import { limitWaitMs, plain } from './faults.ts';
import { isActivity, isId } from './map.ts';
import { removeTask } from './remove-task.ts';
import { writeFields } from './write-fields.ts';
import { writeTasks } from './write-tasks.ts';

/** A bundle on one record: all tasks in one request, then the record's own fields, then what is taken back. */
export async function write(desk: Desk, changes: readonly KeyedWrite[], record: RecordRef): Promise<Written[]> {
  const all = (fault: Fault) => changes.map(() => failed(fault));
  if (!isId(record.id)) return all({ kind: 'gone', said: 'This is not the id of a Salesforce record.' });
  const spent = overBudget(desk);
  if (spent) return all(spent);
  const outcomes: Outcomes = new Map();
  const keep = (more: Outcomes) => {
    for (const [it, written] of more) outcomes.set(it, written);
  };

  const tasks: KeyedWrite[] = [];
  const later: (() => Promise<Outcomes>)[] = [];
  for (const it of changes) {
    const { change } = it;
    if (change.kind === 'log-call' && change.existing !== undefined) later.push(() => enrichTask(desk, it, record));
    else if (isActivity(change)) tasks.push(it);
  }
  const fields = changes.filter(({ change }) => change.kind === 'set-field' || change.kind === 'move-stage');
  if (fields.length > 0) later.push(() => writeFields(desk, fields, record));
  for (const it of changes) if (it.change.kind === 'remove-activity') later.push(() => removeTask(desk, it));

  if (tasks.length > 0) keep(await writeTasks(desk, tasks, record));
  for (const next of later) {
    if (stoppedBy(outcomes)) break;
    keep(await next());
  }
  const stopped = stoppedBy(outcomes) ?? { kind: 'broken', said: 'Salesforce could not be spoken to.' };
  return changes.map((it) => {
    const outcome = outcomes.get(it) ?? failed(stopped);
    return outcome.ok ? outcome : failed(plain(outcome.fault));
  });
}

/** The admin's cap on the org's daily API calls, which all products share. */
function overBudget({ budget }: Desk): Fault | undefined {
  const usage = budget?.last?.();
  if (!budget || !usage || usage.max === 0 || usage.used / usage.max < budget.share) return undefined;
  const percent = Math.round((usage.used / usage.max) * 100);
  return {
    kind: 'busy',
    said: `The org has used ${percent} % of its daily Salesforce API calls; we stop at ${Math.round(budget.share * 100)} %.`,
    retryAfterMs: limitWaitMs,
  };
}

/** Once Salesforce asks for patience, the rest of the bundle waits: it has not left, so it is not ambiguous. */
function stoppedBy(outcomes: Outcomes): Fault | undefined {
  for (const written of outcomes.values()) {
    if (written.ok || !['busy', 'broken', 'expired'].includes(written.fault.kind)) continue;
    const { kind, said, retryAfterMs } = written.fault;
    return { kind, said, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  return undefined;
}

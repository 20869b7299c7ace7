import type { ObjectTable } from './field.ts';
import { core, looksLikeId, makeId } from './ids.ts';
import { objects } from './objects.ts';
import { malformedId, Refusal } from './refusal.ts';
import { find, idOf, type Org, type Row, rowsOf, sameId } from './state.ts';
import { drop } from './table.ts';

const peopleMax = 50;

type Insert = (org: Org, userId: string, object: ObjectTable, row: Row) => void;

/** `TaskWhoIds` apart from the fields of the row. Its first person is the task's own; without Shared Activities no such field exists. */
export function splitWho(org: Org, object: ObjectTable, body: unknown): { body: unknown; ids: string[] | undefined; first: Row } {
  if (object.name !== 'Task' || !org.state.rules.sharedActivities || typeof body !== 'object' || body === null)
    return { body, ids: undefined, first: {} };
  const { TaskWhoIds, ...rest } = body as { TaskWhoIds?: unknown; WhoId?: unknown };
  if (TaskWhoIds === undefined) return { body, ids: undefined, first: {} };
  if (!Array.isArray(TaskWhoIds)) throw new Refusal(400, 'JSON_PARSER_ERROR', 'The request could not be read: TaskWhoIds is not a list');
  const ids = TaskWhoIds.map((id) => personOf(org, String(id)));
  if (ids.length > peopleMax)
    throw new Refusal(400, 'FIELD_INTEGRITY_EXCEPTION', `A task can have at most ${peopleMax} people`, ['TaskWhoIds']);
  if (ids.length > 1 && ids.some((id) => id.startsWith('00Q')))
    throw new Refusal(400, 'FIELD_INTEGRITY_EXCEPTION', 'A task with a lead has no other people', ['TaskWhoIds']);
  return { body: rest, ids, first: rest.WhoId === undefined && ids[0] ? { WhoId: ids[0] } : {} };
}

/** Keeps the task's relations in step with its own fields, and with `TaskWhoIds` when that was sent. */
export function relate(
  org: Org,
  userId: string,
  object: ObjectTable,
  { before, row, ids }: { before?: Row; row: Row; ids: readonly string[] | undefined },
  insert: Insert,
): void {
  const table = objects.get('TaskRelation');
  if (!table || !org.state.rules.sharedActivities) return;
  if (object.name === 'TaskRelation') {
    if (rowsOf(org, 'TaskRelation').some((one) => one.Id !== row.Id && sameTie(one, row)))
      throw new Refusal(400, 'DUPLICATE_VALUE', 'duplicate value found: the task has this relation already');
    return;
  }
  if (object.name !== 'Task') return;
  const standing = rowsOf(org, 'TaskRelation').filter((one) => sameId(one.TaskId, row.Id));
  const own = [row.WhoId, row.WhatId].filter((id) => typeof id === 'string');
  // Another person in the task's own field takes the former one's place.
  const others = standing.filter((one) => !one.IsWhat && !sameId(one.RelationId, before?.WhoId)).map((one) => String(one.RelationId));
  const wanted = new Set([...own, ...(ids ?? others)].map(core));
  for (const one of standing) if (!wanted.delete(core(String(one.RelationId)))) drop(org, table, one);
  for (const id of wanted) {
    const to = find(org, id);
    if (!to) continue;
    const isWhat = to.object.name !== 'Contact' && to.object.name !== 'Lead';
    const Id = makeId('0RT', org.state.nextId++);
    insert(org, userId, table, { Id, TaskId: idOf(row), RelationId: idOf(to.row), IsWhat: isWhat });
  }
}

const sameTie = (a: Row, b: Row) => sameId(a.TaskId, b.TaskId) && sameId(a.RelationId, b.RelationId);

function personOf(org: Org, id: string): string {
  if (!looksLikeId(id)) throw malformedId('TaskWhoIds', id);
  const found = find(org, id);
  if (!found || (found.object.name !== 'Contact' && found.object.name !== 'Lead'))
    throw new Refusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['TaskWhoIds']);
  return idOf(found.row);
}

import type { Field, ObjectTable } from './field.ts';
import { stages } from './objects.ts';
import { find, type Org, type Row, rowsOf, sameId, type Value } from './state.ts';

type Formula = (row: Row, org: Org) => Value;

const fullName: Formula = (row) => [row.FirstName, row.LastName].filter(Boolean).join(' ');
const stageOf = (row: Row) => stages.find(([name]) => name === row.StageName);
const isDone: Formula = (row) => row.Status === 'Completed';

const formulas: Record<string, Record<string, Formula>> = {
  Contact: { Name: fullName },
  Lead: { Name: fullName },
  User: { Name: fullName },
  Opportunity: {
    IsClosed: (row) => stageOf(row)?.[2] ?? false,
    IsWon: (row) => stageOf(row)?.[3] ?? false,
    ForecastCategoryName: (row) => stageOf(row)?.[4] ?? null,
  },
  Task: {
    IsClosed: isDone,
    IsHighPriority: (row) => row.Priority === 'High',
    WhoCount: (row, org) => ties(row, org, false),
    WhatCount: (row, org) => ties(row, org, true),
    AccountId: (row, org) => accountOf(row.WhatId, org) ?? accountOf(row.WhoId, org),
  },
};

const ties = (row: Row, org: Org, isWhat: boolean) =>
  rowsOf(org, 'TaskRelation').filter((one) => sameId(one.TaskId, row.Id) && one.IsWhat === isWhat).length;

/** What the platform itself works out: an activity belongs to the account of what it is about. */
function accountOf(id: Value | undefined, org: Org): Value {
  const found = typeof id === 'string' ? find(org, id) : undefined;
  if (found?.object.name === 'Account') return found.row.Id ?? null;
  return found?.row.AccountId ?? null;
}

export const read = (org: Org, object: ObjectTable, row: Row, field: Field): Value =>
  formulas[object.name]?.[field.name]?.(row, org) ?? row[field.name] ?? (field.type === 'boolean' ? false : null);

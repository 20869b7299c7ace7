import type { ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { find, idOf, type Org, type Row, rowOf, rowsOf, sameId } from './state.ts';

export type Level = 'None' | 'Read' | 'Edit' | 'All';

/**
 * Who sees a record in an org with Private sharing: its owner, roles above the owner's, users it was shared with, and those with
 * View All Data. Contacts and activities go with their parent; an opportunity's owner may read its account.
 */
function levelOf(org: Org, userId: string, object: ObjectTable, row: Row): Level {
  const user = rowOf(org, 'User', userId);
  if (!user || user.IsActive === false) return 'None';
  const given = org.state.levels[`${core(userId)}:${core(idOf(row))}`];
  if (given) return given;
  if (open.has(object.name)) return 'Read';
  if (has(org.state.seesAll, userId) || sameId(row.OwnerId, userId) || isAbove(org, user, row)) return 'All';
  if (org.state.shares.some((share) => sameId(share.recordId, row.Id) && sameId(share.userId, userId))) return 'Edit';
  return parentLevel(org, userId, object, row);
}

export const canRead = (org: Org, userId: string, object: ObjectTable, row: Row): boolean => levelOf(org, userId, object, row) !== 'None';
export const canEdit = (org: Org, userId: string, object: ObjectTable, row: Row): boolean =>
  ['Edit', 'All'].includes(levelOf(org, userId, object, row));

/** The same question with nothing but ids, as UserRecordAccess and Apex ask it. */
export function levelFor(org: Org, userId: string, recordId: string): Level {
  const found = find(org, recordId);
  return found ? levelOf(org, userId, found.object, found.row) : 'None';
}

const open = new Set(['User', 'OpportunityStage', 'RecordType']);

const has = (ids: readonly string[], id: string) => ids.some((one) => core(one) === core(id));

function isAbove(org: Org, user: Row, row: Row): boolean {
  const owner = typeof row.OwnerId === 'string' ? rowOf(org, 'User', row.OwnerId) : undefined;
  let role = owner?.UserRoleId ? (org.state.roles[String(owner.UserRoleId)] ?? null) : null;
  while (role !== null) {
    if (role === user.UserRoleId) return true;
    role = org.state.roles[role] ?? null;
  }
  return false;
}

const parents: Record<string, readonly string[]> = {
  Contact: ['AccountId'],
  OpportunityContactRole: ['OpportunityId'],
  OpportunityFieldHistory: ['OpportunityId'],
  TaskRelation: ['TaskId'],
  Task: ['WhatId', 'WhoId'],
  Event: ['WhatId', 'WhoId'],
};

function parentLevel(org: Org, userId: string, object: ObjectTable, row: Row): Level {
  for (const name of parents[object.name] ?? []) {
    const parent = typeof row[name] === 'string' ? levelFor(org, userId, row[name]) : 'None';
    if (parent !== 'None') return parent;
  }
  const sells =
    object.name === 'Account' &&
    rowsOf(org, 'Opportunity').some((deal) => sameId(deal.AccountId, idOf(row)) && sameId(deal.OwnerId, userId));
  return sells ? 'Read' : 'None';
}

import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmUser, Reach } from '../../ports/crm.ts';
import type { Talk } from './client.ts';
import { isId, objectName, sameId } from './map.ts';
import { quote, quoteAll } from './soql.ts';

const access = z.object({ RecordId: z.string(), HasReadAccess: z.boolean() });
const owned = z.object({ OwnerId: z.nullable(z.string()) });
const colleague = z.object({ Id: z.string(), UserRoleId: z.nullable(z.string()), ManagerId: z.nullable(z.string()) });

const nothing: Reach = { owner: false, team: false, any: false };
const gone = { kind: 'gone', said: 'Salesforce has no such record.' } as const;

/**
 * Asks the platform itself what this user may read, then who the record belongs to. The team is people in the owner's role, and the
 * owner's manager; it never widens what the platform allows.
 */
export async function reach({ client, signal }: Talk, user: CrmUser, ref: RecordRef): Promise<Result<Reach>> {
  if (!isId(ref.id)) return failed(gone);
  if (!isId(user.id)) return ok(nothing);
  const [allowed, owners] = await Promise.all([
    client.query(
      `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = ${quote(user.id)} AND RecordId = ${quote(ref.id)}`,
      access,
      signal,
    ),
    client.query(`SELECT OwnerId FROM ${objectName[ref.object]} WHERE Id = ${quote(ref.id)}`, owned, signal),
  ]);
  // An id of another object is refused, not empty; either way this user gets nothing.
  if (!allowed.ok) return allowed.fault.kind === 'gone' ? ok(nothing) : allowed;
  if (!owners.ok) return owners.fault.kind === 'gone' ? ok(nothing) : owners;
  if (owners.value.length === 0) return failed(gone);
  const ownerId = owners.value[0]?.OwnerId;
  if (!allowed.value.some((row) => sameId(row.RecordId, ref.id) && row.HasReadAccess) || !ownerId) return ok(nothing);
  if (sameId(ownerId, user.id)) return ok({ owner: true, team: true, any: true });
  const both = await client.query(
    `SELECT Id, UserRoleId, ManagerId FROM User WHERE Id IN ${quoteAll([user.id, ownerId])}`,
    colleague,
    signal,
  );
  if (!both.ok) return both;
  const asker = both.value.find(({ Id }) => sameId(Id, user.id));
  const owner = both.value.find(({ Id }) => sameId(Id, ownerId));
  const isManager = owner?.ManagerId ? sameId(owner.ManagerId, user.id) : false;
  const sharesRole = Boolean(asker?.UserRoleId) && asker?.UserRoleId === owner?.UserRoleId;
  return ok({ owner: false, team: isManager || sharesRole, any: true });
}

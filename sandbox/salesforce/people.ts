import type { ObjectTable } from './field.ts';
import { core, makeId } from './ids.ts';
import { objects } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import { atomically, find, idOf, type Org, type Row, rowOf, rowsOf, sameId, stamp, type Value } from './state.ts';
import { put } from './table.ts';
import { bin, change, create, insert, note, remove, update } from './write.ts';

/** A change somebody makes on the record page; the org's rules hold for them too. Throws a Refusal. */
export const edit = (org: Org, object: string, id: string, fields: Row, userId: string): void =>
  atomically(org, () => update(org, userId, table(object), id, fields));

export const discard = (org: Org, object: string, id: string, userId: string): void =>
  atomically(org, () => remove(org, userId, table(object), id));

export const make = (org: Org, object: string, fields: Row, userId: string): string =>
  atomically(org, () => create(org, userId, table(object), fields));

/** Takes a record out of the recycle bin; a merged one stays there. */
export function undelete(org: Org, id: string, userId: string): void {
  const key = core(id);
  const binned = org.state.bin[key];
  if (!binned || binned.row.MasterRecordId) throw new Refusal(400, 'UNDELETE_FAILED', 'Entity is not in the recycle bin');
  atomically(org, () => {
    delete org.state.bin[key];
    org.undo.push(() => {
      org.state.bin[key] = binned;
    });
    const at = stamp(org.now());
    const row: Row = { ...binned.row, IsDeleted: false, LastModifiedDate: at, LastModifiedById: userId, SystemModstamp: at };
    put(org, table(binned.object), row);
    note(org, userId, table(binned.object), row, 'undeleted');
  });
}

const losersMax = 2;
const mergeable = ['Account', 'Contact', 'Lead'];

/** One record takes the place of up to two others: what pointed at them points at it, and they lie in the bin with its id. */
export function merge(org: Org, object: string, masterId: string, loserIds: readonly string[], userId: string): void {
  const of = table(object);
  const master = rowOf(org, object, masterId);
  const losers = loserIds.map((id) => rowOf(org, object, id)).filter((row) => row !== undefined);
  if (!mergeable.includes(object) || !master || losers.length < loserIds.length || losers.length > losersMax || losers.includes(master))
    throw new Refusal(400, 'INVALID_OPERATION', 'These records cannot be merged');
  atomically(org, () => {
    for (const loser of losers) {
      repoint(org, of, idOf(loser), idOf(master));
      note(org, userId, of, bin(org, userId, of, loser, idOf(master)), 'merged', { masterId: idOf(master) });
    }
    change(org, userId, of, master, { ...master });
  });
}

/** No trigger hears of the records that only point elsewhere afterwards. */
function repoint(org: Org, object: ObjectTable, from: string, to: string): void {
  for (const child of objects.values()) {
    const links = [...child.fields.values()].filter(({ refersTo, name }) => refersTo.includes(object.name) && name !== 'MasterRecordId');
    for (const row of links.length > 0 ? rowsOf(org, child.name) : []) {
      const moved = links.filter(({ name }) => sameId(row[name], from));
      if (moved.length > 0)
        put(org, child, { ...row, ...Object.fromEntries(moved.map(({ name }) => [name, to])), SystemModstamp: stamp(org.now()) });
    }
  }
}

export interface Conversion {
  /** Into these instead of new ones. */
  accountId?: string;
  contactId?: string;
  /** The new opportunity's name; false for none. The company's name when absent. */
  opportunity?: string | false;
}

export interface Converted {
  accountId: string;
  contactId: string;
  opportunityId: string | null;
}

/** What the Convert button does: the lead becomes a contact at an account, its activities move there, and it is read-only from then on. */
export function convertLead(org: Org, id: string, into: Conversion, userId: string): Converted {
  const lead = rowOf(org, 'Lead', id);
  if (!lead) throw notFound();
  if (lead.IsConverted === true) throw new Refusal(400, 'INVALID_STATUS', 'lead is already converted');
  return atomically(org, () => {
    const OwnerId = lead.OwnerId ?? userId;
    const accountId = into.accountId ?? create(org, userId, table('Account'), { Name: lead.Company, OwnerId });
    const person = { FirstName: lead.FirstName, LastName: lead.LastName, Email: lead.Email, Phone: lead.Phone, Title: lead.Title };
    const contactId =
      into.contactId ??
      create(org, userId, table('Contact'), { ...known(person), MobilePhone: lead.MobilePhone ?? null, AccountId: accountId, OwnerId });
    const opportunityId =
      into.opportunity === false ? null : newDeal(org, userId, String(into.opportunity ?? lead.Company), accountId, OwnerId);
    if (opportunityId) {
      const role = { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: true };
      create(org, userId, table('OpportunityContactRole'), role);
    }
    for (const kind of ['Task', 'Event'])
      for (const row of rowsOf(org, kind))
        if (sameId(row.WhoId, id))
          put(org, table(kind), { ...row, WhoId: contactId, WhatId: opportunityId ?? accountId, SystemModstamp: stamp(org.now()) });
    for (const row of rowsOf(org, 'TaskRelation'))
      if (sameId(row.RelationId, id)) put(org, table('TaskRelation'), { ...row, RelationId: contactId });
    change(org, userId, table('Lead'), lead, {
      ...lead,
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: stamp(org.now()).slice(0, 10),
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
      ConvertedOpportunityId: opportunityId,
    });
    return { accountId, contactId, opportunityId };
  });
}

function newDeal(org: Org, userId: string, name: string, accountId: string, OwnerId: Value): string {
  const CloseDate = stamp(org.now() + 90 * 86_400_000).slice(0, 10);
  return create(org, userId, table('Opportunity'), {
    Name: `${name}-`,
    AccountId: accountId,
    StageName: 'Prospecting',
    CloseDate,
    OwnerId,
  });
}

const known = (row: Record<string, Value | undefined>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null]));

export interface OtherCall {
  whatId?: string;
  whoId?: string;
  ownerId?: string;
  subject?: string;
  /** Milliseconds since 1970; the time of writing. */
  at: number;
  durationSeconds?: number;
  /** The other product's own id of the call. */
  callObject?: string;
}

/** A call that another product has put on the timeline, with none of our fields. Its author is that product's user. */
export function logCallByOther(org: Org, call: OtherCall, userId: string): string {
  const id = makeId('00T', org.state.nextId++);
  const owner = call.ownerId ?? (call.whatId ? find(org, call.whatId)?.row.OwnerId : undefined) ?? userId;
  atomically(org, () =>
    insert(org, userId, table('Task'), {
      Id: id,
      Subject: call.subject ?? 'Call',
      Status: 'Completed',
      Priority: 'Normal',
      TaskSubtype: 'Call',
      Type: 'Call',
      CallType: 'Outbound',
      ActivityDate: stamp(call.at).slice(0, 10),
      CompletedDateTime: stamp(call.at),
      CallDurationInSeconds: call.durationSeconds ?? null,
      CallObject: call.callObject ?? null,
      WhatId: call.whatId ?? null,
      WhoId: call.whoId ?? null,
      OwnerId: owner,
    }),
  );
  return id;
}

function table(name: string): ObjectTable {
  const found = objects.get(name);
  if (!found) throw new Error(`no object ${name}`);
  return found;
}

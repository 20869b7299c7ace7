import { levelFor } from './access.ts';
import { Refusal } from './refusal.ts';
import type { Query } from './soql.ts';
import { find, type Org, type Row } from './state.ts';

/** UserRecordAccess answers only to a question that names the user and the records. */
export function accessRows(org: Org, query: Query): Row[] {
  const parts = query.where?.kind === 'and' ? query.where.parts : query.where ? [query.where] : [];
  const given = (name: string): string[] => {
    const part = parts.find((one) => 'field' in one && one.field.toLowerCase() === name);
    if (part?.kind === 'in' && !part.not) return part.values.map(({ text }) => text);
    return part?.kind === 'compare' && part.op === '=' ? [part.value.text] : [];
  };
  const [userId] = given('userid');
  const records = given('recordid');
  if (!userId || records.length === 0 || records.length > 200)
    throw new Refusal(
      400,
      'INVALID_FIELD',
      'Can select only RecordId, a Has*Access field and MaxAccessLevel, filtered by UserId and at most 200 RecordIds',
    );
  return records.filter((id) => find(org, id)).map((id) => accessRow(org, userId, id));
}

function accessRow(org: Org, userId: string, recordId: string): Row {
  const level = levelFor(org, userId, recordId);
  const edits = level === 'Edit' || level === 'All';
  return {
    UserId: userId,
    RecordId: recordId,
    HasReadAccess: level !== 'None',
    HasEditAccess: edits,
    HasDeleteAccess: level === 'All',
    HasTransferAccess: level === 'All',
    HasAllAccess: level === 'All',
    MaxAccessLevel: level,
  };
}

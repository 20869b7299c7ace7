import type { ObjectTable } from './field.ts';
import { Refusal } from './refusal.ts';
import { idOf, type Org, type Row, rowsOf } from './state.ts';

/** What the org's own rules say about a whole row about to be saved. */
export function checkRules(org: Org, object: ObjectTable, before: Row | undefined, row: Row): void {
  const { rules } = org.state;
  const empty = (name: string) => (row[name] ?? '') === '';
  const missing = rules.required.flatMap((full) => {
    const [owner, name = ''] = full.split('.');
    return owner === object.name && empty(name) ? [name] : [];
  });
  if (missing.length > 0) throw new Refusal(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  checkRecordType(org, object, before, row);
  for (const rule of rules.validations) {
    if (rule.object !== object.name || (rule.stages && !rule.stages.includes(String(row.StageName)))) continue;
    if (rule.needs.some(empty))
      throw new Refusal(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, rule.field === undefined ? [] : [rule.field]);
  }
  if (rules.blocksDuplicates && !before) checkDuplicates(org, object, row);
}

/** The record type a new record gets when none was named. */
export const defaultRecordType = (org: Org, object: ObjectTable): Row => {
  const first = org.state.rules.recordTypes[object.name]?.[0];
  return first ? { RecordTypeId: first.id } : {};
};

function checkRecordType(org: Org, object: ObjectTable, before: Row | undefined, row: Row): void {
  const type = org.state.rules.recordTypes[object.name]?.find(({ id }) => id === row.RecordTypeId);
  for (const [name, values] of Object.entries(type?.values ?? {})) {
    const value = row[name];
    if (value === before?.[name] || value === null || value === undefined || values.includes(String(value))) continue;
    throw new Refusal(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', `${name}: bad value for restricted picklist field: ${value}`, [name]);
  }
}

function checkDuplicates(org: Org, object: ObjectTable, row: Row): void {
  const [name, among] = object.name === 'Account' ? ['Name', ['Account']] : ['Email', ['Contact', 'Lead']];
  const mine = among.includes(object.name) ? row[name] : undefined;
  if (typeof mine !== 'string') return;
  const same = (other: Row) => String(other[name] ?? '').toLowerCase() === mine.toLowerCase() && idOf(other) !== idOf(row);
  if (among.some((one) => rowsOf(org, one).some(same))) throw new Refusal(400, 'DUPLICATES_DETECTED', 'Use one of these records?');
}

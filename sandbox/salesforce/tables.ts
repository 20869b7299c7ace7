import type { Field, ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { objects } from './objects.ts';
import type { Rules } from './rules.ts';
import type { Org } from './state.ts';

export type Tables = ReadonlyMap<string, ObjectTable>;

const seen = new WeakMap<object, Map<string, Tables>>();

/**
 * The objects as this user meets them: without what the org has not switched on, and without what field-level security hides.
 * The rules object is replaced when an admin changes something, so its views go with it.
 */
export function tablesOf(org: Org, userId: string): Tables {
  const { rules } = org.state;
  const views = seen.get(rules) ?? new Map<string, Tables>();
  seen.set(rules, views);
  const fields = rules.fieldAccess[core(userId)];
  const who = fields ? core(userId) : '';
  const known = views.get(who);
  if (known) return known;
  const view = new Map([...objects].filter(([name]) => isOn(org, name)).map(([name, object]) => [name, viewOf(org, object, fields ?? {})]));
  views.set(who, view);
  return view;
}

/** Names are not case-sensitive in a query. */
export const tableCalled = (tables: Tables, name: string): ObjectTable | undefined =>
  tables.get(name) ?? [...tables.values()].find((one) => one.name.toLowerCase() === name.toLowerCase());

function isOn({ state: { rules } }: Org, object: string): boolean {
  if (object === 'TaskRelation') return rules.sharedActivities;
  if (object === 'OpportunityFieldHistory') return rules.keepsHistory;
  return object !== 'RecordType' || Object.keys(rules.recordTypes).length > 0;
}

function hasField(rules: Rules, object: ObjectTable, name: string): boolean {
  if (name === 'RecordTypeId') return rules.recordTypes[object.name] !== undefined;
  return rules.sharedActivities || (name !== 'WhoCount' && name !== 'WhatCount');
}

function viewOf({ state: { rules } }: Org, object: ObjectTable, access: Record<string, 'read' | 'none'>): ObjectTable {
  const fields = new Map<string, Field>();
  for (const [key, field] of object.fields) {
    const given = access[`${object.name}.${field.name}`];
    if (given === 'none' || !hasField(rules, object, field.name)) continue;
    const required = field.required || rules.required.includes(`${object.name}.${field.name}`);
    fields.set(key, { ...field, required, ...(given === 'read' ? { createable: false, updateable: false } : {}) });
  }
  return { ...object, fields };
}

type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'phone'
  | 'email';

/** What the platform enforces about one field. */
export interface Field {
  name: string;
  type: FieldType;
  length: number;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  filterable: boolean;
  /** Active values of a restricted picklist, in order. */
  values: readonly string[];
  refersTo: readonly string[];
  relationship: string | null;
  externalId: boolean;
  unique: boolean;
  /** Set on create when nothing was sent. */
  fallback: string | number | boolean | null;
}

export interface ObjectTable {
  name: string;
  label: string;
  prefix: string;
  createable: boolean;
  fields: Map<string, Field>;
  /** Child relationship name → child object and its field that points here. */
  children: Record<string, readonly [object: string, field: string]>;
}

export const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  name,
  type,
  length: 0,
  required: false,
  createable: true,
  updateable: true,
  filterable: true,
  values: [],
  refersTo: [],
  relationship: null,
  externalId: false,
  unique: false,
  fallback: null,
  ...more,
});
export const text = (name: string, length: number, more: Partial<Field> = {}) => field(name, 'string', { length, ...more });
export const long = (name: string, length = 32_000) => field(name, 'textarea', { length, filterable: false });
export const pick = (name: string, values: readonly string[], more: Partial<Field> = {}) =>
  field(name, 'picklist', { length: 255, values, ...more });
export const point = (name: string, refersTo: readonly string[], more: Partial<Field> = {}) =>
  field(name, 'reference', {
    length: 18,
    refersTo,
    relationship: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    ...more,
  });
export const shown = { createable: false, updateable: false };

/** What every object has. */
const system = [
  field('Id', 'id', { length: 18, ...shown }),
  field('IsDeleted', 'boolean', shown),
  field('CreatedDate', 'datetime', shown),
  point('CreatedById', ['User'], shown),
  field('LastModifiedDate', 'datetime', shown),
  point('LastModifiedById', ['User'], shown),
  field('SystemModstamp', 'datetime', shown),
];

export function table(
  name: string,
  prefix: string,
  fields: readonly Field[],
  more: { label?: string; createable?: boolean; children?: ObjectTable['children']; bare?: boolean } = {},
): [string, ObjectTable] {
  const all = more.bare ? fields : [...system, ...fields];
  return [
    name,
    {
      name,
      label: more.label ?? name,
      prefix,
      createable: more.createable ?? true,
      fields: new Map(all.map((one) => [one.name.toLowerCase(), one])),
      children: more.children ?? {},
    },
  ];
}

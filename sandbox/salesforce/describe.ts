import type { Field, ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { stages } from './objects.ts';
import type { RecordType } from './rules.ts';
import type { Org } from './state.ts';

const head = (object: ObjectTable, version: string) => ({
  name: object.name,
  label: object.label,
  keyPrefix: object.prefix || null,
  custom: object.name.endsWith('__c'),
  createable: object.createable,
  updateable: object.createable,
  deletable: object.createable,
  queryable: true,
  urls: {
    sobject: `/services/data/v${version}/sobjects/${object.name}`,
    describe: `/services/data/v${version}/sobjects/${object.name}/describe`,
    rowTemplate: `/services/data/v${version}/sobjects/${object.name}/{ID}`,
  },
});

export const describeAll = (all: Iterable<ObjectTable>, version: string) => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: [...all].map((object) => head(object, version)),
});

export const describe = (org: Org, object: ObjectTable, version: string) => ({
  ...head(object, version),
  fields: [...object.fields.values()].map(describeField),
  childRelationships: Object.entries(object.children).map(([relationshipName, [childSObject, field]]) => ({
    relationshipName,
    childSObject,
    field,
  })),
  recordTypeInfos: [
    ...(org.state.rules.recordTypes[object.name] ?? []).map(({ id, name, developerName }, at) =>
      typeInfo(id, name, developerName, at === 0),
    ),
    typeInfo(masterRecordType, 'Master', 'Master', !org.state.rules.recordTypes[object.name]),
  ],
});

const typeInfo = (recordTypeId: string, name: string, developerName: string, isDefault: boolean) => ({
  name,
  developerName,
  recordTypeId,
  available: true,
  defaultRecordTypeMapping: isDefault,
  master: recordTypeId === masterRecordType,
  active: true,
});

const describeField = (field: Field) => ({
  name: field.name,
  label: labelOf(field.name),
  type: field.type,
  length: field.length,
  nillable: !field.required,
  defaultedOnCreate: field.fallback !== null || field.name === 'OwnerId',
  createable: field.createable,
  updateable: field.updateable,
  filterable: field.filterable,
  custom: field.name.endsWith('__c'),
  externalId: field.externalId,
  unique: field.unique,
  idLookup: field.externalId || field.type === 'id',
  restrictedPicklist: field.values.length > 0,
  picklistValues: field.values.map((value) => ({ active: true, defaultValue: value === field.fallback, label: value, value })),
  referenceTo: field.refersTo,
  relationshipName: field.relationship,
});

/** Standard fields are labelled in words; a few otherwise than they are called. */
const labelOf = (name: string): string =>
  labels[name] ??
  name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/ Id$/, ' ID');
const labels: Record<string, string> = {
  StageName: 'Stage',
  IsPrivate: 'Private',
  IsClosed: 'Closed',
  IsWon: 'Won',
  ForecastCategoryName: 'Forecast Category',
  ActivityDate: 'Due Date Only',
  Phone: 'Business Phone',
  Id: 'Record ID',
};

/** The record type of an org that has made none. */
export const masterRecordType = '012000000000000AAA';
export const isMaster = (id: string | undefined): boolean => id !== undefined && core(id) === core(masterRecordType);

/** `/ui-api/object-info/{object}/picklist-values/{recordType}/{field}`: in the order the org shows them. */
export const picklistValues = (object: ObjectTable, field: Field, version: string, type: RecordType | undefined) => ({
  controllerValues: {},
  defaultValue: null,
  url: `/services/data/v${version}/ui-api/object-info/${object.name}/picklist-values/${type?.id ?? masterRecordType}/${field.name}`,
  values: (type?.values[field.name] ?? field.values).map((value) => ({
    attributes: stageAttributes(field, value),
    label: value,
    validFor: [],
    value,
  })),
});

function stageAttributes(field: Field, value: string) {
  const stage = field.name === 'StageName' ? stages.find(([name]) => name === value) : undefined;
  if (!stage) return null;
  const [, defaultProbability, closed, won, forecastCategoryName] = stage;
  return { picklistAtrributesValueType: 'OpportunityStage', closed, won, defaultProbability, forecastCategoryName };
}

interface SObject {
  /** Field → its type as jsforce writes it: `string | null`. */
  fields: Map<string, string>;
  /** Relationship → object: `Contact` → `Contact`. */
  parents: Map<string, string>;
  /** Fields a record may be addressed by. */
  keys: Set<string>;
}
export type SObjects = Map<string, SObject>;

/** Salesforce publishes no OpenAPI; jsforce publishes what a standard org described. `text` is its `standard-schema.d.ts`. */
export function readStandardObjects(text: string): SObjects {
  const objects: SObjects = new Map();
  for (const [, kind, name = '', body = ''] of text.matchAll(/^type (Fields|ParentReferences)\$(\w+) = \{([^}]*)\}/gm)) {
    const object = objects.get(name) ?? emptyObject();
    objects.set(name, object);
    for (const [, field = '', type = ''] of body.matchAll(/(\w+): ([^;]+);/g)) {
      if (kind === 'Fields') object.fields.set(field, type);
      else object.parents.set(field, type.replace('SObjectDefinition$', '').replace(' | null', ''));
    }
  }
  return objects;
}

/** Adds what the package brings: `files` are its `objects/<object>/fields/<field>.field-meta.xml` by path under `objects/`. */
export function addPackageFields(objects: SObjects, files: ReadonlyMap<string, string>): void {
  for (const [path, xml] of files) {
    const [home = '', kind, file = ''] = path.split('/');
    if (kind !== 'fields') continue;
    const name = file.replace('.field-meta.xml', '');
    const tag = (word: string) => new RegExp(`<${word}>([^<]+)</${word}>`).exec(xml)?.[1] ?? '';
    // A field of Task or Event is defined once, on Activity.
    for (const owner of home === 'Activity' ? ['Task', 'Event'] : [home]) {
      const object = objects.get(owner) ?? customObject();
      objects.set(owner, object);
      const type = types[tag('type')];
      if (!type) throw new Error(`${path}: the type ${tag('type')} is not known here.`);
      object.fields.set(name, type);
      if (tag('referenceTo')) object.parents.set(name.replace('__c', '__r'), tag('referenceTo'));
      if (tag('externalId') === 'true') object.keys.add(name);
    }
  }
}

const types: Record<string, string> = {
  Text: 'string | null',
  LongTextArea: 'string | null',
  Picklist: 'string | null',
  Lookup: 'string | null',
  Number: 'number | null',
  Checkbox: 'boolean',
  Date: 'DateString | null',
  DateTime: 'DateString | null',
};

const emptyObject = (): SObject => ({ fields: new Map(), parents: new Map(), keys: new Set() });

/** The system fields every custom object has: Object Reference for Salesforce, "System Fields". */
const customObject = (): SObject => ({
  ...emptyObject(),
  fields: new Map([
    ...['Id', 'OwnerId', 'Name', 'CreatedById', 'LastModifiedById'].map((name) => [name, 'string'] as const),
    ...['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].map((name) => [name, 'DateString'] as const),
    ['IsDeleted', 'boolean'],
  ]),
});

/** The type of `Field` or `Parent.Field`, or the sentence that says what is not there. */
export function typeOfField(objects: SObjects, object: string, path: string): { type: string } | { missing: string } {
  const known = objects.get(object);
  if (!known) return { missing: `there is no object ${object}` };
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const type = known.fields.get(first);
    return type === undefined ? { missing: `${object} has no field ${first}` } : { type };
  }
  const parent = known.parents.get(first);
  return parent === undefined ? { missing: `${object} has no relationship ${first}` } : typeOfField(objects, parent, rest.join('.'));
}

/** Whether a value of this kind may stand in a field of that type. */
export function fits(type: string, value: unknown): boolean {
  if (value === null) return type.includes('null');
  if (type.startsWith('DateString')) return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);
  return typeof value === type.replace(' | null', '');
}

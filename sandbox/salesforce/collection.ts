import { canRead } from './access.ts';
import type { Ask, Reply } from './ask.ts';
import { read } from './compute.ts';
import { fieldOf, objectOfId } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import { atomically, type Org, rollBack, rowOf } from './state.ts';
import { tablesOf } from './tables.ts';
import { create, remove, update, upsert } from './write.ts';

const recordsMax = 200;

interface Saved {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
  created?: boolean;
}

/** Up to 200 records of any kind in one call; each gets its own result, in the order they came. */
export function collection(org: Org, ask: Ask, rest: readonly string[]): Reply {
  if (ask.method === 'GET') return readMany(org, ask, rest[0]);
  if (ask.method === 'DELETE') {
    const ids = (ask.query.get('ids') ?? '').split(',');
    const gone = (id: string): Saved => {
      const object = objectOfId(id);
      if (!object) throw notFound();
      remove(org, ask.userId, object, id);
      return { id, success: true, errors: [] };
    };
    return each(org, ids, ask.query.get('allOrNone') === 'true', gone);
  }
  const sent = ask.body as { allOrNone?: boolean; records?: Record<string, unknown>[] } | null;
  if (!Array.isArray(sent?.records)) throw new Refusal(400, 'JSON_PARSER_ERROR', 'records is missing');
  const [, keyName] = rest;
  const twice = keyName === undefined ? new Set<string>() : repeated(sent.records.map((record) => String(record[keyName] ?? '')));
  return each(org, sent.records, sent.allOrNone === true, (record) => {
    const key = String(record[keyName ?? ''] ?? '');
    if (twice.has(key)) throw new Refusal(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${key}`);
    return save(org, ask, rest, record);
  });
}

/** The values that stand more than once. */
const repeated = (keys: readonly string[]) => new Set(keys.filter((key, at) => keys.indexOf(key) !== at));

function save(org: Org, ask: Ask, [name, keyName]: readonly string[], record: Record<string, unknown>): Saved {
  const { attributes, ...fields } = record as { attributes?: { type?: string } } & Record<string, unknown>;
  const object = tablesOf(org, ask.userId).get(name ?? attributes?.type ?? '');
  if (!object) throw new Refusal(400, 'INVALID_TYPE', 'attributes.type must name an object');
  if (ask.method === 'POST') return { id: create(org, ask.userId, object, fields), success: true, errors: [] };
  if (keyName !== undefined) {
    const { [keyName]: key, ...body } = fields;
    return { ...upsert(org, ask.userId, object, keyName, String(key ?? ''), body), success: true, errors: [] };
  }
  const { id, Id, ...body } = fields;
  const target = String(id ?? Id ?? '');
  update(org, ask.userId, object, target, body);
  return { id: target, success: true, errors: [] };
}

function each<T>(org: Org, items: readonly T[], allOrNone: boolean, work: (item: T) => Saved): Reply {
  if (items.length > recordsMax)
    throw new Refusal(400, 'EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${recordsMax} records into this call`);
  const before = org.undo;
  org.undo = [];
  const results = items.map((item) => {
    try {
      return atomically(org, () => work(item));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { success: false, errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields }] };
    }
  });
  if (allOrNone && results.some(({ success }) => !success)) {
    rollBack(org);
    org.undo = before;
    return { status: 200, body: results.map((result) => (result.success ? { success: false, errors: [undone] } : result)) };
  }
  org.undo = [...before, ...org.undo];
  return { status: 200, body: results };
}

const undone = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

function readMany(org: Org, ask: Ask, name: string | undefined): Reply {
  const object = tablesOf(org, ask.userId).get(name ?? '');
  if (!object) throw notFound();
  const fields = (ask.query.get('fields') ?? '').split(',').map((one) => {
    const field = fieldOf(object, one.trim());
    if (!field) throw new Refusal(400, 'INVALID_FIELD', `No such column '${one}' on entity '${object.name}'`);
    return field;
  });
  const rows = (ask.query.get('ids') ?? '').split(',').map((id) => rowOf(org, object.name, id));
  return {
    status: 200,
    body: rows.map((row) =>
      row && canRead(org, ask.userId, object, row)
        ? { attributes: { type: object.name }, ...Object.fromEntries(fields.map((field) => [field.name, read(org, object, row, field)])) }
        : null,
    ),
  };
}

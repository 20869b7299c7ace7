import { type Ask, ok, only, type Reply } from './ask.ts';
import { batch } from './batch.ts';
import { collection } from './collection.ts';
import { composite } from './composite.ts';
import { read } from './compute.ts';
import { describe, describeAll } from './describe.ts';
import type { ObjectTable } from './field.ts';
import { fieldOf } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import { replicate } from './replicate.ts';
import { runSoql } from './run-soql.ts';
import { atomically, type Org, type Row } from './state.ts';
import { tablesOf } from './tables.ts';
import { uiApi } from './ui-api.ts';
import { checkUnmodified, create, remove, Several, update, upsert, visible, withKey } from './write.ts';

/** A refusal is an answer too: the error array with its status. */
export function answer(org: Org, ask: Ask): Reply {
  try {
    return route(org, ask);
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: [error.entry] };
    if (error instanceof Several)
      return { status: 300, body: error.ids.map((id) => `/services/data/v${ask.version}/sobjects/${ask.path[1]}/${id}`) };
    throw error;
  }
}

function route(org: Org, ask: Ask): Reply {
  const [room, ...rest] = ask.path;
  switch (room) {
    case undefined:
    case '':
      return ok(
        Object.fromEntries(
          ['sobjects', 'query', 'composite', 'limits', 'ui-api'].map((name) => [name, `/services/data/v${ask.version}/${name}`]),
        ),
      );
    case 'sobjects':
      return sobjects(org, ask, rest);
    case 'query':
    case 'queryAll':
      return query(org, ask, rest[0], room === 'queryAll');
    case 'composite':
      if (rest.length === 0) return composite(org, ask, answer);
      if (rest[0] === 'sobjects') return collection(org, ask, rest.slice(1));
      if (rest[0] === 'batch') return batch(org, ask, answer);
      throw notFound();
    case 'limits':
      return ok({
        DailyApiRequests: { Max: org.callsMax, Remaining: Math.max(0, org.callsMax - org.state.used.calls) },
        DataStorageMB: { Max: 5, Remaining: 5 },
      });
    case 'ui-api':
      return uiApi(org, ask, rest);
    default:
      throw notFound();
  }
}

function sobjects(org: Org, ask: Ask, [name, first, second]: readonly string[]): Reply {
  const tables = tablesOf(org, ask.userId);
  if (name === undefined) return ok(describeAll(tables.values(), ask.version));
  const object = tables.get(name);
  if (!object) throw notFound();
  if (first === 'describe') return ok(describe(org, object, ask.version));
  if (first === 'deleted' || first === 'updated') return replicate(org, ask, object, first);
  if (first === undefined)
    return only(ask, { POST: () => atomically(org, () => ({ status: 201, body: made(create(org, ask.userId, object, ask.body)) })) });
  if (second === undefined) return byId(org, ask, object, first);
  return byKey(org, ask, object, first, second);
}

function byId(org: Org, ask: Ask, object: ObjectTable, id: string): Reply {
  const condition = conditionOf(ask);
  return only(ask, {
    GET: () => ok(shown(org, ask, object, visible(org, ask.userId, object, id))),
    PATCH: () => {
      atomically(org, () => update(org, ask.userId, object, id, ask.body, condition));
      return { status: 204, body: undefined };
    },
    DELETE: () => {
      // The platform documents no conditional delete.
      atomically(org, () => remove(org, ask.userId, object, id));
      return { status: 204, body: undefined };
    },
  });
}

function byKey(org: Org, ask: Ask, object: ObjectTable, keyName: string, key: string): Reply {
  return only(ask, {
    GET: () => {
      const row = withKey(org, ask.userId, object, keyName, key);
      if (!row) throw notFound();
      return ok(shown(org, ask, object, row));
    },
    PATCH: () =>
      atomically(org, () => {
        const { id, created } = upsert(org, ask.userId, object, keyName, key, ask.body);
        return { status: created ? 201 : 200, body: { ...made(id), created } };
      }),
  });
}

const made = (id: string) => ({ id, success: true, errors: [] });
function shown(org: Org, ask: Ask, object: ObjectTable, row: Row): Record<string, unknown> {
  checkUnmodified(row, conditionOf(ask));
  const wanted = ask.query.get('fields')?.split(',');
  const fields = wanted
    ? wanted.map((name) => {
        const field = fieldOf(object, name.trim());
        if (!field) throw new Refusal(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object.name}'`);
        return field;
      })
    : [...object.fields.values()];
  return {
    attributes: { type: object.name, url: `/services/data/v${ask.version}/sobjects/${object.name}/${row.Id}` },
    ...Object.fromEntries(fields.map((field) => [field.name, read(org, object, row, field)])),
    Id: row.Id,
  };
}

function conditionOf(ask: Ask): number | undefined {
  const header = ask.headers['if-unmodified-since'];
  if (header === undefined) return undefined;
  const at = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(at)) throw new Refusal(400, 'INVALID_HEADER', 'If-Unmodified-Since is not an HTTP date');
  return at;
}

const pageRows = 2000;

/** A page of a query; the locator of the next one carries the statement, so that no cursor needs remembering. */
function query(org: Org, ask: Ask, locator: string | undefined, withBin: boolean): Reply {
  if (ask.method !== 'GET') return only(ask, { GET: () => ok(null) });
  const [encoded = '', offset = '0'] = locator?.split('-') ?? [];
  const text = locator === undefined ? ask.query.get('q') : Buffer.from(encoded, 'hex').toString('utf8');
  if (!text) throw new Refusal(400, 'MALFORMED_QUERY', 'unexpected token: <EOF>');
  const { totalSize, records } = runSoql(org, ask.userId, text, ask.version, withBin);
  const next = Number(offset) + pageRows;
  const done = next >= records.length;
  return ok({
    totalSize,
    done,
    ...(done
      ? {}
      : {
          nextRecordsUrl: `/services/data/v${ask.version}/${withBin ? 'queryAll' : 'query'}/${Buffer.from(text).toString('hex')}-${next}`,
        }),
    records: records.slice(Number(offset), next),
  });
}

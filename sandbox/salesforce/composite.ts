import { canRead } from './access.ts';
import { read } from './compute.ts';
import { fieldOf, objects } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Ask, Reply } from './resources.ts';
import { type Org, rollBack, rowOf } from './state.ts';
import { create, remove, update, upsert } from './write.ts';

const subrequestsMax = 25;
const queriesMax = 5;
const recordsMax = 200;

/** Up to 25 requests as one call; later ones may use what earlier ones answered as `@{reference.field}`. */
export function composite(org: Org, ask: Ask, answer: (org: Org, ask: Ask) => Reply): Reply {
  if (ask.method !== 'POST') throw new Refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ask.method}' not allowed. Allowed are POST`);
  const { allOrNone, requests } = envelope(ask.body);
  const before = org.undo;
  org.undo = [];
  const known = new Map<string, unknown>();
  const replies: { referenceId: string; reply: Reply }[] = [];
  for (const request of requests) {
    const halted = allOrNone && replies.some(({ reply }) => reply.status >= 300);
    const reply = halted ? rolledBack : run(org, ask, request, known, answer);
    known.set(request.referenceId, reply.body);
    replies.push({ referenceId: request.referenceId, reply });
  }
  const failed = allOrNone && replies.some(({ reply }) => reply.status >= 300);
  if (failed) rollBack(org);
  org.undo = [...before, ...org.undo];
  return {
    status: 200,
    body: {
      compositeResponse: replies.map(({ referenceId, reply }) => {
        const shown = failed && reply.status < 300 ? rolledBack : reply;
        return { body: shown.body ?? null, httpHeaders: {}, httpStatusCode: shown.status, referenceId };
      }),
    },
  };
}

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

const rolledBack: Reply = {
  status: 400,
  body: [
    { errorCode: 'PROCESSING_HALTED', message: 'The transaction was rolled back since another operation in the same transaction failed.' },
  ],
};

function envelope(body: unknown): { allOrNone: boolean; requests: Subrequest[] } {
  const sent = body as { allOrNone?: boolean; compositeRequest?: Subrequest[] } | null;
  const requests = sent?.compositeRequest;
  if (!Array.isArray(requests)) throw new Refusal(400, 'JSON_PARSER_ERROR', 'compositeRequest is missing');
  if (requests.length > subrequestsMax)
    throw new Refusal(400, 'LIMIT_EXCEEDED', `A composite request takes at most ${subrequestsMax} subrequests`);
  const heavy = requests.filter(({ url }) => /\/(?:query|composite\/sobjects)/.test(url));
  if (heavy.length > queriesMax)
    throw new Refusal(400, 'LIMIT_EXCEEDED', `At most ${queriesMax} subrequests may be queries or collections`);
  if (requests.some(({ referenceId }) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(referenceId ?? '')))
    throw new Refusal(400, 'JSON_PARSER_ERROR', 'referenceId must begin with a letter and have letters, digits and underscores only');
  if (new Set(requests.map(({ referenceId }) => referenceId)).size < requests.length)
    throw new Refusal(400, 'JSON_PARSER_ERROR', 'referenceId must be unique');
  return { allOrNone: sent?.allOrNone === true, requests };
}

function run(org: Org, ask: Ask, request: Subrequest, known: ReadonlyMap<string, unknown>, answer: (org: Org, ask: Ask) => Reply): Reply {
  try {
    const url = new URL(fill(request.url, known), 'http://org');
    const [, version, path = ''] = /^\/services\/data\/v(\d+\.0)\/?(.*)$/.exec(url.pathname) ?? [];
    // A composite does not nest; collections may stand in one.
    if (!version || (path.startsWith('composite') && !path.startsWith('composite/sobjects')))
      throw new Refusal(
        400,
        'INVALID_INPUT',
        'The url must begin with /services/data/ and a version, and name a resource that may stand in a composite',
      );
    return answer(org, {
      ...ask,
      version,
      method: request.method,
      path: path.split('/').map(decodeURIComponent),
      query: url.searchParams,
      body: request.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(request.body), known)),
      headers: Object.fromEntries(Object.entries(request.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: [error.entry] };
    throw error;
  }
}

/** Puts what earlier answers said in place of `@{reference.path}`. */
function fill(text: string, known: ReadonlyMap<string, unknown>): string {
  return text.replace(/@\{([A-Za-z][A-Za-z0-9_]*)((?:\.\w+|\[\d+\])+)\}/g, (whole, reference: string, path: string) => {
    const value = path
      .match(/\w+/g)
      ?.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], known.get(reference));
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Refusal(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${whole.slice(2, -1)} found in ${reference}`);
    return String(value);
  });
}

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
      const object = [...objects.values()].find(({ prefix }) => prefix !== '' && id.startsWith(prefix));
      if (!object) throw notFound();
      remove(org, ask.userId, object, id);
      return { id, success: true, errors: [] };
    };
    return each(org, ids, ask.query.get('allOrNone') === 'true', gone);
  }
  const sent = ask.body as { allOrNone?: boolean; records?: Record<string, unknown>[] } | null;
  if (!Array.isArray(sent?.records)) throw new Refusal(400, 'JSON_PARSER_ERROR', 'records is missing');
  return each(org, sent.records, sent.allOrNone === true, (record) => save(org, ask, rest, record));
}

function save(org: Org, ask: Ask, [name, keyName]: readonly string[], record: Record<string, unknown>): Saved {
  const { attributes, ...fields } = record as { attributes?: { type?: string } } & Record<string, unknown>;
  const object = objects.get(name ?? attributes?.type ?? '');
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
      return work(item);
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
  const object = objects.get(name ?? '');
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

import type { Ask, Reply } from './ask.ts';
import { Refusal } from './refusal.ts';
import { type Org, rollBack } from './state.ts';

const subrequestsMax = 25;
const queriesMax = 5;

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

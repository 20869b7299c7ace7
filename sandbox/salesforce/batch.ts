import type { Ask, Reply } from './ask.ts';
import { Refusal } from './refusal.ts';
import type { Org } from './state.ts';

const subrequestsMax = 25;

interface Subrequest {
  method: string;
  url: string;
  richInput?: unknown;
}

/** Up to 25 requests that know nothing of each other. Each counts as an API call, unlike those of a composite. */
export function batch(org: Org, ask: Ask, answer: (org: Org, ask: Ask) => Reply): Reply {
  if (ask.method !== 'POST') throw new Refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ask.method}' not allowed. Allowed are POST`);
  const { batchRequests, haltOnError } = (ask.body ?? {}) as { batchRequests?: Subrequest[]; haltOnError?: boolean };
  if (!Array.isArray(batchRequests)) throw new Refusal(400, 'JSON_PARSER_ERROR', 'batchRequests is missing');
  if (batchRequests.length > subrequestsMax)
    throw new Refusal(400, 'LIMIT_EXCEEDED', `A batch request takes at most ${subrequestsMax} subrequests`);
  // The call that carries them was counted when it came.
  org.state.used.calls += Math.max(0, batchRequests.length - 1);
  const results: { statusCode: number; result: unknown }[] = [];
  for (const request of batchRequests) {
    const isHalted = haltOnError === true && results.some(({ statusCode }) => statusCode >= 300);
    const reply = isHalted ? halted : run(org, ask, request, answer);
    results.push({ statusCode: reply.status, result: reply.body ?? null });
  }
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 300), results } };
}

const halted: Reply = { status: 412, body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }] };

function run(org: Org, ask: Ask, request: Subrequest, answer: (org: Org, ask: Ask) => Reply): Reply {
  const [, version, path = '', query = ''] = /^(?:\/services\/data\/)?v(\d+\.0)\/([^?]*)(?:\?(.*))?$/.exec(request.url ?? '') ?? [];
  if (!version || path.startsWith('composite'))
    return { status: 400, body: [{ errorCode: 'INVALID_INPUT', message: 'The url must begin with a version and name a resource' }] };
  return answer(org, {
    ...ask,
    version,
    method: request.method,
    path: path.split('/').map(decodeURIComponent),
    query: new URLSearchParams(query),
    body: request.richInput,
    headers: {},
  });
}

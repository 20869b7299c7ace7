import type { Answer } from '../kit/serve.ts';
import type { Ask, Reply } from './ask.ts';
import type { openFaults } from './faults.ts';
import type { Desk } from './org-twin.ts';
import { answer } from './resources.ts';

interface Caller {
  desk: Desk;
  faults: ReturnType<typeof openFaults>;
  userId: string;
  /** The access token. */
  session: string;
}

const day = 86_400_000;

/** One API call of somebody who is logged in: counted, perhaps refused for the day, perhaps met by a fault. */
export async function api(caller: Caller, request: Request, at: { version: string; path: string; url: URL }): Promise<Answer> {
  const { desk, faults, session } = caller;
  const { org, tally } = desk;
  const { used } = org.state;
  if (org.now() - used.since >= day) Object.assign(used, { since: org.now(), calls: 0 });
  if (desk.isExhausted || used.calls >= org.callsMax) {
    tally.count.limited++;
    return usage(desk, refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  }
  used.calls++;
  tally.asked(request.method, at.url.pathname);
  const text = request.method === 'GET' ? '' : await request.text();
  const asked = { orgId: org.state.orgId, method: request.method, path: at.url.pathname + at.url.search, body: text };
  const answered = await faults.meet(asked, {
    carryOut: (body = text) => carryOut(caller, request, at, body),
    endSession() {
      delete org.state.sessions[session];
    },
    exhaust() {
      desk.isExhausted = true;
    },
    met: tally.met,
    landedLate() {
      tally.count.late++;
    },
  });
  return answered === 'reset' ? answered : usage(desk, answered);
}

function carryOut(
  { desk, userId }: Caller,
  request: Request,
  { version, path, url }: { version: string; path: string; url: URL },
  text: string,
) {
  const { org, tally } = desk;
  const read = bodyOf(request, text);
  if ('response' in read) return read.response;
  const ask: Ask = {
    userId,
    method: request.method,
    path: path === '' ? [] : path.replace(/\/$/, '').split('/').map(decodeURIComponent),
    query: url.searchParams,
    body: read.body,
    headers: Object.fromEntries(request.headers),
    version,
  };
  const before = org.state.used.calls;
  const response = shown(answer(org, ask));
  tally.count.requests += org.state.used.calls - before;
  if (response.status >= 400 && response.status < 500) tally.count.refused++;
  if (request.method !== 'GET') desk.commit();
  return response;
}

/** How much of the day is used stands on every answer. */
function usage({ org }: Desk, response: Response): Response {
  response.headers.set('sforce-limit-info', `api-usage=${org.state.used.calls}/${org.callsMax}`);
  return response;
}

const refuse = (status: number, errorCode: string, message: string) => Response.json([{ message, errorCode }], { status });

const shown = (reply: Reply): Response =>
  reply.body === undefined ? new Response(null, { status: reply.status }) : Response.json(reply.body, { status: reply.status });

function bodyOf(request: Request, text: string): { body: unknown } | { response: Response } {
  if (request.method === 'GET' || request.method === 'DELETE') return { body: undefined };
  if (!request.headers.get('content-type')?.startsWith('application/json'))
    return { response: refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json') };
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { response: refuse(400, 'JSON_PARSER_ERROR', 'The request is not well-formed JSON') };
  }
}

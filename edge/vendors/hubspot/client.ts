import type * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { faultOf, type HubspotFault, lost, unsure } from './fault.ts';

const TIMEOUT_MS = 8_000;
/** Several requests make one method of the port, which ends within 10 s. */
const ENDS_WITHIN_MS = 9_500;

/** The connection: `api` is an origin, `token` gives a bearer token that still lives for some minutes. */
export interface HubspotAccess {
  api: string;
  token: () => Promise<Result<string>>;
  /** How long one client may work, from its making; 9.5 s unless given. */
  endsWithinMs?: number;
}

export interface HubspotClient {
  /** One request, its answer read by `shape`. 207 is a success with `errors` in it. */
  send<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    shape: z.ZodMiniType<T>,
    body?: unknown,
  ): Promise<Result<T, HubspotFault>>;
}

/** JSON in, JSON out, over fetch. Make one for each piece of work: its clock runs from then on. Never repeats a request: that is for whoever keeps the outbox. */
export function hubspotClient({ api, token, endsWithinMs = ENDS_WITHIN_MS }: HubspotAccess): HubspotClient {
  const end = AbortSignal.timeout(endsWithinMs);
  return {
    async send(method, path, shape, body) {
      const bearer = await token();
      if (!bearer.ok) return failed({ ...bearer.fault, status: 0 });
      const init: RequestInit = {
        method,
        headers: {
          authorization: `Bearer ${bearer.value}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), end]),
      };
      if (body !== undefined) init.body = JSON.stringify(body);
      const isRead = method === 'GET' || /\/(?:search|batch\/read)$/.test(path);
      const fail = (fault: HubspotFault) => failed(isRead ? fault : unsure(fault));
      let status: number;
      let headers: Headers;
      let text: string;
      try {
        const response = await fetch(`${api}${path}`, init);
        ({ status, headers } = response);
        text = await response.text();
      } catch {
        // Whether it happened is not known: a repeat under the same key finds out.
        return fail(lost('HubSpot did not answer in time.'));
      }
      const said = parse(text);
      if (status < 200 || status > 299) return fail(faultOf(status, headers, said));
      const read = shape.safeParse(said);
      return read.success ? ok(read.data) : fail(lost('HubSpot answered with something we cannot read.'));
    },
  };
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

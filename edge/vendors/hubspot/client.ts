import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { faultOf, type HubspotFault, lost, unsure, waitOf } from './fault.ts';

const TIMEOUT_MS = 8_000;
/** Several requests make one method of the port, which ends within 10 s. */
const ENDS_WITHIN_MS = 9_500;

/** How often a read is asked again, and the longest wait that HubSpot may ask for before. */
const REPEATS_MAX = 2;
const WAIT_MAX_MS = 1_000;

/**
 * The connection: `api` is an origin, `token` gives a bearer token that still lives for some minutes, and another one when it is told
 * which one HubSpot `refused`. `lost` is called when HubSpot refused that one too.
 */
export interface HubspotAccess {
  api: string;
  token: (refused?: string) => Promise<Result<string>>;
  lost?: (refused: string) => Promise<void>;
  /** How long one client may work, from its making; 9.5 s unless given. */
  endsWithinMs?: number;
  /** How long to wait before a read is asked again; 50–250 ms unless given. */
  pauseMs?: () => number;
}

export interface HubspotClient {
  /** One request, its answer read by `shape`. 207 is a success with `errors` in it. */
  send<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    shape: z.ZodMiniType<T>,
    body?: unknown,
  ): Promise<Result<T, HubspotFault>>;
  /** How long this client may work on. */
  leftMs(): number;
}

/**
 * JSON in, JSON out, over fetch. Make one for each piece of work: its clock runs from then on. A read that broke off, came back garbled or met
 * a 5xx or a short 429 is asked again after a moment, twice at most; nothing is after a time-out. A write that was let in is never repeated:
 * that is for whoever keeps the outbox.
 */
export function hubspotClient(access: HubspotAccess): HubspotClient {
  const pauseMs = access.pauseMs ?? moment;
  const endsWithinMs = access.endsWithinMs ?? ENDS_WITHIN_MS;
  const end = AbortSignal.timeout(endsWithinMs);
  const endMs = Date.now() + endsWithinMs;

  async function tryOnce<T>(ask: Ask<T>): Promise<Tried<T>> {
    const held = await access.token();
    if (!held.ok) return { said: failed({ ...held.fault, status: 0 }) };
    const first = await sendAs({ api: access.api, bearer: held.value, end }, ask);
    if (first.said.ok || first.said.fault.status !== 401) return first;
    const fresh = await access.token(held.value);
    if (!fresh.ok) return { said: failed({ ...fresh.fault, status: 0 }) };
    // Nobody renews it here: the refusal stands.
    if (fresh.value === held.value) return first;
    const second = await sendAs({ api: access.api, bearer: fresh.value, end }, ask);
    // A token that ran out in between is not one that was taken from us.
    if (!second.said.ok && second.said.fault.status === 401 && !second.isAged) await access.lost?.(fresh.value);
    return second;
  }

  return {
    leftMs: () => endMs - Date.now(),
    async send(method, path, shape, body) {
      const isRead = method === 'GET' || /\/(?:search|batch\/read)$/.test(path);
      for (let left = isRead ? REPEATS_MAX : 0; ; left--) {
        const { said, againAfterMs } = await tryOnce({ method, path, shape, body, isRead });
        if (left === 0 || againAfterMs === undefined) return said;
        const waitMs = Math.max(againAfterMs, pauseMs());
        if (Date.now() + waitMs >= endMs) return said;
        await new Promise((done) => setTimeout(done, waitMs));
      }
    },
  };
}

interface Ask<T> {
  method: string;
  path: string;
  shape: z.ZodMiniType<T>;
  body: unknown;
  isRead: boolean;
}

/** An answer, and how long to wait at least if the same question may have another one. */
interface Tried<T> {
  said: Result<T, HubspotFault>;
  againAfterMs?: number | undefined;
  /** Refused for its age alone. */
  isAged?: boolean;
}

async function sendAs<T>(
  { api, bearer, end }: { api: string; bearer: string; end: AbortSignal },
  { method, path, shape, body, isRead }: Ask<T>,
): Promise<Tried<T>> {
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), end]);
  const init: RequestInit = {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    signal,
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  const fail = (fault: HubspotFault, againAfterMs: number | undefined): Tried<T> => ({
    said: failed(isRead ? fault : unsure(fault)),
    againAfterMs,
  });
  let status: number;
  let headers: Headers;
  let text: string;
  try {
    const response = await fetch(`${api}${path}`, init);
    ({ status, headers } = response);
    text = await response.text();
  } catch {
    // Whether it happened is not known: a repeat under the same key finds out.
    return fail(lost('HubSpot did not answer in time.'), signal.aborted ? undefined : 0);
  }
  const said = parse(text);
  if (status < 200 || status > 299) {
    const isAged = status === 401 && aged.safeParse(said).success;
    return { ...fail(faultOf(status, headers, said), againAfter(status, waitOf(headers, said))), isAged };
  }
  const read = shape.safeParse(said);
  return read.success ? { said: ok(read.data) } : fail(lost('HubSpot answered with something we cannot read.'), 0);
}

const aged = z.object({ category: z.literal('EXPIRED_AUTHENTICATION') });

/** A short wait is kept; a long one is for whoever asked. */
function againAfter(status: number, waitMs = 0): number | undefined {
  const passes = status >= 500 || status === 429;
  return passes && waitMs <= WAIT_MAX_MS ? waitMs : undefined;
}

/** Jittered, so that those who were refused together do not come back together. */
const moment = () => 50 + Math.random() * 200;

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

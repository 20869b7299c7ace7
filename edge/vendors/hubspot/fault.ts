import { type Fault, passes } from '../../../shared/kit/result.ts';

/** A Fault that still knows which HTTP status it came from, 0 when there was none, and what HubSpot named. */
export interface HubspotFault extends Fault {
  status: number;
  /** Properties that a record lacks. */
  missing?: string[];
  /** Records that were to be associated and are not there. */
  absent?: string[];
  /** Another record has a value that has to be unique. */
  isTaken?: true;
}

/** HubSpot's answer in our words. Its own message may hold what somebody said, so only property names and codes get through. */
export function faultOf(status: number, headers: Headers, body: unknown): HubspotFault {
  const about = namesIn(body);
  const said = (sentence: string) => (about === '' ? `HubSpot ${sentence}.` : `HubSpot ${sentence}: ${about}.`);
  switch (status) {
    case 401:
      return { kind: 'expired', status, said: said('no longer accepts the connection') };
    case 403:
      return { kind: 'refused', status, said: said('says this app may not do that') };
    case 404:
      return { kind: 'gone', status, said: said('has no such record') };
    case 423:
      return { kind: 'busy', status, said: said('has locked the record'), retryAfterMs: waitOf(headers, body) ?? 2_000 };
    case 429:
      return { kind: 'busy', status, said: said('asks for fewer requests'), retryAfterMs: waitOf(headers, body) ?? ROLLING_MS };
    case 477:
    case 503:
      // "A few seconds", says its documentation; an outage is for the breaker to see.
      return { kind: 'busy', status, said: said('is not available right now'), retryAfterMs: waitOf(headers, body) ?? 3_000 };
  }
  if (status >= 500) return { kind: 'broken', status, said: said(`failed (${status})`) };
  return refusalOf(status, body, said);
}

/** A 4xx that says what is wrong with the write itself. */
function refusalOf(status: number, body: unknown, said: (sentence: string) => string): HubspotFault {
  // "DEAL=7001 is not valid"
  const absent = textsIn(field(field(body, 'context'), 'INVALID_OBJECT_IDS'), /=\d{1,20}\b/).map((one) => /=(\d+)/.exec(one)?.[1] ?? '');
  if (absent.length > 0) return { kind: 'gone', status, said: 'HubSpot has no such record.', absent };
  const missing = detailsOf(body).flatMap((detail) =>
    field(detail, 'code') === 'REQUIRED_PROPERTY' ? textsIn(field(field(detail, 'context'), 'propertyName'), propertyName) : [],
  );
  const isTaken =
    detailsOf(body).some((detail) => field(detail, 'code') === 'CONFLICTING_UNIQUE_VALUE') ||
    /already has that value/.test(String(field(body, 'message')));
  // Without a property in it a conflict is two writes at once.
  if (status === 409 && !isTaken)
    return { kind: 'busy', status, said: said('is writing this already'), retryAfterMs: 1_000, isTaken: true };
  return {
    kind: 'refused',
    status,
    said: said(`refused (${status})`),
    ...(missing.length > 0 ? { missing } : {}),
    ...(isTaken ? { isTaken } : {}),
  };
}

/** One of a batch's `errors`: it has a category where a whole answer has a status. */
export function batchFaultOf(error: { category?: string | undefined }): HubspotFault {
  const statuses: Record<string, number> = { OBJECT_NOT_FOUND: 404, CONFLICT: 409, RATE_LIMITS: 429, INTERNAL_ERROR: 500 };
  return unsure(faultOf(statuses[error.category ?? ''] ?? 400, new Headers(), error));
}

/** The same fault, met by a request that may have changed something: after a 5xx or no answer nobody knows whether it did. */
export const unsure = (fault: HubspotFault): HubspotFault =>
  fault.status === 0 || fault.status >= 500 ? { ...fault, ambiguous: true } : fault;

export const lost = (said: string): HubspotFault => ({ kind: 'broken', status: 0, said });

/** What a later try may get, or one over a new connection; anything else stays as it is. */
export const isWorthWaiting = (fault: Fault): boolean => passes(fault) || fault.kind === 'expired';

/** What the rest of the house hears of a fault. */
export const plain = ({ kind, said, retryAfterMs, ambiguous, asks }: Fault): Fault => ({
  kind,
  said,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  ...(ambiguous ? { ambiguous } : {}),
  ...(asks ? { asks } : {}),
});

/** Half of a rolling window of 10 s: by then half of its requests no longer count. */
const ROLLING_MS = 5_000;

/** `Retry-After` in seconds, or the window of the policy that was broken. */
export function waitOf(headers: Headers, body: unknown): number | undefined {
  const seconds = headers.get('retry-after');
  if (seconds !== null && /^\d{1,6}$/.test(seconds)) return Number(seconds) * 1_000;
  const policy = field(body, 'policyName');
  if (policy === 'SECONDLY') return 1_000;
  if (policy === 'TEN_SECONDLY_ROLLING') return ROLLING_MS;
  if (policy === 'DAILY') return 3_600_000;
  return undefined;
}

/** "dealstage (INVALID_OPTION)": names and codes have a shape of their own, words people said do not. */
function namesIn(body: unknown): string {
  const found = detailsOf(body).slice(0, 5).map(nameIn);
  if (!found.some((name) => name.length > 0)) found.push(...textsIn(field(field(body, 'context'), 'properties'), propertyName));
  return [...new Set(found.filter((name) => name !== ''))].join(', ');
}

function nameIn(detail: unknown): string {
  const context = field(detail, 'context');
  const code = field(detail, 'code');
  const names = ['propertyName', 'requiredGranularScopes'].flatMap((key) => textsIn(field(context, key), propertyName).slice(0, 3));
  const marked = typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? `(${code})` : '';
  return `${names.join(' or ')} ${marked}`.trim();
}

const propertyName = /^[a-z][a-z0-9_.]{0,99}$/;

function detailsOf(body: unknown): unknown[] {
  const details = field(body, 'errors');
  return Array.isArray(details) ? details : [];
}

const textsIn = (list: unknown, shape: RegExp): string[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'string' && shape.test(one)) : [];

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

import type { Fault } from '../../../shared/kit/result.ts';

/** A Fault that still knows which HTTP status it came from; 0 when there was none. */
export interface HubspotFault extends Fault {
  status: number;
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
      return { kind: 'busy', status, said: said('asks for fewer requests'), retryAfterMs: waitOf(headers, body) ?? 10_000 };
    case 477:
    case 503:
      return { kind: 'busy', status, said: said('is not available right now'), retryAfterMs: waitOf(headers, body) ?? 10_000 };
  }
  if (status >= 500) return { kind: 'broken', status, said: said(`failed (${status})`) };
  return { kind: 'refused', status, said: said(`refused (${status})`) };
}

/** The same fault, met by a request that may have changed something: after a 5xx or no answer nobody knows whether it did. */
export const unsure = (fault: HubspotFault): HubspotFault =>
  fault.status === 0 || fault.status >= 500 ? { ...fault, ambiguous: true } : fault;

export const lost = (said: string): HubspotFault => ({ kind: 'broken', status: 0, said });

/** `Retry-After` in seconds, or the window of the policy that was broken. */
function waitOf(headers: Headers, body: unknown): number | undefined {
  const seconds = headers.get('retry-after');
  if (seconds !== null && /^\d{1,6}$/.test(seconds)) return Number(seconds) * 1_000;
  const policy = field(body, 'policyName');
  if (policy === 'SECONDLY') return 1_000;
  if (policy === 'TEN_SECONDLY_ROLLING') return 10_000;
  if (policy === 'DAILY') return 3_600_000;
  return undefined;
}

/** "dealstage (INVALID_OPTION)": names and codes have a shape of their own, words people said do not. */
function namesIn(body: unknown): string {
  const details = field(body, 'errors');
  const found: string[] = Array.isArray(details) ? details.slice(0, 5).map(nameIn) : [];
  const missing = field(field(body, 'context'), 'properties');
  if (!found.some((name) => name.length > 0) && Array.isArray(missing)) found.push(...missing.map(property));
  return [...new Set(found.filter((name) => name !== ''))].join(', ');
}

function nameIn(detail: unknown): string {
  const context = field(detail, 'context');
  const code = field(detail, 'code');
  const names = ['propertyName', 'requiredGranularScopes'].flatMap((key) => {
    const list = field(context, key);
    return Array.isArray(list) ? list.slice(0, 3).map(property) : [];
  });
  const shown = names.filter((name) => name !== '').join(' or ');
  const marked = typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? `(${code})` : '';
  return `${shown} ${marked}`.trim();
}

const property = (name: unknown) => (typeof name === 'string' && /^[a-z][a-z0-9_.]{0,99}$/.test(name) ? name : '');

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

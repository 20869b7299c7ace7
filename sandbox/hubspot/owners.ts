import { invalid, json, noSuchPath, notFound } from './answer.ts';
import type { HubspotState, Owner } from './state.ts';

const at = '2020-01-01T00:00:00Z';

/** `GET /crm/owners/2026-09…` and `/crm/v3/owners…` (crm-owners.json). */
export function owners(state: HubspotState, method: string, rest: string[], query: URLSearchParams): Response {
  if (method !== 'GET') throw noSuchPath();
  const archived = query.get('archived') === 'true';
  const [id] = rest;
  if (id) {
    const by = query.get('idProperty') ?? 'id';
    if (by !== 'id' && by !== 'userId') throw invalid('idProperty must be id or userId');
    const owner = state.owners.find((one) => (by === 'id' ? one.id === id : String(one.userId) === id) && one.archived === archived);
    if (!owner) throw notFound(id);
    return json(200, show(owner));
  }
  const limit = Number(query.get('limit') ?? 100);
  if (!(limit >= 1 && limit <= 500)) throw invalid('limit must be between 1 and 500');
  const email = query.get('email')?.toLowerCase();
  const found = state.owners.filter((one) => one.archived === archived && (email === undefined || one.email.toLowerCase() === email));
  const start = Number(query.get('after') ?? 0);
  const next = start + limit;
  return json(200, {
    results: found.slice(start, next).map(show),
    ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
  });
}

const show = (owner: Owner) => ({ ...owner, type: 'PERSON', userIdIncludingInactive: owner.userId, createdAt: at, updatedAt: at });

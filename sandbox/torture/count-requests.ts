import type { Sandbox } from '../start.ts';
import type { LedgerChange } from './ledger.ts';

/** What both CRMs were asked since they started, as they count it. */
export function requestsOf({ hubspot, salesforce }: Pick<Sandbox, 'hubspot' | 'salesforce'>): number {
  const portals = hubspot.portals.map((one) => one.count().requests);
  const orgs = salesforce.orgIds.map((id) => salesforce.org(id).count().requests);
  return [...portals, ...orgs].reduce((a, b) => a + b, 0);
}

/**
 * The fewest requests that write these changes. To plan, the deal is read once, and HubSpot tells the address of the deal's people, by
 * which the customer is known, in a second answer only. Then HubSpot takes one create for each kind of activity and Salesforce one
 * composite for all of them; a stage is read again right before it is moved.
 */
export function leastRequests(host: 'hubspot' | 'salesforce', changes: readonly LedgerChange[]): number {
  const calls = new Map<string, Set<string>>();
  for (const { callExternalId, kind, state } of changes)
    if (state === 'written') calls.set(callExternalId, (calls.get(callExternalId) ?? new Set()).add(kind));
  let least = 0;
  for (const kinds of calls.values()) {
    const adds = ['log-call', 'add-note', 'add-task'].filter((kind) => kinds.has(kind)).length;
    least += (host === 'hubspot' ? 2 + adds : 1 + Math.min(1, adds)) + (kinds.has('move-stage') ? 2 : 0);
  }
  return least;
}

/** What was asked how often, the most first. */
export function requestsByPath({ hubspot, salesforce }: Pick<Sandbox, 'hubspot' | 'salesforce'>): [string, number][] {
  const sum = new Map<string, number>();
  const counts = [...hubspot.portals.map((one) => one.count().byPath), ...salesforce.orgIds.map((id) => salesforce.org(id).count().byPath)];
  for (const byPath of counts) for (const [path, times] of Object.entries(byPath)) sum.set(path, (sum.get(path) ?? 0) + times);
  return [...sum].sort(([, a], [, b]) => b - a);
}

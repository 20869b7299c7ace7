import type { Stage } from '../../../shared/contracts/record.ts';
import { type Known, remembered } from '../../../shared/kit/remembered.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { HubspotClient } from './client.ts';
import type { HubspotFault } from './fault.ts';
import { stagesOf } from './map.ts';
import { owner, pipeline, propertyList } from './shapes.ts';

const kept = { keptMs: 10 * 60_000, entriesMax: 500 };

/** What is remembered of portals: only an admin changes it, now and then. */
export interface Portals {
  stages: Known<Stage[]>;
  labels: Known<ReadonlyMap<string, string>>;
  names: Known<string | undefined>;
}
export const noPortals = (): Portals => ({ stages: new Map(), labels: new Map(), names: new Map() });

/** What this isolate knows of every portal. */
const everyPortal = noPortals();

/** What an admin defines, some minutes old at most. */
export interface Definitions {
  /** A pipeline's stages, in the order people see them. */
  stages(pipelineId: string): Promise<Result<Stage[], HubspotFault>>;
  /** Property name → label. */
  labels(type: string): Promise<Result<ReadonlyMap<string, string>, HubspotFault>>;
  /** A user's name or address. */
  nameOf(userId: string): Promise<Result<string | undefined, HubspotFault>>;
}

/** Without an account, which no two portals share, nothing is remembered. */
export function definitions(client: HubspotClient, account: string | undefined, known: Portals = everyPortal): Definitions {
  const recall = <T>(place: Known<T>, what: string, ask: () => Promise<Result<T, HubspotFault>>) =>
    account === undefined ? ask() : remembered(place, `${account} ${what}`, { ...kept, nowMs: Date.now() }, ask);
  return {
    stages: (id) =>
      recall(known.stages, id, async () => {
        const read = await client.send('GET', `/crm/pipelines/2026-09/deals/${encodeURIComponent(id)}`, pipeline);
        return read.ok ? ok(stagesOf(read.value)) : read;
      }),
    labels: (type) =>
      recall(known.labels, type, async () => {
        const read = await client.send('GET', `/crm/properties/2026-09/${type}`, propertyList);
        return read.ok ? ok(new Map(read.value.results.map(({ name, label }) => [name, label || name]))) : read;
      }),
    nameOf: (userId) =>
      recall(known.names, userId, async () => {
        const read = await client.send('GET', `/crm/owners/2026-09/${userId}?idProperty=userId`, owner);
        if (!read.ok) return read;
        return ok([read.value.firstName, read.value.lastName].filter((part) => part).join(' ') || read.value.email);
      }),
  };
}

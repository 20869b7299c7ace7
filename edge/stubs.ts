import type { Writer } from './act/crm-writer.ts';
import type { Spool } from './capture/spool.ts';
import type { Bindings } from './env.ts';
import type { LiveCall } from './guide/live-call.ts';
import type { Relations } from './relate/graph/relationship-graph.ts';

// An EU Worker's objects live in the EU: the namespace is narrowed before any name is used.
const inRegion = <T extends Rpc.DurableObjectBranded>(namespace: DurableObjectNamespace<T>, region: string | undefined) =>
  region === 'eu' ? namespace.jurisdiction('eu') : namespace;

/** The one object of a call. */
export function callStub(env: Bindings & { REGION?: string }, tenantId: string, callId: string): DurableObjectStub<LiveCall> {
  const calls = inRegion(env.CALLS, env.REGION);
  return calls.get(calls.idFromName(`${tenantId}:${callId}`));
}

/** The one sender of a connection. */
export function writerStub(env: Bindings & { REGION?: string }, tenantId: string, connectionId: string): DurableObjectStub<Writer> {
  const writers = inRegion(env.WRITERS, env.REGION);
  return writers.get(writers.idFromName(`${tenantId}:${connectionId}`));
}

/** Where what one source sends waits while the database is away. */
export function spoolStub(env: Bindings & { REGION?: string }, source: string): DurableObjectStub<Spool> {
  const spools = inRegion(env.SPOOLS, env.REGION);
  return spools.get(spools.idFromName(source));
}

/** Who knows whom at a tenant. */
export function graphStub(env: Bindings & { REGION?: string }, tenantId: string): DurableObjectStub<Relations> {
  const graphs = inRegion(env.GRAPHS, env.REGION);
  return graphs.get(graphs.idFromName(tenantId));
}

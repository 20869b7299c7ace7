import type { Insight } from '../../shared/contracts/insight.ts';
import * as calls from '../capture/store.ts';
import type { Parts } from '../parts.ts';
import * as insights from '../understand/store.ts';

/** A call that the rooms follow up one after the other. */
export interface Followed {
  call: calls.CallRow | null;
  insight: Insight | null;
  /** The customer said something. */
  heard: boolean;
}

/** Read once for all of them. Only one object follows a connection's calls, so nobody else changes it meanwhile. */
export async function readFollowed({ db }: Parts, tenantId: string, callId: string): Promise<Followed> {
  const [call, insight, heard] = await Promise.all([
    calls.callOf(db, tenantId, callId),
    insights.insightOf(db, tenantId, callId),
    calls.isHeard(db, tenantId, callId),
  ]);
  return { call, insight, heard };
}

import { type GateId, gateId } from '../../shared/contracts/gates.ts';
import { liveRisksOf } from '../../shared/remember/risks/live-risks.ts';
import * as calls from '../capture/store.ts';
import type { LiveDeal } from '../guide/deal-now.ts';
import type { Parts } from '../parts.ts';
import { storyOf } from '../remember/risks/look.ts';
import * as tenants from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { dealRecord } from './deal-record.ts';

const CALLS_MAX = 20;

/** What is known of a call's deal before it: its stage, what earlier calls proved, and what endangers it. Null on a call about no record. */
export async function dealNow(parts: Parts, tenantId: string, callId: string): Promise<LiveDeal | null> {
  const { db, now } = parts;
  const call = await calls.callOf(db, tenantId, callId);
  if (!call?.record) return null;
  const { connectionId, record, timeZone, customerName } = call;
  const [connection, earlier] = await Promise.all([
    tenants.connectionOf(db, tenantId, connectionId),
    calls.callsOfRecord(db, tenantId, record, CALLS_MAX),
  ]);
  const host = connection?.provider;
  if (host !== 'hubspot' && host !== 'salesforce') return null;
  const open = earlier.filter((one) => !one.isPrivate && one.id !== callId);
  const [deal, read] = await Promise.all([
    dealRecord(parts, { tenantId, connectionId, host }, record),
    Promise.all(
      open.map(async (one) => ({ callId: one.id, atMs: one.startedAt.getTime(), insight: await insights.insightOf(db, tenantId, one.id) })),
    ),
  ]);
  const understood = read.flatMap(({ insight, ...one }) => (insight ? [{ ...one, insight }] : [])).toSorted((a, b) => a.atMs - b.atMs);
  const met: Partial<Record<GateId, number>> = {};
  for (const { insight } of understood)
    for (const id of gateId.options) met[id] = Math.max(met[id] ?? 0, insight.methodology?.meddpicc[id].score ?? 0);
  const atMs = call.startedAt.getTime();
  const stage = deal.ok ? deal.value.stages.find((one) => one.id === deal.value.stageId) : undefined;
  return {
    known: { stage: stage ? { label: stage.label, probability: stage.probability, isClosed: stage.closed } : null, met },
    timeZone,
    risksOf:
      deal.ok && record.object === 'deal'
        ? liveRisksOf(storyOf(deal.value, { calls: understood, paths: undefined }, now()), { callId, atMs, customerName })
        : () => [],
  };
}

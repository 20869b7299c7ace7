import * as calls from '../capture/store.ts';
import type { Brief } from '../guide/ask-live.ts';
import type { SecondTierServices } from '../guide/second-tier.ts';
import type { TokenBudget } from '../guide/token-purse.ts';
import type { Parts } from '../parts.ts';
import * as memory from '../remember/store.ts';
import * as insights from '../understand/store.ts';
import { monthOf } from './month.ts';
import { modelTokensMax, noteSpend } from './spend.ts';

const FACTS_MAX = 20;
const LINE_MAX = 200;
const CALLS_MAX = 50;

/** What asks the language model during calls; undefined without a key. */
export function secondTier(parts: Parts): SecondTierServices | undefined {
  if (!parts.liveModel) return undefined;
  return {
    model: parts.liveModel,
    briefOf: ({ tenantId, callId }) => briefOf(parts, tenantId, callId),
    budgetOf: (tenantId) => budgetOf(parts, tenantId),
    spent: ({ tenantId, callId }, used) => noteSpend(parts, { tenantId, callId, part: `guided ${parts.now()}` }, used),
    fence: () => crypto.randomUUID(),
  };
}

export function budgetOf(parts: Parts, tenantId: string): TokenBudget {
  const month = () => monthOf(parts.now());
  return {
    take: async (tokens) => insights.takeTokens(parts.db, tenantId, month(), tokens, await modelTokensMax(parts, tenantId)),
    give: (tokens) => insights.giveTokens(parts.db, tenantId, month(), tokens),
  };
}

/** The record's name and stage, what earlier calls left, and everybody's name. A CRM that is away costs only its own. */
export async function briefOf(parts: Parts, tenantId: string, callId: string): Promise<Brief> {
  const { db } = parts;
  const call = await calls.callOf(db, tenantId, callId);
  if (!call) return { lines: [], names: [] };
  const names = [call.repName, call.customerName];
  if (!call.record) return { lines: [], names };
  const ref = call.record;
  const [crm, facts, earlier] = await Promise.all([
    parts.crmOf(tenantId, call.connectionId).then((host) => (host.ok ? host.value.record(ref) : undefined)),
    memory.factsOf(db, tenantId, ref),
    calls.callsOfRecord(db, tenantId, ref, CALLS_MAX),
  ]);
  const record = crm?.ok ? crm.value : undefined;
  const stage = record?.stages.find(({ id }) => id === record.stageId)?.label;
  // What a rep keeps to themselves does not come up on a colleague's call.
  const open = new Set(earlier.filter((one) => !one.isPrivate || one.repId === call.repId).map(({ id }) => id));
  const lines = [
    ...(record ? [`${ref.object}: ${record.name}${stage === undefined ? '' : `, stage ${stage}`}`] : []),
    ...facts.filter((fact) => open.has(fact.callId)).map(({ text }) => text),
  ];
  return {
    lines: lines.slice(0, FACTS_MAX).map((text) => text.slice(0, LINE_MAX)),
    names: [...new Set([...names, ...(record?.people.map(({ name }) => name) ?? [])])],
  };
}

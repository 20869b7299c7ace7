import type { Insight } from '../../shared/contracts/insight.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import { dataOf, schema, system } from '../../shared/understand/ask.ts';
import { fromModel } from '../../shared/understand/from-model.ts';
import type { Model } from '../ports/model.ts';

export interface ExtractDeps {
  callOf(
    tenantId: string,
    callId: string,
  ): Promise<{
    status: string;
    connectionId: string;
    startedAt: string;
    timeZone: string;
    repName: string;
    customerName: string;
    competitors: readonly string[];
  } | null>;
  utterancesOf(tenantId: string, callId: string): Promise<Utterance[]>;
  /** True when this call has its insight already. */
  isKnown(tenantId: string, callId: string): Promise<boolean>;
  /** Absent without a key: the embedded analyzer answers alone. */
  model: Model | undefined;
  /** Fresh text nobody on the call can have spoken. */
  fence(): string;
  /** Again changes nothing. */
  save(tenantId: string, callId: string, insight: Insight): Promise<void>;
}

const MODEL_TIMEOUT_MS = 60_000;
const MODEL_MAX_TOKENS = 4_000;

/**
 * A transcribed call gets its insight; answers its CRM connection when what follows is due, and null when it is not. The model's claims
 * stand only where the transcript proves them.
 */
export async function extract(deps: ExtractDeps, { tenantId, callId }: { tenantId: string; callId: string }): Promise<string | null> {
  const call = await deps.callOf(tenantId, callId);
  if (call?.status !== 'transcribed') return null;
  if (!(await deps.isKnown(tenantId, callId))) {
    const utterances = await deps.utterancesOf(tenantId, callId);
    const byRules = analyze({ ...call, utterances });
    await deps.save(tenantId, callId, await withModel(deps, call, utterances, byRules));
  }
  return call.connectionId;
}

/** The rules' insight is always there; a model that is away or talks nonsense costs nothing but its time. */
async function withModel(
  { model, fence }: Pick<ExtractDeps, 'model' | 'fence'>,
  { startedAt, timeZone }: { startedAt: string; timeZone: string },
  utterances: readonly Utterance[],
  byRules: Insight,
): Promise<Insight> {
  if (!model || utterances.length === 0) return byRules;
  const answer = await model.ask({
    system,
    data: dataOf(utterances, fence()),
    schema,
    maxTokens: MODEL_MAX_TOKENS,
    timeoutMs: MODEL_TIMEOUT_MS,
  });
  return answer.ok ? fromModel(answer.value.value, utterances, byRules, { startedAt, timeZone, model: answer.value.model }) : byRules;
}

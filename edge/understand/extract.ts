import type { Insight } from '../../shared/contracts/insight.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import { harmless, harmlessName } from '../../shared/understand/harmless.ts';
import { limitsOf, silences } from '../../shared/understand/limits.ts';
import { asSureAsHeard } from '../../shared/understand/poorly-heard.ts';
import { log } from '../http/log.ts';
import type { Model } from '../ports/model.ts';
import { type AskDeps, askModel } from './ask-model.ts';

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
  /** True when this call has its insight already, and nobody has asked for a newer one. */
  isKnown(tenantId: string, callId: string): Promise<boolean>;
  /** Absent without a key: the embedded analyzer answers alone. */
  model: Model | undefined;
  /** What the model may cost this tenant; see `AskDeps`. */
  budgetOf(tenantId: string): Promise<Pick<AskDeps, 'takeTokens' | 'giveTokens'>>;
  /** Fresh text nobody on the call can have spoken. */
  fence(): string;
  /** Further people of the call's record, by name: their names do not leave us either. */
  peopleOf(tenantId: string, callId: string): Promise<readonly string[]>;
  /** A model takes its time, and costs: nobody else asks until `goOn`, or for as long as two questions may take. False when somebody does already. */
  holdOff(tenantId: string, callId: string): Promise<boolean>;
  goOn(tenantId: string, callId: string): Promise<void>;
  /** Again changes nothing. */
  save(tenantId: string, callId: string, insight: Insight): Promise<void>;
}

/**
 * A transcribed call gets its insight; answers its CRM connection when what follows is due, and null when it is not. The model's claims
 * stand only where the transcript proves them.
 */
export async function extract(deps: ExtractDeps, { tenantId, callId }: { tenantId: string; callId: string }): Promise<string | null> {
  // Asked together, so that they share a round trip.
  const [call, isKnown, utterances] = await Promise.all([
    deps.callOf(tenantId, callId),
    deps.isKnown(tenantId, callId),
    deps.utterancesOf(tenantId, callId),
  ]);
  if (call?.status !== 'transcribed') return null;
  if (!isKnown) {
    const heard = {
      ...call,
      // Everything that other people wrote or named is made harmless once, before anybody reads it.
      repName: harmlessName(call.repName),
      customerName: harmlessName(call.customerName),
      competitors: call.competitors.map(harmlessName).filter((name) => name !== ''),
      utterances: harmless(utterances),
    };
    const rules = asSureAsHeard(analyze(heard), utterances);
    // Where the rules may claim nothing, a model may not either.
    const model = limitsOf(heard.utterances).some(silences) ? undefined : deps.model;
    if (!model) await deps.save(tenantId, callId, rules);
    else {
      if (!(await deps.holdOff(tenantId, callId))) return null;
      try {
        const people = await deps.peopleOf(tenantId, callId);
        const asking = { model, fence: deps.fence, ...(await deps.budgetOf(tenantId)) };
        const { insight, kind, dropped } = await askModel(asking, { ...heard, people }, rules);
        log({ at: 'queue', what: 'model', kind, count: dropped, trace: callId, tenant: tenantId });
        await deps.save(tenantId, callId, asSureAsHeard(insight, utterances));
      } finally {
        await deps.goOn(tenantId, callId);
      }
    }
  }
  return call.connectionId;
}

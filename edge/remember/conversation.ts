import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { CallBrief, ConversationView, FactView, PersonView } from '../../shared/contracts/view.ts';

export interface ConversationDeps {
  callOf(tenantId: string, callId: string): Promise<CallBrief | null>;
  utterancesOf(tenantId: string, callId: string): Promise<Utterance[]>;
  insightOf(tenantId: string, callId: string): Promise<Insight | null>;
  changesOf(tenantId: string, callId: string): Promise<ChangeItem[]>;
  factsOf(tenantId: string, ref: RecordRef): Promise<FactView[]>;
  /** Who here knows the people of this call. */
  peopleOf(tenantId: string, viewerId: string, callId: string): Promise<PersonView[]>;
}

const FACTS_MAX = 20;
const JOIN_GAP_MS = 600;

/** One call as a person reads it: what was said, what it changes, who knows whom. Null when there is none. */
export async function conversation(
  deps: ConversationDeps,
  asked: { tenantId: string; viewerId: string; callId: string },
): Promise<ConversationView | null> {
  const { tenantId, viewerId, callId } = asked;
  const call = await deps.callOf(tenantId, callId);
  if (!call) return null;
  const [utterances, insight, changes, facts, people] = await Promise.all([
    deps.utterancesOf(tenantId, callId),
    deps.insightOf(tenantId, callId),
    deps.changesOf(tenantId, callId),
    call.record ? deps.factsOf(tenantId, call.record) : [],
    deps.peopleOf(tenantId, viewerId, callId),
  ]);
  return { call, insight, changes, strip: stripOf(utterances), people, facts: facts.slice(0, FACTS_MAX) };
}

/** Who spoke when; one speaker's neighbouring utterances are one stretch, so the picture stays small. */
function stripOf(utterances: readonly Utterance[]): ConversationView['strip'] {
  const strip: ConversationView['strip'] = [];
  for (const { role, startMs, endMs } of utterances) {
    const last = strip.at(-1);
    if (last && last.role === role && startMs - last.endMs <= JOIN_GAP_MS) last.endMs = Math.max(last.endMs, endMs);
    else strip.push({ role, startMs, endMs });
  }
  return strip;
}

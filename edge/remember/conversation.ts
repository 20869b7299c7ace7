import { openVoices } from '../../shared/capture/name-voices.ts';
import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { CallBrief, ConversationView, FactView, PersonView, SpeakersAsk } from '../../shared/contracts/view.ts';
import { flaggedWords } from '../../shared/remember/flagged-words.ts';

export interface ConversationDeps {
  callOf(tenantId: string, callId: string): Promise<CallBrief | null>;
  utterancesOf(tenantId: string, callId: string): Promise<Utterance[]>;
  insightOf(tenantId: string, callId: string): Promise<Insight | null>;
  changesOf(tenantId: string, callId: string): Promise<ChangeItem[]>;
  factsOf(tenantId: string, ref: RecordRef): Promise<FactView[]>;
  /** How fast its cards were on a screen; null where none says so. */
  speechToScreenOf(tenantId: string, callId: string): Promise<ConversationView['speechToScreen'] | null>;
  /** Moments that were flagged during the call, in their order. */
  marksOf(tenantId: string, callId: string): Promise<{ id: string; atMs: number }[]>;
  /** Who here knows the people of this call. */
  peopleOf(tenantId: string, viewerId: string, callId: string): Promise<PersonView[]>;
}

const FACTS_MAX = 20;
const JOIN_GAP_MS = 600;
const QUOTE_MAX = 160;

/** One call as a person reads it: what was said, what it changes, who knows whom. Null when there is none. */
export async function conversation(
  deps: ConversationDeps,
  asked: { tenantId: string; viewerId: string; callId: string },
): Promise<ConversationView | null> {
  const { tenantId, viewerId, callId } = asked;
  const call = await deps.callOf(tenantId, callId);
  if (!call) return null;
  const [utterances, insight, changes, facts, people, speechToScreen, marks] = await Promise.all([
    deps.utterancesOf(tenantId, callId),
    deps.insightOf(tenantId, callId),
    deps.changesOf(tenantId, callId),
    call.record ? deps.factsOf(tenantId, call.record) : [],
    deps.peopleOf(tenantId, viewerId, callId),
    deps.speechToScreenOf(tenantId, callId),
    deps.marksOf(tenantId, callId),
  ]);
  const askSpeakers = call.status === 'understood' ? askOf(utterances, call.repName) : undefined;
  const view = {
    call,
    insight,
    changes,
    strip: stripOf(utterances),
    people,
    facts: facts.slice(0, FACTS_MAX),
    ...(speechToScreen ? { speechToScreen } : {}),
    ...(marks.length > 0 ? { flagged: flaggedWords(marks, utterances) } : {}),
  };
  return askSpeakers ? { ...view, askSpeakers } : view;
}

/** One sentence and two buttons, where one track holds several voices and nobody knows whose they are. */
function askOf(utterances: readonly Utterance[], repName: string): SpeakersAsk | undefined {
  const voices = openVoices(utterances).slice(0, 2);
  if (voices.length < 2) return undefined;
  return {
    text: `We are not sure who is who on this call: which of the two is ${repName}?`,
    options: voices.map(({ speaker, text }) => ({ rep: speaker, label: `${speaker} is ${repName}`, quote: shortened(text) })),
  };
}

const shortened = (text: string): string => (text.length <= QUOTE_MAX ? text : `${text.slice(0, QUOTE_MAX).replace(/\s+\S*$/, '')} …`);

/** Who spoke when; one speaker's neighbouring utterances are one stretch, so the picture stays small. */
function stripOf(utterances: readonly Utterance[]): ConversationView['strip'] {
  const strip: ConversationView['strip'] = [];
  const voices = Map.groupBy(utterances, ({ role }) => role);
  const sides = new Map([...voices].map(([role, said]) => [role, new Set(said.map(({ speaker }) => speaker)).size]));
  for (const { role, speaker, startMs, endMs } of utterances) {
    const last = strip.at(-1);
    const named = (sides.get(role) ?? 0) > 1 ? { speaker } : {};
    if (last && last.role === role && (last.speaker ?? speaker) === speaker && startMs - last.endMs <= JOIN_GAP_MS)
      last.endMs = Math.max(last.endMs, endMs);
    else strip.push({ role, startMs, endMs, ...named });
  }
  return strip;
}

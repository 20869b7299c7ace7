import type { Utterance } from '../contracts/transcript.ts';
import type { ConversationView } from '../contracts/view.ts';

type Flagged = NonNullable<ConversationView['flagged']>[number];

/** Nobody presses before they have heard what it is about. */
const HEARD_MS = 1_000;

/** Each flag with what was being said when it was set: the last words that had begun a second before. */
export const flaggedWords = (marks: readonly { id: string; atMs: number }[], utterances: readonly Utterance[]): Flagged[] =>
  marks.map(({ id, atMs }) => {
    const said = utterances.findLast(({ startMs }) => startMs <= atMs - HEARD_MS) ?? utterances.find(({ startMs }) => startMs <= atMs);
    if (!said) return { id, atMs };
    const { text: quote, seq, role, speaker, startMs, endMs } = said;
    return { id, atMs, evidence: { quote, seq, role, speaker, startMs, endMs } };
  });

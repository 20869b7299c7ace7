import type { Said } from '../said.ts';
import type { Features } from './features.ts';
import { callGrams, markPlace } from './grams.ts';

/** A call, or a stretch of one, with its sentences that speak of money, as the head sees it that hears whether anything is sold. */
export function callFeatures(said: readonly Said[], pricing: readonly Said[]): Features {
  const of = (isRep: boolean): string[] => said.filter((one) => (one.utterance.role === 'rep') === isRep).map((one) => one.lean);
  const level = Math.max(Math.min(5, Math.floor(tradeOf(said) * 10)), isHaggling(said, pricing) ? PLAINLY : 0);
  const marks = Array.from({ length: level }, (_, nth) => markPlace(`trade ${nth}`));
  return { marks, context: [], around: callGrams(of(true), of(false)), sentences: [] };
}

/** Whether anything is sold on a call with these features, given what the head says and when to believe it. */
export const isSold = ({ around, marks }: Features, sure: number, threshold: number): boolean =>
  around.length < LEAST || marks.length >= PLAINLY || sure >= threshold;

/** Fewer words, classes and pairs of them than these tell nothing of a call, and most calls here are sales calls. */
const LEAST = 58;
/** So many marks, each for a word of trade in ten utterances, are a sale whatever else is talked of. */
const PLAINLY = 2;

/** Both sides speak of money time and again: of a raffle or a fine one side does, or both in passing. */
function isHaggling(said: readonly Said[], pricing: readonly Said[]): boolean {
  const turns = (list: readonly Said[], isRep: boolean): number =>
    new Set(list.filter(({ utterance }) => (utterance.role === 'rep') === isRep).map(({ utterance }) => utterance.seq)).size;
  return [true, false].every((isRep) => turns(pricing, isRep) >= Math.max(1, turns(said, isRep) * 0.25));
}

/** How many words of trade fall, in the mean of all utterances; one utterance counts two at most. */
function tradeOf(said: readonly Said[]): number {
  const words = new Map<number, Set<string>>();
  for (const { utterance, lean } of said) {
    const held = words.get(utterance.seq) ?? new Set<string>();
    for (const [word] of lean.matchAll(utterance.role === 'rep' ? OFFERS : WEIGHS)) held.add(word);
    words.set(utterance.seq, held);
  }
  return [...words.values()].reduce((sum, held) => sum + Math.min(2, held.size), 0) / Math.max(1, words.size);
}

const OFFERS =
  /\b(?:our (?:platform|products?|solutions?|software|services?|tools?|system|app|packages?|plans?|pricing|prices?|offers?|customers|clients|program|trial|demo|subscription|contracts?|rates?|technology|charity|agency|catalog)|we (?:offer|provide|sell|speciali[sz]e|charge)|(?:free|quick|short|live|product) (?:demo|trial|pilot|walkthrough)|(?:are you|would you be|if you are|you are) interested|proposal|quote|discount|per (?:seat|user|agent|license|head)|contract|subscription|onboarding|implementation|roll ?out|integrat\w+|(?:asking|list|sale|selling) price|for sale|i am (?:asking|selling)|budget|evaluat\w+|vendors?|solution|competitors?|roi|other (?:customers|clients|companies)|your (?:business|company|workflow|needs|budget|goals)|donat\w+|next steps?|stakeholders?|use case|invest\w*|pricing|(?:lower|take|accept|go|do|offer)(?: [a-z]+){0,3} \$\d\S*)\b/g;
const WEIGHS =
  /\b(?:your (?:product|platform|prices?|pricing|services?|solution|software|tools?|system|offer|competitors?|proposal|quote|packages?|plans?|rates?|customers|clients|demo|app|lowest|best)|how much (?:is|does|do|would|for)|not interested|budget|vendors?|contract|proposal|quote|demo|trial|discount|per (?:seat|user)|subscription|evaluat\w+|does (?:it|this|that|your [a-z]+) (?:integrate|support|include|connect)|purchase|sign up|roi|implement\w*|integrat\w*|pricing|would you (?:take|accept)|(?:i|we) (?:can|could|will|would) (?:offer|give you|pay|do) \$?\d\S*|invest\w*|invoices?)\b/g;

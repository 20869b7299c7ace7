import { bareWords, type SellerCue, sellerCues } from '../../shared/capture/seller-cues.ts';
import type { Dialogue } from './read-dialogues.ts';

const SMOOTH = 4;
const ODDS_MAX = 2;
const FOLDS = 5;

/** What each cue is worth in these dialogues: the log of how much likelier a rep's turn holds it. */
export function learnCues(dialogues: readonly Dialogue[]): SellerCue[] {
  const turns = dialogues.flatMap((one) => one.turns.map(({ isRep, text }) => ({ isRep, words: bareWords(text) })));
  const reps = turns.filter(({ isRep }) => isRep).length;
  return sellerCues.map((cue) => {
    const holding = turns.filter(({ words }) => cue.says.test(words));
    const byRep = holding.filter(({ isRep }) => isRep).length;
    const share = (count: number, of: number) => (count + SMOOTH) / (of + 2 * SMOOTH);
    const odds = Math.log(share(byRep, reps) / share(holding.length - byRep, turns.length - reps));
    return { ...cue, odds: Math.round(Math.max(-ODDS_MAX, Math.min(ODDS_MAX, odds)) * 100) / 100 };
  });
}

/** Each dialogue with cues learned from other industries than its own. */
export function heldOut(dialogues: readonly Dialogue[]): { dialogue: Dialogue; cues: SellerCue[] }[] {
  const groups = [...new Set(dialogues.map(({ group }) => group))].sort();
  const foldOf = new Map(groups.map((group, nth) => [group, nth % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const cues = learnCues(dialogues.filter(({ group }) => foldOf.get(group) !== fold));
    return dialogues.filter(({ group }) => foldOf.get(group) === fold).map((dialogue) => ({ dialogue, cues }));
  });
}

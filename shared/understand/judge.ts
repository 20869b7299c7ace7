import type { BuyingType, ObjectionType, Owner } from '../contracts/insight.ts';
import type { Rival } from './competitors.ts';
import type { Found } from './cue.ts';
import { dueText } from './due-text.ts';
import { chanceNeeded } from './heads/chance-needed.ts';
import { type Features, featuresOf } from './heads/features.ts';
import { type Heads, heads, type Judge } from './heads/heads.ts';
import { chance, scoreOf } from './heads/score.ts';
import type { Turn } from './hits.ts';
import type { Step } from './next-steps.ts';
import type { Said } from './said.ts';

/** What a turn means once the heads have weighed what the rules found. */
export interface Verdict {
  objections: Found<ObjectionType>[];
  buying: Found<BuyingType>[];
  steps: Step[];
  /** Named by rules, by the tenant's list, or by a capital where the head hears of a rival. */
  rivals: Rival[];
  /** The sentence that speaks of money. */
  pricing: Found<'pricing'>[];
}

/**
 * A rule's hit stands unless its head all but excludes it; where no rule speaks, a head must be surer than not. The rules say where and
 * what, and a head alone takes the sentence that convinced it most. A rep raises no objections and sends no buying signals, and nobody does where nothing is sold.
 */
export function judge(turn: Turn, isSelling: boolean): Verdict {
  const all = heads();
  const features = featuresOf(turn);
  const isBuyer = isSelling && turn.utterance.role !== 'rep';
  // Whose side is unknown counts for less.
  const scale = turn.utterance.role === 'other' ? 0.7 : 1;
  return {
    objections: isBuyer ? typed(turn, features, all.objection, all.objectionType, turn.objections, scale) : [],
    buying: isBuyer ? typed(turn, features, all.buying, all.buyingType, turn.buying, scale) : [],
    steps: stepsOf(turn, features, all),
    rivals: isSelling ? rivalsOf(turn, features, all.rival) : turn.rivals.filter((one) => one.confidence >= LISTED),
    pricing: pricingOf(turn, features, all.pricing),
  };
}

/** So sure are the rules of a name on the tenant's own list. */
const LISTED = 0.95;

/** A name is a grave thing to say of somebody, and it has no rule behind it. */
const NAME_NEEDS = 0.6;

function ask(head: Judge, features: Features, hasRule?: boolean): { chance: number; isTrue: boolean; loudest: number } {
  const { odds, sentences } = scoreOf(head, features);
  const sure = chance(head.slope * odds + head.shift);
  const isTrue = sure >= chanceNeeded(head.threshold, hasRule);
  return { chance: Math.round(sure * 1000) / 1000, isTrue, loudest: sentences.indexOf(Math.max(...sentences)) };
}

function typed<T extends string>(
  turn: Turn,
  features: Features,
  whether: Judge,
  kinds: Record<T, Judge>,
  hits: readonly Found<T>[],
  scale: number,
): Found<T>[] {
  const asked = ask(whether, features, hits.length > 0);
  const loudest = sentenceAt(turn, asked.loudest);
  if (!asked.isTrue || !loudest) return [];
  const found: Found<T>[] = [];
  let best: { type: T; sure: number } | undefined;
  for (const type in kinds) {
    const kind = ask(kinds[type], features);
    const hit = hits.find((one) => one.type === type);
    if (!best || kind.chance > best.sure) best = { type, sure: kind.chance };
    if (kind.isTrue || (hit && kind.chance >= RULE_HOLDS))
      found.push({ type, said: hit?.said ?? sentenceAt(turn, kind.loudest) ?? loudest, confidence: asked.chance * scale });
  }
  if (found.length === 0 && best) {
    const hit = hits.find((one) => one.type === best.type);
    // That there is one is surer than which one it is.
    const sure = hit ? asked.chance : Math.min(asked.chance, Math.max(best.sure, TYPE_IN_DOUBT));
    found.push({ type: best.type, said: hit?.said ?? loudest, confidence: sure * scale });
  }
  return found;
}

/** What no head is sure of is shown as a doubt, below everything that acts by itself. */
const TYPE_IN_DOUBT = 0.5;

/** A rule knows its type; the head of that type must think it all but excluded to be believed instead. */
const RULE_HOLDS = 0.1;

function stepsOf(turn: Turn, features: Features, all: Heads): Step[] {
  const asked = ask(all.step, features, turn.steps.length > 0);
  if (!asked.isTrue) return [];
  if (turn.steps.length > 0) return turn.steps.map((step) => ({ ...step, confidence: asked.chance }));
  const said = sentenceAt(turn, asked.loudest);
  if (!said) return [];
  const due = dueText(said.text);
  let owner: Owner = 'both';
  let sure = -1;
  for (const kind of ['rep', 'customer', 'both'] as const) {
    const one = ask(all.owner[kind], features).chance;
    if (one > sure) [owner, sure] = [kind, one];
  }
  // No rule knows the deed's words, so a person looks at it before it is written.
  return [{ said, owner, deed: '', deedAt: 0, ...(due ? { due } : {}), hedged: true, confidence: asked.chance }];
}

function rivalsOf(turn: Turn, features: Features, head: Judge): Rival[] {
  if (turn.names.length === 0) return turn.rivals;
  const asked = ask(head, features);
  const said = sentenceAt(turn, asked.loudest);
  const named = (name: string): boolean => turn.rivals.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const more = asked.isTrue && asked.chance >= NAME_NEEDS ? turn.names.filter((one) => one.said === said && !named(one.name)) : [];
  return [...turn.rivals, ...more.map((one) => ({ ...one, confidence: asked.chance }))];
}

function pricingOf(turn: Turn, features: Features, head: Judge): Found<'pricing'>[] {
  const asked = ask(head, features, turn.pricing.length > 0);
  const said = turn.pricing[0] ?? sentenceAt(turn, asked.loudest);
  return asked.isTrue && said ? [{ type: 'pricing', said, confidence: asked.chance }] : [];
}

const sentenceAt = (turn: Turn, at: number): Said | undefined => {
  const said = turn.sentences[at];
  return said && said.lean !== '' ? said : turn.sentences.find((one) => one.lean !== '');
};

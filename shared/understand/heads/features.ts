import { isAskedAbout, isOfOffer, isPain } from '../guards.ts';
import type { Turn } from '../hits.ts';
import type { Said } from '../said.ts';
import { aroundGrams, classesOf, contextGrams, gramsOf, markPlace } from './grams.ts';

/** A turn as places in a head: what holds for the whole of it, and each of its sentences apart. */
export interface Features {
  /** Marks of the whole turn: rule hits, who speaks. */
  marks: number[];
  /** What the other side said right before. */
  context: number[];
  /** What was talked of in the last few turns. */
  around: number[];
  sentences: { marks: number[]; grams: number[]; words: number[] }[];
}

export function featuresOf(turn: Turn): Features {
  const words = turn.sentences.reduce((sum, one) => sum + count(one.lean), 0);
  const customer = turn.utterance.role !== 'rep';
  const side = customer ? 'c' : 'r';
  const before = turn.sentences[0]?.before ?? '';
  const asked = before.endsWith('?');
  const names = [
    `side ${side}`,
    `nth ${Math.min(turn.nth, 4)}`,
    `mood ${side} ${Math.round(turn.mood * 8)}`,
    `before ${before === '' ? 'nothing' : asked ? 'question' : 'statement'}`,
    ...hitNames(turn).map((name) => `turn ${side} ${name}`),
  ];
  for (const family of ['objections', 'buying', 'steps', 'rivals', 'pricing'] as const)
    if (turn[family].length > 0) names.push(`turn ${side} any ${family}`, `turn ${side} any ${family} ${words < 8}`);
    else names.push(`turn ${side} no ${family}`);
  // A short answer means what it answers.
  if (words <= 7) {
    const first = turn.sentences[0]?.full.split(' ')[0] ?? '';
    for (const kind of classesOf(before)) names.push(`answer ${YES.has(first) ? 'yes' : NO.has(first) ? 'no' : 'else'} ${asked} ${kind}`);
  }
  return {
    marks: names.map(markPlace),
    context: contextGrams(before),
    around: aroundGrams(turn.sentences[0]?.around ?? ''),
    sentences: turn.sentences.map((one) => ({
      marks: sentenceMarks(turn, one, side).map(markPlace),
      ...gramsOf(one.lean, one.isQuestion),
    })),
  };
}

function hitNames(turn: Turn): string[] {
  return [
    ...turn.objections.map((one) => `o ${one.type} ${level(one.confidence)}`),
    ...turn.buying.map((one) => `b ${one.type} ${level(one.confidence)}`),
    ...turn.steps.map((one) => `n ${one.owner} ${level(one.confidence)} ${one.hedged} ${one.due !== undefined}`),
  ];
}

function sentenceMarks(turn: Turn, said: Said, side: string): string[] {
  const here = <T extends { said: Said }>(list: readonly T[]): T[] => list.filter((one) => one.said === said);
  const names = [
    ...here(turn.objections).flatMap((one) => ['o', `o ${one.type}`, `o ${level(one.confidence)}`]),
    ...here(turn.buying).flatMap((one) => ['b', `b ${one.type}`, `b ${level(one.confidence)}`]),
    ...here(turn.steps).flatMap((one) => ['n', `n ${one.owner} ${one.hedged}`, `n due ${one.due !== undefined}`]),
    ...here(turn.rivals).map(() => 'c'),
    ...turn.pricing.filter((one) => one === said).map(() => '$'),
    said.isQuestion ? 'asks' : 'says',
    said.opens ? 'opens' : 'follows',
    ...(isPain(said.lean) ? ['pain'] : []),
    isOfOffer(said.lean) ? 'offer' : `no offer ${isAskedAbout(said.before)}`,
    ...(/\b(?:but|though|however)\b/.test(said.lean) ? ['but'] : []),
  ];
  return names.map((name) => `here ${side} ${name}`);
}

const count = (lean: string): number => (lean === '' ? 0 : lean.split(' ').length);
const level = (confidence: number): number => Math.round(confidence * 10);
const YES = new Set('yes sure okay alright great perfect absolutely definitely sounds fine good works lets please'.split(' '));
const NO = new Set('no not never sorry'.split(' '));

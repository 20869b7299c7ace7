import type { GoldTurn, PredictedTurn, Prediction } from './calls.ts';

/** Right, wrongly said, missed. */
interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

export interface Figure extends Tally {
  n: number;
  precision: number;
  recall: number;
  f1: number;
  /** 95 %, resampled over calls; absent where there is nothing to resample. */
  interval?: [number, number];
}

export const families = ['objection', 'next_step', 'buying', 'pricing', 'competitor'] as const;
type Family = (typeof families)[number];

export interface Scores {
  families: Record<Family, Figure>;
  objectionTypes: number | null;
  buyingTypes: number | null;
  owners: number | null;
  sentiment: number | null;
}

/**
 * Turn by turn, as the evaluation counts: a borderline turn neither rewards nor costs, a family that was not labelled for a call is
 * left out, and a turn counts once a family. Of competitors every name counts.
 */
export function score(gold: readonly GoldTurn[], predictions: readonly Prediction[]): Scores {
  const said = new Map(predictions.flatMap((call) => call.turns.map((turn) => [`${call.call_id}#${turn.turn}`, turn] as const)));
  const calls = [...Map.groupBy(gold, (one) => one.call_id).values()].map((turns) => tallyCall(turns, said));
  const whole = add(calls);
  return {
    families: each((family) => {
      const figure = figureOf(whole.families[family]);
      return figure.n === 0 ? figure : { ...figure, interval: resample(calls.map((one) => one.families[family])) };
    }),
    objectionTypes: macro(whole.objectionTypes, 3),
    buyingTypes: macro(whole.buyingTypes, 3),
    owners: whole.owners.right + whole.owners.wrong === 0 ? null : whole.owners.right / (whole.owners.right + whole.owners.wrong),
    sentiment: macro(whole.sentiment, 1),
  };
}

interface CallTally {
  families: Record<Family, Tally>;
  objectionTypes: Map<string, Tally>;
  buyingTypes: Map<string, Tally>;
  sentiment: Map<string, Tally>;
  owners: Tally;
}

const none = (): Tally => ({ right: 0, wrong: 0, missed: 0 });
const each = <T>(make: (family: Family) => T): Record<Family, T> => ({
  objection: make('objection'),
  next_step: make('next_step'),
  buying: make('buying'),
  pricing: make('pricing'),
  competitor: make('competitor'),
});

function tallyCall(turns: readonly GoldTurn[], said: ReadonlyMap<string, PredictedTurn>): CallTally {
  const tally: CallTally = {
    families: each(none),
    objectionTypes: new Map(),
    buyingTypes: new Map(),
    sentiment: new Map(),
    owners: none(),
  };
  for (const { id, role, skip = [], labels } of turns) {
    const turn = said.get(id);
    const theirs = role === 'prospect';
    const counts = (family: string, truths: number): boolean => truths > 0 || !labels.soft.includes(family);
    if (theirs && !skip.includes('objection') && counts('objection', labels.objections.length)) {
      const types = (turn?.objections ?? []).map((one) => one.type);
      note(tally.families.objection, types.length > 0, labels.objections.length > 0);
      noteAll(tally.objectionTypes, types, labels.objections);
    }
    if (theirs && !skip.includes('buying') && counts('buying_signal', labels.buying_signals.length)) {
      const types = (turn?.buying_signals ?? []).map((one) => one.type);
      note(tally.families.buying, types.length > 0, labels.buying_signals.length > 0);
      noteAll(tally.buyingTypes, types, labels.buying_signals);
    }
    const steps = turn?.next_steps ?? [];
    if (counts('next_step', labels.next_steps.length)) note(tally.families.next_step, steps.length > 0, labels.next_steps.length > 0);
    if (steps.length > 0 && labels.next_steps.length > 0) {
      const owners = new Set(labels.next_steps.map((one) => one.owner));
      const isRight = steps.some(({ owner }) => owner === 'both' || owners.has(owner) || owners.has('both'));
      tally.owners[isRight ? 'right' : 'wrong']++;
    }
    if (!skip.includes('price')) note(tally.families.pricing, turn?.pricing ?? false, labels.pricing);
    if (!skip.includes('competitor')) {
      const [names, truths] = [(turn?.competitors ?? []).map(plain), labels.competitors.map(plain)];
      for (const name of new Set([...names, ...truths])) note(tally.families.competitor, names.includes(name), truths.includes(name));
    }
    if (theirs && !skip.includes('sentiment') && turn) {
      const mood = turn.sentiment >= 0.6 ? '1' : turn.sentiment <= 0.4 ? '-1' : '0';
      noteAll(tally.sentiment, [mood], [String(labels.sentiment)]);
    }
  }
  return tally;
}

function note(to: Tally, isSaid: boolean, isTrue: boolean): void {
  if (isSaid && isTrue) to.right++;
  else if (isSaid) to.wrong++;
  else if (isTrue) to.missed++;
}

function noteAll(to: Map<string, Tally>, said: readonly string[], truths: readonly string[]): void {
  for (const kind of new Set([...said, ...truths])) {
    const held = to.get(kind) ?? none();
    note(held, said.includes(kind), truths.includes(kind));
    to.set(kind, held);
  }
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

function add(calls: readonly CallTally[]): CallTally {
  const sum = (list: readonly Tally[]): Tally =>
    list.reduce((a, b) => ({ right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed }), none());
  const sumAll = (list: readonly Map<string, Tally>[]): Map<string, Tally> =>
    new Map([...new Set(list.flatMap((one) => [...one.keys()]))].map((kind) => [kind, sum(list.map((one) => one.get(kind) ?? none()))]));
  return {
    families: each((family) => sum(calls.map((one) => one.families[family]))),
    objectionTypes: sumAll(calls.map((one) => one.objectionTypes)),
    buyingTypes: sumAll(calls.map((one) => one.buyingTypes)),
    sentiment: sumAll(calls.map((one) => one.sentiment)),
    owners: sum(calls.map((one) => one.owners)),
  };
}

const f1Of = ({ right, wrong, missed }: Tally): number => (2 * right) / (2 * right + wrong + missed || 1);

function figureOf(tally: Tally): Figure {
  const { right, wrong, missed } = tally;
  return { ...tally, n: right + missed, precision: right / (right + wrong || 1), recall: right / (right + missed || 1), f1: f1Of(tally) };
}

/** Mean F1 of the kinds that occur often enough to say anything. */
function macro(tallies: ReadonlyMap<string, Tally>, least: number): number | null {
  const often = [...tallies.values()].filter((one) => one.right + one.missed >= least);
  return often.length === 0 ? null : often.reduce((sum, one) => sum + f1Of(one), 0) / often.length;
}

const ROUNDS = 1000;

/** Bootstrap over calls with a fixed seed: turns of one call are not independent. */
function resample(calls: readonly Tally[]): [number, number] {
  let seed = 12_345;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const found = Array.from({ length: ROUNDS }, () => {
    const total = none();
    for (let nth = 0; nth < calls.length; nth++) {
      const one = calls[Math.floor(next() * calls.length)] ?? none();
      total.right += one.right;
      total.wrong += one.wrong;
      total.missed += one.missed;
    }
    return f1Of(total);
  }).sort((a, b) => a - b);
  return [found[25] ?? 0, found[974] ?? 0];
}

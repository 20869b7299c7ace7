import { buyingType, objectionType } from '../../shared/contracts/insight.ts';
import { PLACES } from '../../shared/understand/heads/grams.ts';
import type { Example } from './examples.ts';

/** A head to be trained: on which turns, for what, how large, how tame. */
export interface Plan {
  name: string;
  size: number;
  isPlain: boolean;
  penalty: number;
  /** The turns it is ever asked about. */
  about: (one: Example) => boolean;
  truth: (one: Example) => boolean;
  /** How much a turn counts in training, where not as usual. */
  weight?: (one: Example) => number;
  /** What the cue rules alone say, where they say anything. */
  rules?: (one: Example) => boolean;
  /** It is only asked where something is sold. */
  needsSale?: boolean;
}

const anybody = (): boolean => true;
const customer = (one: Example): boolean => !one.turn.isRep;

export const families: readonly Plan[] = [
  {
    name: 'objection',
    size: PLACES,
    isPlain: false,
    penalty: 2,
    about: customer,
    truth: (one) => one.turn.objections.length > 0,
    rules: (one) => one.heard.objections.length > 0,
    needsSale: true,
  },
  {
    name: 'step',
    size: PLACES,
    isPlain: false,
    penalty: 2,
    about: anybody,
    truth: (one) => one.turn.steps.length > 0,
    rules: (one) => one.heard.steps.length > 0,
  },
  {
    name: 'buying',
    size: PLACES,
    isPlain: false,
    penalty: 2,
    about: customer,
    truth: (one) => one.turn.buying.length > 0,
    rules: (one) => one.heard.buying.length > 0,
    needsSale: true,
  },
  {
    name: 'pricing',
    size: PLACES,
    isPlain: false,
    penalty: 2,
    about: anybody,
    truth: (one) => one.turn.isPricing,
    rules: (one) => one.heard.pricing.length > 0,
  },
];

/** Where the tenant's list knows the names nothing is to be learned, so it learns from written turns with a name in them. */
export const rival: Plan = {
  name: 'rival',
  size: PLACES / 4,
  isPlain: true,
  penalty: 2,
  about: (one) => !one.isBare && (one.heard.names.length > 0 || one.turn.rivals.length > 0),
  truth: (one) => one.turn.rivals.length > 0,
  rules: (one) => one.heard.rivals.length > 0,
  weight: () => 1,
};

/** Whether anything is sold on a call: learned from whole dialogues and stretches of them. */
export const selling: Plan = {
  name: 'selling',
  size: PLACES / 2,
  isPlain: true,
  penalty: 0.3,
  about: anybody,
  truth: (one) => !one.isTalk,
  weight: (one) => (one.isTalk ? 3 : 1),
};

/**
 * From which chance on a call counts as a sale. Set where false objections in talk without a sale fall below five in a thousand of the
 * customer's turns; a call with plain words of trade is a sale anyway (see `isSold`).
 */
export const SOLD = 0.88;

const small = { size: PLACES / 8, isPlain: true, penalty: 1 };

/** Type heads are asked only where there is an objection, signal or step, so they learn from those turns alone. */
export const typePlans: readonly { group: string; kind: string; plan: Plan }[] = [
  ...objectionType.options.map((kind) => ({
    group: 'objectionType',
    kind,
    plan: {
      ...small,
      name: `objection ${kind}`,
      about: (one: Example) => customer(one) && one.turn.objections.length > 0,
      truth: (one: Example) => one.turn.objections.includes(kind),
      rules: (one: Example) => one.heard.objections.some(({ type }) => type === kind),
    },
  })),
  ...buyingType.options.map((kind) => ({
    group: 'buyingType',
    kind,
    plan: {
      ...small,
      name: `buying ${kind}`,
      about: (one: Example) => customer(one) && one.turn.buying.length > 0,
      truth: (one: Example) => one.turn.buying.includes(kind),
      rules: (one: Example) => one.heard.buying.some(({ type }) => type === kind),
    },
  })),
  ...['rep', 'customer', 'both'].map((kind) => ({
    group: 'owner',
    kind,
    plan: {
      ...small,
      name: `owner ${kind}`,
      about: (one: Example) => one.turn.steps.length > 0,
      truth: (one: Example) => one.turn.steps.some(({ owner }) => owner === (kind === 'customer' ? 'prospect' : kind)),
      rules: (one: Example) => one.heard.steps.some(({ owner }) => owner === kind),
    },
  })),
];

import type { Budget } from '../contracts/need.ts';
import { isHedged, isPast } from './guards.ts';
import { moneySaid } from './money-said.ts';
import { evidenceOf, type Said } from './said.ts';

/** What the customer can spend. Said twice, the later word counts; a rep's figure counts only with the customer's yes to it. */
export function budgetSaid(said: readonly Said[]): Budget | undefined {
  let held: Budget | undefined;
  said.forEach((one, at) => {
    if (one.utterance.role === 'rep') return;
    const found = inSentence(one) ?? assented(said, at);
    if (!found) return;
    // A later sentence without a figure does not wipe one out, unless it says otherwise.
    if (!held || found.amount !== undefined || found.state !== held.state) held = found;
  });
  return held;
}

function inSentence(one: Said): Budget | undefined {
  const { lean } = one;
  if (one.isQuestion || lean === '' || isPast(lean) || OTHERS.test(lean) || SPENDS_NOW.test(lean)) return undefined;
  const plain = lean.replace(NOT_BUDGET, ' ');
  const scale = one.utterance.role === 'customer' ? 1 : 0.7;
  const proof = evidenceOf(one.utterance, one.start, one.end);
  if (NONE.test(plain)) return { state: 'none', confidence: 0.85 * scale, evidence: proof };
  const hasCue = BUDGET.test(plain);
  const said = hasCue || WILLING.test(plain) || BOUND.test(plain) ? moneySaid(one.text.slice(0, TEXT_MAX)) : undefined;
  const money = said && (hasCue || WILLING.test(plain) || said.currency !== undefined) ? said : undefined;
  if (!money && !(hasCue && (STANDS.test(plain) || UNSURE.test(plain)))) return undefined;
  const isUnsure = UNSURE.test(plain) || (isHedged(lean) && !money);
  return {
    state: isUnsure ? 'unsure' : 'available',
    ...amountOf(money, plain),
    confidence: (isHedged(lean) ? 0.7 : 0.9) * scale,
    evidence: proof,
  };
}

/** "Is your budget around 50k?" "Yes, about that.": both together are the proof, next to each other only. */
function assented(said: readonly Said[], at: number): Budget | undefined {
  const yes = said[at];
  if (!yes?.opens || yes.isQuestion || !YES.test(yes.full) || isHedged(yes.lean.replace(/\babout\b/, ''))) return undefined;
  const asked = said[at - 1];
  if (asked?.utterance.role !== 'rep' || !asked.isQuestion || !BUDGET.test(asked.lean)) return undefined;
  const money = moneySaid(asked.text.slice(0, TEXT_MAX));
  if (!money) return undefined;
  return {
    state: 'available',
    ...amountOf(money, asked.lean),
    confidence: yes.utterance.role === 'customer' ? 0.8 : 0.56,
    evidence: evidenceOf(yes.utterance, yes.start, yes.end),
    asked: evidenceOf(asked.utterance, asked.start, asked.end),
  };
}

function amountOf(money: ReturnType<typeof moneySaid>, lean: string): Pick<Budget, 'amount' | 'amountTo' | 'currency' | 'period' | 'per'> {
  if (!money) return {};
  const period = PERIODS.find(([re]) => re.test(lean))?.[1];
  const per = /\b(?:per|a|each) (seat|user|license|head|agent|rep|location|site|employee|store|device)\b/.exec(lean)?.[1];
  return {
    amount: money.amount,
    ...(money.to === undefined ? {} : { amountTo: money.to }),
    ...(money.currency === undefined ? {} : { currency: money.currency }),
    ...(period ? { period } : {}),
    ...(per ? { per } : {}),
  };
}

/** A longer sentence is nobody's speech. */
const TEXT_MAX = 800;
const PERIODS: readonly (readonly [RegExp, NonNullable<Budget['period']>])[] = [
  [/\b(?:one time|one off|up ?front|once)\b/, 'once'],
  [/\b(?:a|per|each|every) month\b|\bmonthly\b/, 'month'],
  [/\b(?:a|per|each|every|this) quarter\b|\bquarterly\b/, 'quarter'],
  [/\b(?:a|per|each|every|this|the) year\b|\bannual(?:ly)?\b|\byearly\b|\bper annum\b/, 'year'],
];
const BUDGET =
  /\b(?:budget(?:s|ed|ing)?|set aside|allocated|earmarked|ear marked|put aside|funding|price range|spending limit|money (?:approved|for this)|funds?)\b/;
const WILLING =
  /\b(?:can|could|willing to|able to|prepared to|looking to|plan(?:ning)? to|want to|comfortable|hoping to|happy to|allowed to|authori[sz]ed to)(?: [a-z]+){0,3} (?:spend(?:ing)?|pay(?:ing)?|go (?:up to|as high as)|invest|afford|approve|sign for)\b/;
/** A bound that may be of anything: it counts with a currency only. */
const BOUND =
  /\b(?:up to|no more than|at most|a maximum of|a ceiling of|a cap of|not more than|stay under|keep it under|max out at|top out at|somewhere (?:around|between))\b/;
const STANDS =
  /\b(?:(?:have|has|got|is|there is) (?:(?:the|a|some|our|been|already|this) )*(?:budget(?:ed)?|funding|set aside|allocated|money approved|funds)|budget (?:is|has been|was|got) (?:[a-z]+ )?(?:approved|there|set|allocated|signed|available|in place|not (?:a|an|the|really a) (?:problem|issue|concern))|(?:approved|allocated|secured) (?:the |a |our )?(?:budget|funding))\b/;
const NONE =
  /\b(?:(?:no|not have (?:a|any|the)|not got (?:a|any|the)|without a|zero|out of|ran out of|used up (?:our|the|all)) (?:[a-z]+ ){0,2}(?:budget|funding|funds)|budgets? (?:is|are|was|has been|have been|got) (?:[a-z]+ )?(?:frozen|cut|gone|spent|exhausted|used up|slashed|maxed out)|budget (?:freeze|cuts?)|(?:froze|slashed|cut) (?:our|the|all|my) (?:[a-z]+ )?budgets?)\b/;
const UNSURE =
  /\b(?:(?:budget|funding) (?:[a-z]+ )?(?:is not|has not been|is still|is being|depends|would (?:have|need)|needs to be|has to be|will be)|not (?:have )?(?:a )?(?:set|fixed|final|finali[sz]ed|approved|exact) (?:budget|number)|(?:need|have|going|try|trying) to (?:get|ask for|find|secure|request|check on|justify) (?:[a-z]+ ){0,3}(?:budget|funding|money)|(?:do not|not) (?:know|sure) (?:[a-z]+ ){0,5}budget)\b/;
/** Somebody else's money, or ours. */
const OTHERS =
  /\b(?:your (?:budget|price|prices|pricing|quote|fee|cost)|you (?:charge|said|want)|quot(?:ed|es|ing)|they (?:quoted|charge|want|offered)|quote from|competitors?)\b/;
const SPENDS_NOW =
  /\b(?:currently|today|right now|at the moment|already|we|i) (?:are |am )?(?:currently )?(?:pay|paying|spend|spending|paid|spent)\b(?! up to)/;
const NOT_BUDGET =
  /\b(?:budget (?:friendly|owners?|holders?|lines?|cycles?|season|meetings?|planning|process|review|is (?:owned|held|decided)|conversation|question)|(?:owns?|holds?|controls?|manages?|managing|responsible for|in charge of|hold) (?:the|our|a|that|my|his|her|all)? ?(?:[a-z]+ )?budgets?|beyond budget|on a budget)\b/g;
const YES =
  /^(?:(?:oh|well|um|uh|so) )*(?:yes|yeah|correct|exactly|right|that is (?:right|correct|about right)|about that|sounds right|roughly|pretty much|more or less|spot on)\b/;

import type { Around } from './around.ts';
import { isNegation, isNumber, textOf, type Word } from './word.ts';

/** What the words round a span make of it. */
export type Turn = 'numbers' | 'negation' | 'condition' | 'question';

/**
 * The sentence says the opposite of what is left when the span is cut out of it: "I don't think | we have budget", "if | we sign",
 * "do | we have it?", "twenty to | thirty". Undefined when it does not.
 */
export function turnedRound(span: readonly Word[], round: Around): Turn | undefined {
  if (cutsRange(span, round)) return 'numbers';
  const clause = textOf(round.clause);
  if (DENIES_WHAT_FOLLOWS.test(clause) || denied(span, round) || deniedBehind(span, round)) return 'negation';
  if (CONDITION_OF.test(clause)) return 'condition';
  if (round.isQuestion && !round.opens && INVERTS.test(textOf(round.before))) return 'question';
  return undefined;
}

function cutsRange(span: readonly Word[], { before, after, breaksBefore, breaksAfter }: Around): boolean {
  const [first, last] = [span[0], span.at(-1)];
  const [next, then] = after;
  if (last && isNumber(last) && !breaksAfter && next && (isNumber(next) || (RANGES.has(next.text) && then && isNumber(then)))) return true;
  const [previous, earlier] = [before.at(-1), before.at(-2)];
  if (!first || !isNumber(first) || !previous || breaksBefore) return false;
  return (
    isNumber(previous) ||
    (earlier !== undefined && isNumber(earlier) && RANGES.has(previous.text)) ||
    /\bbetween #\S+ and$/.test(textOf(before))
  );
}

/** A denial that reaches into the span from its own clause. */
function denied(span: readonly Word[], { clause }: Around): boolean {
  const near = clause.slice(-8);
  const text = ` ${textOf(near)} `.replace(HARMLESS, ' ');
  const first = span[0]?.text ?? '';
  // A span that has its own subject is its own statement, unless the clause denies it as a whole.
  if (SUBJECTS.has(first)) return false;
  if (text.trim() === 'no') return !STARTS.has(first);
  return text
    .trim()
    .split(' ')
    .some((word) => isNegation({ text: word }));
}

function deniedBehind(span: readonly Word[], { after, breaksAfter, next }: Around): boolean {
  if (!breaksAfter && after[0] && isNegation(after[0]) && AUXILIARIES.has(span.at(-1)?.text ?? '')) return true;
  if (breaksAfter) return DENIES_WHAT_WAS_SAID.test(textOf(next));
  return /^(?:(?:is|are|was|were|will|would|does|did|can|could|should|has) (?:simply |just |really |certainly |still |probably )?(?:not|never|no longer)|(?:is|was) (?:false|wrong|untrue|a lie|a joke|off the table))\b/.test(
    textOf(after.slice(0, 6)),
  );
}

const AUXILIARIES = new Set('do does did is are was were am will would can could should has have had may might must'.split(' '));
const RANGES = new Set(['to', 'or']);
const SUBJECTS = new Set('i we you they he she it there this that everyone everybody'.split(' '));
const STARTS = new Set('the our my your their a an'.split(' '));
const HARMLESS =
  /\b(?:no (?:problem|worries|doubt)|not (?:a problem|only|just|to mention)|why not|or not|do not (?:worry|forget|mind)(?: about (?:it|that|this))?|do not get me wrong)\b/g;
const DENIES_WHAT_WAS_SAID =
  /^(?:(?:but )?(?:not|not really|not yet|not at all|not any ?more|i do not think so|i do not think|i doubt it|no way|as if|said no one|said nobody|that is not true|that is not the case|that is false|that is a lie|which is not true|which is not the case|which is false))$/;

const DENIES_WHAT_FOLLOWS =
  /(?:\b(?:not|no one|nobody|never|hardly|none of (?:us|them))(?: [a-z]+){0,3}? (?:think|believe|say|saying|said|mean|meant|claim|feel|expect|guess|suppose|see|know|known|convinced|sure|certain|true|case|like|imagine|agree|agreed|confirm|confirmed|promise|promised|hear|heard|assume|recall|remember|clear|guarantee|told|tell)(?: (?:you|us|them|me|him|her|anyone))?(?: (?:that|if|whether|how))?|\b(?:doubt|doubts|doubtful|deny|denies|denied|disagree|wish|wishes|pretend|pretended|as if|as though|unlikely|impossible|false|a lie|a myth|a rumor|wrong)(?: that| to say(?: that)?)?|\b(?:no (?:way|chance|reason|plan|plans|point)|not because|not that|far from|anything but|stop saying|instead of|rather then|refuse to|refused to|fail to|failed to|nobody says))$/;
const CONDITION_OF =
  /\b(?:if|unless|whether|suppose|supposing|assuming|provided|providing|in case|as long as|until|what if|even if|used to|almost|nearly|barely|rarely|seldom|supposed to|hypothetically|imagine|let us say|lets say)(?: that)?$/;
const INVERTS =
  /(?:^|\b(?:and|but|so|or|well|why|when|how|what|where|then|also|okay) )(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|may)$/;

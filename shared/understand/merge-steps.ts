import type { Step } from './next-steps.ts';
import type { Said } from './said.ts';

/** One promise, one step: asking, agreeing and repeating within a few turns are the same deed. Order of the call. */
export function mergeSteps(steps: readonly Step[], said: readonly Said[]): Step[] {
  const kept: Step[] = [];
  for (const step of steps.map((one) => accepted(one, said))) {
    const at = kept.findLastIndex((held) => isSame(held, step));
    const held = kept[at];
    if (!held) kept.push(step);
    else kept[at] = join(held, step);
  }
  // A bare "Tuesday works" with nothing to meet for is still a meeting; what is left of vague asks is not.
  return kept;
}

/** An offer or question that the other side says yes to at once is agreed. */
function accepted(step: Step, said: readonly Said[]): Step {
  if (!step.hedged || /\b(?:if|unless|maybe|might|depending|perhaps)\b/.test(step.said.lean)) return step;
  const { seq, role } = step.said.utterance;
  const answer = said.find((one) => one.utterance.seq > seq && one.lean !== '');
  const rest = said.some((one) => one.utterance.seq === seq && one.start > step.said.start && one.isQuestion);
  if (rest || !answer || answer.utterance.role === role || !YES.test(answer.full) || /\b(?:but|not|if)\b/.test(answer.full)) return step;
  return { ...step, hedged: false, confidence: Math.min(0.95, step.confidence + 0.15) };
}

function isSame(held: Step, step: Step): boolean {
  if (held.owner !== step.owner) return false;
  const apart = step.said.utterance.seq - held.said.utterance.seq;
  if (held.owner === 'both')
    return apart <= 4 || Boolean(held.due && step.due && held.due.text.toLowerCase() === step.due.text.toLowerCase());
  const [a, b] = [nouns(held.deed), nouns(step.deed)];
  const shared = [...b].filter((word) => a.has(word)).length;
  return shared > 0 && shared >= Math.min(a.size, b.size) / 2;
}

/** The later word wins on time and doubt; the fuller one says what. */
function join(held: Step, step: Step): Step {
  const fuller = step.deed.length > held.deed.length && held.deed.split(' ').length < 3 ? step : held;
  const due = fuller.due ?? step.due ?? held.due;
  // The due words must stand in the quote, so a step takes the sentence that carries them when the deed's has none.
  const base = fuller.due || !due ? fuller : { ...(step.due ? step : held), deed: (step.due ? step : held).deed };
  return { ...base, hedged: held.hedged && step.hedged, confidence: Math.max(held.confidence, step.confidence) };
}

const nouns = (deed: string): Set<string> => new Set(deed.split(' ').filter((word) => word.length > 3 && !COMMON.has(word)));
const COMMON = new Set(
  'send email share that this them over with your have will some today tomorrow week next then also back from along them call make sure monday tuesday wednesday thursday friday know what when about there would could'.split(
    ' ',
  ),
);
const YES =
  /^(?:yes|sure|okay|absolutely|definitely|perfect|great|of course|certainly|sounds (?:good|great|perfect)|that works|that would be (?:great|good|perfect|fine|helpful)|please|happy to|alright|all right|works for|will do|(?:monday|tuesday|wednesday|thursday|friday|tomorrow)(?: [a-z0-9]+){0,3} works|i will|we will|i can|we can|no problem|lets do)\b/;

import type { Utterance } from '../contracts/transcript.ts';
import { type Claimed, claimsOf } from './claims-of.ts';
import { hitsOf, turnsOf } from './hits.ts';
import { judge } from './judge.ts';
import { questionsAsked } from './questions-asked.ts';
import type { Call } from './read-call.ts';
import { sayings } from './said.ts';
import { type Widened, widen } from './widen.ts';

/** What some turns of a call hold, as a whole analysis would say it of them. */
export type TurnsRead = Claimed & Widened;

/** So many turns before the new ones say what the talk is about. */
const CONTEXT_TURNS = 6;

/**
 * The analyzer on the newest turns of a call that still runs: `said` is the call so far, and from the place `from` on it is new.
 * The same rules and heads as after the call; what they can only know of a whole call (is anything sold on it?) is taken as given.
 */
export function readTurns(call: Omit<Call, 'utterances'>, said: readonly Utterance[], from: number): TurnsRead {
  const fresh = said.slice(from);
  const first = fresh[0]?.seq ?? 0;
  const around = sayings(said.slice(Math.max(0, from - CONTEXT_TURNS)));
  const heard = around.filter((one) => one.utterance.seq >= first);
  const whole = { ...call, utterances: fresh };
  const hits = hitsOf(whole, heard);
  const verdicts = turnsOf(whole, hits).map((turn) => judge({ ...turn, nth: turn.utterance.seq }, true));
  const claims = claimsOf(
    {
      said: heard,
      objections: verdicts.flatMap((one) => one.objections),
      buying: verdicts.flatMap((one) => one.buying),
      steps: verdicts.flatMap((one) => one.steps),
      rivals: verdicts.flatMap((one) => one.rivals),
      pricing: verdicts.flatMap((one) => one.pricing),
    },
    whole,
  );
  // A question of the turns before may have been answered by these.
  return { ...claims, ...widen(whole, heard, { ...claims, turns: [] }), questions: questionsAsked(around) };
}

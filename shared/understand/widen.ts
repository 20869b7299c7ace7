import type { Insight } from '../contracts/insight.ts';
import type { Speaker } from '../contracts/need.ts';
import type { Evidence, Utterance } from '../contracts/transcript.ts';
import { authoritySaid } from './authority-said.ts';
import { budgetSaid } from './budget-said.ts';
import { methodologyOf } from './methodology/methodology.ts';
import { customerTurns, quartersOf, turningPoints } from './mood.ts';
import { goals, needOf, pains } from './needs.ts';
import { peopleSaid } from './people-said.ts';
import { promises } from './promises.ts';
import { questionsAsked } from './questions-asked.ts';
import type { Call } from './read-call.ts';
import type { Said } from './said.ts';
import { lastSaid, timelineSaid } from './timeline-said.ts';

/** What `widen` adds to an insight. `metrics` and `limits` are found elsewhere. */
export type Widened = Pick<
  Insight,
  | 'speakers'
  | 'pains'
  | 'goals'
  | 'questions'
  | 'budget'
  | 'timeline'
  | 'authority'
  | 'people'
  | 'commitments'
  | 'quarters'
  | 'turningPoints'
  | 'methodology'
>;

/**
 * The rest of what a call holds, from its sentences and what was already found on it: needs, questions, money, time, people, promises,
 * mood and methods. Pure; never throws; every claim carries the transcript's own words. Where nothing was said, or nobody knows of
 * most speakers whose side they are on, there are speakers and no claims.
 */
export function widen(
  call: Pick<Call, 'utterances' | 'startedAt' | 'timeZone' | 'repName' | 'competitors'>,
  said: readonly Said[],
  insight: Pick<Insight, 'objections' | 'nextSteps' | 'competitors' | 'turns'>,
): Widened {
  const { utterances } = call;
  const base = { speakers: speakersOf(utterances) };
  const unknown = utterances.filter((one) => one.role === 'other').length;
  if (said.length === 0 || unknown * 2 > utterances.length) return base;

  const turns = customerTurns(utterances, insight.turns);
  const times = timelineSaid(said, call);
  const [budget, authority, timeline] = [budgetSaid(said), authoritySaid(said), lastSaid(times)];
  const found = {
    pains: pains(said, covers(insight.objections)).map(needOf),
    goals: goals(said, covers(insight.nextSteps)).map(needOf),
    people: peopleSaid(said, [
      call.repName,
      ...utterances.filter((one) => one.role === 'rep').map((one) => one.speaker),
      ...call.competitors,
      ...insight.competitors.map((one) => one.name),
    ]),
    commitments: promises(insight.nextSteps, said),
    ...(budget ? { budget } : {}),
    ...(authority ? { authority } : {}),
  };
  return {
    ...base,
    ...found,
    questions: questionsAsked(said),
    ...(timeline ? { timeline } : {}),
    quarters: quartersOf(turns, utterances),
    turningPoints: turningPoints(turns),
    methodology: methodologyOf(said, { ...found, times, competitors: insight.competitors }),
  };
}

/** Is a sentence the proof of one of these claims? */
function covers(claims: readonly { evidence: Evidence }[]): (one: Said) => boolean {
  const bySeq = Map.groupBy(claims, (claim) => claim.evidence.seq);
  return (one) =>
    (bySeq.get(one.utterance.seq) ?? []).some(({ evidence: { quote } }) => quote.includes(one.text) || one.text.includes(quote));
}

/** By name and side, in the order in which they first spoke. */
function speakersOf(utterances: readonly Utterance[]): Speaker[] {
  const speakers = new Map<string, Speaker>();
  for (const { speaker, role, startMs, endMs } of utterances) {
    const key = `${role} ${speaker}`;
    const held = speakers.get(key) ?? { name: speaker, role, spokeMs: 0 };
    speakers.set(key, { ...held, spokeMs: held.spokeMs + Math.max(0, endMs - startMs) });
  }
  return [...speakers.values()].slice(0, SPEAKERS_MAX);
}

const SPEAKERS_MAX = 50;

import type { Moment, Playbook } from '../contracts/playbook.ts';
import type { Role } from '../contracts/transcript.ts';
import { type CompiledPlays, compilePlays } from './compile-plays.ts';
import { suits } from './moments/check-record.ts';
import { type PastCall, playPast, speakerAt } from './moments/play-past.ts';
import { readyPacks } from './packs/ready.ts';

/** The points of a playbook's checklist, ready to be looked for. */
export interface Points {
  steps: readonly Moment[];
  plays: CompiledPlays;
}

/** A point that belonged to a call; with `evid` it was met, by these words. */
export interface KeptPoint {
  id: string;
  name: string;
  stage: string;
  evid?: { quote: string; role: Role; speaker: string; startMs: number };
}

/** Its own points, and those of the packs that it takes in; each once. */
export function pointsOf(playbook: Pick<Playbook, 'packs' | 'moments'>, competitors: readonly string[]): Points {
  const packs = readyPacks.filter(({ id }) => playbook.packs.includes(id)).flatMap(({ moments }) => moments);
  const all = [...playbook.moments, ...packs].filter(({ enabled, rule }) => enabled && rule.is === 'step');
  const steps = [...new Map(all.toReversed().map((moment) => [moment.id, moment])).values()].toReversed();
  return { steps, plays: compilePlays([], competitors, steps) };
}

/** Which of the points a call that is over met, in their order. What does not suit the call's record was no point of it. */
export function adherenceOf({ steps, plays }: Points, call: PastCall): KeptPoint[] {
  const ticks = playPast(plays, call).moments?.ticks ?? [];
  return steps.flatMap((moment) => {
    if (moment.rule.is !== 'step' || !suits(moment, call.record)) return [];
    const { id, name, rule } = moment;
    const tick = ticks.find(({ momentId }) => momentId === id);
    const evid = tick && { quote: tick.quote, role: tick.role, speaker: speakerAt(call.said, tick), startMs: tick.startMs };
    return [{ id, name, stage: rule.stage, ...(evid ? { evid } : {}) }];
  });
}

/** One point over many calls. */
export interface SummedPoint {
  id: string;
  name: string;
  stage: string;
  met: number;
  calls: number;
  examples: { callId: string; startedAt: string; quote: string; role: Role; startMs: number }[];
}

const EXAMPLES_MAX = 3;

/** How often each point was met, over these calls. Nobody's name is in it. */
export function sumPoints(calls: readonly { callId: string; startedAt: string; points: readonly KeptPoint[] }[]): SummedPoint[] {
  const sums = new Map<string, SummedPoint>();
  for (const { callId, startedAt, points } of calls)
    for (const { id, name, stage, evid } of points) {
      const sum = sums.get(id) ?? { id, name, stage, met: 0, calls: 0, examples: [] };
      sums.set(id, sum);
      sum.calls += 1;
      if (!evid) continue;
      sum.met += 1;
      const { quote, role, startMs } = evid;
      if (sum.examples.length < EXAMPLES_MAX) sum.examples.push({ callId, startedAt, quote, role, startMs });
    }
  return [...sums.values()];
}

/** With fewer people in a sum it would be about a person. */
export const PEOPLE_MIN = 3;

/** What the figures are of, in a sentence. */
export function sayAdherence(of: 'mine' | 'team', calls: number, people: number): string {
  const counted = `${calls} ${calls === 1 ? 'call' : 'calls'}`;
  if (calls === 0) return 'No call has been heard since this version was saved.';
  if (of === 'mine') return `Over your ${counted} since this version was saved.`;
  if (people < PEOPLE_MIN)
    return `Fewer than ${PEOPLE_MIN} people have had calls since this version was saved: a sum would be about a person.`;
  return `Over ${counted} of ${people} people since this version was saved. Nobody is compared with anybody.`;
}

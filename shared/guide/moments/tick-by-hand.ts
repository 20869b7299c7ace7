import type { CompiledPlays } from '../compile-plays.ts';
import type { Told } from '../heard.ts';
import type { Session } from '../session.ts';
import { suits } from './check-record.ts';
import { passMoments } from './hear-moments.ts';
import { noMoments } from './state.ts';

/** The rep says of a point of the checklist that it is done, or is not. The words that ticked it once do not tick it again. */
export function tickByHand(session: Session, { id, done }: { id: string; done: boolean }, plays: CompiledPlays): [Session, Told[]] {
  const moment = plays.byId.get(id)?.moment;
  const state = session.moments ?? noMoments;
  if (moment?.rule.is !== 'step' || !suits(moment, state.record)) return [session, []];
  if (state.ticks.some(({ momentId }) => momentId === id) === done) return [session, []];
  const { name, rule } = moment;
  const { stage } = rule;
  const tick = { momentId: id, name, stage, quote: '', role: 'rep' as const, startMs: session.nowMs, byHand: true as const };
  const ticks = done ? [...state.ticks, tick] : state.ticks.filter(({ momentId }) => momentId !== id);
  const seq = session.seq + 1;
  // What has to be said by this stage may be due now.
  const [next, told] = passMoments({ ...session, seq, moments: { ...state, ticks } }, plays);
  return [next, [{ type: 'step', seq, step: { id, name, stage, done, byHand: true } }, ...told]];
}

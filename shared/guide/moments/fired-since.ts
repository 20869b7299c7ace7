import type { GuidanceDown } from '../../contracts/guidance.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import type { Session } from '../session.ts';

type MomentFrame = Extract<GuidanceDown, { type: 'moment' }>;

/** What came between two sessions of one call, as screens are told: to mark the words, whether or not they brought a card. */
export function firedSince(before: Session, after: Session, { byId }: CompiledPlays): MomentFrame[] {
  const now = after.moments?.fired ?? [];
  const last = before.moments?.fired.at(-1);
  // The oldest are forgotten; the newest is where it was left.
  return now.slice(last ? now.lastIndexOf(last) + 1 : 0).map(({ momentId, role, turn, startMs, quote }) => {
    const kind = byId.get(momentId)?.kind;
    return { type: 'moment', playId: momentId, ...(kind ? { kind } : {}), turn, evid: { quote, role, startMs } };
  });
}

import type { Moment } from '../../contracts/playbook.ts';
import type { Role, Utterance } from '../../contracts/transcript.ts';
import { type CompiledPlays, compilePlays } from '../compile-plays.ts';
import type { Session } from '../session.ts';
import { type PastCall, playPast, speakerAt } from './play-past.ts';

/** Where a moment would have come. `quote` is empty where nobody's words brought it. */
export interface WouldFire {
  atMs: number;
  quote: string;
  role: Role;
  speaker: string;
}

/** Ready to be asked of many calls. A point of the checklist counts where it would have been ticked, a field where it would have been filled. */
export const previewPlays = (moment: Moment, competitors: readonly string[]): CompiledPlays =>
  compilePlays([], competitors, [{ ...moment, enabled: true }]);

/** The moment alone, on a call that is over. */
export const previewMoment = (moment: Moment, plays: CompiledPlays, call: PastCall): WouldFire[] =>
  foundIn(playPast(plays, call), moment, call.said);

function foundIn({ moments }: Session, { rule, oncePerCall, maxPerCall }: Moment, said: readonly Utterance[]): WouldFire[] {
  if (!moments) return [];
  const at = ({ startMs, quote, role }: { startMs: number; quote: string; role: Role }): WouldFire => ({
    atMs: startMs,
    quote,
    role,
    speaker: quote === '' ? '' : speakerAt(said, { role, startMs }),
  });
  if (rule.is === 'step') return moments.ticks.map(at);
  if (rule.is === 'slot') return moments.fills.map(at);
  return moments.fired.slice(0, oncePerCall ? 1 : maxPerCall).map(at);
}

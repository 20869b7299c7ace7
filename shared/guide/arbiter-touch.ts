import type { FeedbackAction, GuidanceCard, Quiet } from '../contracts/guidance.ts';
import { release } from './arbiter.ts';
import { clear, mark, resay } from './arbiter-place.ts';
import type { Told } from './heard.ts';
import type { Session, ShownCard } from './session.ts';

const pressesMax = 200;
const undoWithinMs = 15_000;

/** The rep did something with a card. Pressing twice, or on a card that was never shown, is nothing. */
export function touchCard(session: Session, cardId: string, action: FeedbackAction): [Session, Told[]] {
  const [next, told] = press(session, cardId, action);
  const [last, shown] = release(next);
  return [last, [...told, ...shown]];
}

function press(session: Session, cardId: string, action: FeedbackAction): [Session, Told[]] {
  const shown = session.shown.find(({ id }) => id === cardId);
  if (!shown || shown.state === 'retracted' || shown.state === action) return [session, []];
  if (action === 'undone') return undo(session, shown);
  // Whoever put a card away has decided; whoever folds it out again may still look, or keep it.
  if (isPutAway(shown) || (action === 'unpinned' && shown.state !== 'pinned')) return [session, []];
  const { nowMs } = session;
  const presses = [...session.presses, { cardId, action, atMs: nowMs }].slice(-pressesMax);
  const noted = mark({ ...session, presses }, cardId, { isTouched: true, stateAtMs: nowMs });
  const isOnScreen = session.card?.id === cardId;
  switch (action) {
    case 'why':
      return [noted, []];
    case 'pinned':
      return resay(mark(noted, cardId, { state: 'pinned' }), cardId, { pinned: true });
    case 'unpinned':
      return resay(mark(noted, cardId, { state: isOnScreen ? 'shown' : 'collapsed' }), cardId, { pinned: false });
    default:
      return clear(forget(mark(noted, cardId, { state: action }), shown, action), cardId, 'rep');
  }
}

/** The rep decided on it, and it is not kept. */
const isPutAway = ({ state }: ShownCard): boolean =>
  state !== 'shown' && state !== 'pinned' && state !== 'replaced' && state !== 'collapsed' && state !== 'retracted';

/** What the rep did with a card a moment ago did not happen: it comes back, or where another one has taken its place, to what was shown. */
function undo(session: Session, shown: ShownCard): [Session, Told[]] {
  const { nowMs, quiet } = session;
  if (!isPutAway(shown) || nowMs - shown.stateAtMs > undoWithinMs) return [session, []];
  const { id, playId, card, state: was } = shown;
  const without = (rules: string[]) => rules.filter((rule) => rule !== playId);
  const kept: Session = {
    ...session,
    presses: [...session.presses, { cardId: id, action: 'undone' as const, atMs: nowMs }].slice(-pressesMax),
    ...(was === 'muted' ? { muted: without(session.muted) } : {}),
    ...(was === 'never' ? { never: without(session.never) } : {}),
  };
  const isBack = session.card === null && mayStand(quiet, card);
  const state = card.pinned ? 'pinned' : isBack ? 'shown' : session.card ? 'replaced' : 'collapsed';
  const marked = mark(kept, id, { state, stateAtMs: nowMs });
  if (!isBack) return [marked, []];
  const seq = session.seq + 1;
  return [{ ...marked, seq, card, lastShownAtMs: nowMs }, [{ type: 'card', seq, card }]];
}

const mayStand = (quiet: Quiet, card: GuidanceCard): boolean => quiet === 'off' || (quiet === 'critical' && card.kind === 'compliance');

/** A rule the rep does not want. What has to be shown for compliance is only put away this once. */
function forget(session: Session, { playId, topic }: { playId: string; topic: string }, action: FeedbackAction): Session {
  if (topic === 'compliance') return session;
  if (action === 'muted') return { ...session, muted: [...new Set([...session.muted, playId])] };
  return action === 'never' ? { ...session, never: [...new Set([...session.never, playId])] } : session;
}

/** How quiet the rep wants it, from now on. What they do not want any more leaves the screen. */
export function setQuiet(session: Session, quiet: Quiet): [Session, Told[]] {
  if (session.quiet === quiet) return [session.isQuietSaid ? session : { ...session, isQuietSaid: true }, []];
  const seq = session.seq + 1;
  const next: Session = { ...session, seq, quiet, isQuietSaid: true };
  const told: Told[] = [{ type: 'quiet', seq, quiet }];
  const { card } = session;
  const [cleared, gone] =
    card && !mayStand(quiet, card) ? clear(mark(next, card.id, { state: 'collapsed', stateAtMs: next.nowMs }), card.id, 'rep') : [next, []];
  const [last, shown] = release(cleared);
  return [last, [...told, ...gone, ...shown]];
}

/** A screen painted a card. The first one counts. */
export function notePainted(session: Session, cardId: string, atMs: number): Session {
  const shown = session.shown.find(({ id }) => id === cardId);
  return !shown || shown.paintedAtMs !== null ? session : mark(session, cardId, { paintedAtMs: atMs });
}

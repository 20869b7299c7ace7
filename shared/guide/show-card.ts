import type { FeedbackAction, PlayKind } from '../contracts/guidance.ts';
import type { Role } from '../contracts/transcript.ts';
import type { Told } from './heard.ts';
import type { Session, ShownCard, WaitingCard } from './session.ts';

// A rep who is shown too much, too late or while speaking turns guidance off.
const gapMs = 8_000;
const shownMax = 3;
const midSentenceMs = 1_200;
const waitingMaxMs = 10_000;
const snoozeMs = 300_000;
const retractedMax = 20;

/** What goes first when two cards want the one place. */
export const rank = (kind: PlayKind): number => ({ compliance: 100, price: 60, objection: 55, competitor: 50, question: 30 })[kind];

/** Puts a card in the queue of one. A newer card takes the place of one that matters no more than it. */
export function offer(session: Session, next: WaitingCard): Session {
  const isCritical = next.card.kind === 'compliance';
  if (session.quiet === 'full' || (session.quiet === 'critical' && !isCritical) || wasShown(session, next.subject)) return session;
  const { waiting } = session;
  if (waiting && !isStale(session, waiting) && rank(next.card.kind) < rank(waiting.card.kind)) return session;
  return { ...session, waiting: next };
}

/** Shows the waiting card when its time has come, drops it when that has passed. */
export function release(session: Session): [Session, Told[]] {
  const { waiting, nowMs } = session;
  if (!waiting) return [session, []];
  if (isStale(session, waiting) || wasShown(session, waiting.subject)) return [{ ...session, waiting: null }, []];
  if (counted(session) >= shownMax || nowMs < freeAtMs(session, waiting)) return [session, []];

  const { card, subject, role, turn } = waiting;
  const entry: ShownCard = { id: card.id, playId: card.playId, subject, role, turn, atMs: nowMs, state: 'shown', stateAtMs: nowMs };
  const before = mark(session, session.card?.id, 'replaced').shown.filter((shown) => shown.id !== card.id);
  const retracted = before.filter((shown) => shown.state === 'retracted').slice(-retractedMax);
  const shown = [...before.filter((other) => other.state !== 'retracted' || retracted.includes(other)), entry];
  const seq = session.seq + 1;
  return [{ ...session, seq, shown, card, waiting: null, lastShownAtMs: nowMs }, [{ type: 'card', seq, card }]];
}

/** When a `tick` would next change something; null while nothing waits. The shell sets its alarm by it. */
export function wakeAtMs(session: Session): number | null {
  const { waiting, nowMs } = session;
  if (!waiting) return null;
  const staleAtMs = waiting.sinceMs + waitingMaxMs + 1;
  return counted(session) >= shownMax ? staleAtMs : Math.min(staleAtMs, Math.max(nowMs, freeAtMs(session, waiting)));
}

/** Takes back what a later hearing of the same turn no longer contains, unless the rep has touched it. */
export function retract(session: Session, role: Role, turn: number, stillHeard: ReadonlySet<string>): [Session, Told[]] {
  const { waiting } = session;
  const isOver = (card: { role: Role; turn: number; subject: string }) =>
    card.role === role && card.turn === turn && !stillHeard.has(card.subject);
  const kept = waiting && isOver(waiting) ? { ...session, waiting: null } : session;
  const shown = kept.shown.find((card) => card.id === kept.card?.id && card.state === 'shown');
  if (!shown || !isOver(shown)) return [kept, []];
  return clear(mark(kept, shown.id, 'retracted'), shown.id);
}

/** The rep did something with a card: it leaves every screen. Pressing twice, or on a card that is gone, is nothing. */
export function touchCard(session: Session, cardId: string, action: FeedbackAction): [Session, Told[]] {
  const shown = session.shown.find((card) => card.id === cardId);
  if (!shown || (shown.state !== 'shown' && shown.state !== 'replaced')) return release(session);
  const touched = mark(session, cardId, action);
  const [cleared, told] = session.card?.id === cardId ? clear(touched, cardId) : [touched, []];
  const [next, shownNow] = release(cleared);
  return [next, [...told, ...shownNow]];
}

function clear(session: Session, cardId: string): [Session, Told[]] {
  const seq = session.seq + 1;
  return [{ ...session, seq, card: null }, [{ type: 'retract', seq, cardId }]];
}

function mark(session: Session, cardId: string | undefined, state: ShownCard['state']): Session {
  const shown = session.shown.map((card) => (card.id === cardId ? { ...card, state, stateAtMs: session.nowMs } : card));
  return { ...session, shown };
}

/** The first moment at which this card may appear, as things stand. */
function freeAtMs({ lastShownAtMs, turns: { rep } }: Session, waiting: WaitingCard): number {
  const afterGapMs = lastShownAtMs === null ? 0 : lastShownAtMs + gapMs;
  const isCritical = waiting.card.kind === 'compliance';
  return rep && !rep.final && !isCritical ? Math.max(afterGapMs, rep.changedAtMs + midSentenceMs + 1) : afterGapMs;
}

const counted = ({ shown }: Session): number => shown.filter((card) => card.state !== 'retracted').length;

const isStale = ({ nowMs }: Session, waiting: WaitingCard): boolean => nowMs - waiting.sinceMs > waitingMaxMs;

/** Shown before in this call, and not taken back. A snoozed card may come again after its time. */
const wasShown = ({ shown, nowMs }: Session, subject: string): boolean =>
  shown.some(
    (card) => card.subject === subject && card.state !== 'retracted' && !(card.state === 'snoozed' && nowMs - card.stateAtMs >= snoozeMs),
  );

import type { PlayKind } from '../contracts/guidance.ts';
import type { Role } from '../contracts/transcript.ts';
import { stemsOf } from './arbiter-acted.ts';
import { limitsOf } from './arbiter-limits.ts';
import { clear, mark, resay } from './arbiter-place.ts';
import { baseOf, scoreOf, topicOf } from './arbiter-score.ts';
import type { Told } from './heard.ts';
import { rateOf } from './learn.ts';
import type { Session, ShownCard, WaitingCard } from './session.ts';

// A rep who is shown too much, too late or while speaking turns guidance off.
const gapMs = 8_000;
const midSentenceMs = 1_200;
const waitingMaxMs = 10_000;
const retractWithinMs = 1_500;
const collapseMs = 20_000;
const snoozeMs = 300_000;
const latelyMs = 300_000;
const spanMs = 1_800_000;
const spanMax = 6;
const owedMax = 10;
const offeredMax = 200;
const shownMax = 100;
const retractedMax = 20;

/** What goes first when two cards want the one place. */
export const rank = (kind: PlayKind): number => baseOf(topicOf(kind));

/** Puts a card in the queue of one. A newer card takes the place of one that matters no more than it. Compliance has a queue of its own. */
export function offer(was: Session, next: WaitingCard): Session {
  const session = noteOffered(was, next);
  if (!isWanted(session, next)) return session;
  const again = session.shown.findLast((card) => card.key === keyOf(next) && card.state !== 'retracted');
  const counted = again ? mark(session, again.id, countedAgain(session, again)) : session;
  if (isSpent(counted, next)) return counted;
  if (isCompliance(next)) {
    const isOwed = counted.owed.some((card) => keyOf(card) === keyOf(next));
    return isOwed || counted.owed.length >= owedMax ? counted : { ...counted, owed: [...counted.owed, next] };
  }
  const { waiting } = counted;
  return waiting && !isStale(counted, waiting) && mattersMore(counted, waiting, next) ? counted : { ...counted, waiting: next };
}

/** Shows what waits when its time has come, drops it when that has passed, and folds away what was seen. */
export function release(session: Session): [Session, Told[]] {
  const [counted, again] = recount(session);
  const [next, shown] = showNext(counted);
  const [last, gone] = collapse(next);
  return [last, [...again, ...shown, ...gone]];
}

/** When a `tick` would next change something; null while nothing waits. The shell sets its alarm by it. */
export function wakeAtMs(session: Session): number | null {
  const { waiting, nowMs, card, moments } = session;
  const [owed] = session.owed;
  const at = [moments?.wakeAtMs ?? Number.POSITIVE_INFINITY];
  if (owed) at.push(Math.max(nowMs, freeAtMs(session, owed)));
  if (waiting) at.push(waiting.sinceMs + waitingMaxMs + 1);
  if (waiting && !owed && isWorth(session, waiting)) at.push(Math.max(nowMs, freeAtMs(session, waiting)));
  const shown = card && session.shown.find(({ id }) => id === card.id);
  if (shown && shown.state !== 'pinned') at.push(shown.stateAtMs + collapseMs);
  const first = Math.min(...at);
  return Number.isFinite(first) ? first : null;
}

/** Takes back what a later hearing of the same turn no longer contains: soon enough that nobody read it, and unless the rep has touched it. */
export function retract(session: Session, role: Role, turn: number, stillHeard: ReadonlySet<string>): [Session, Told[]] {
  const { waiting, owed } = session;
  const isOver = (card: { role: Role; turn: number; subject: string }) =>
    card.role === role && card.turn === turn && !stillHeard.has(card.subject);
  const kept = {
    ...session,
    ...(waiting && isOver(waiting) ? { waiting: null } : {}),
    ...(owed.some(isOver) ? { owed: owed.filter((card) => !isOver(card)) } : {}),
  };
  const shown = kept.shown.find((card) => card.id === kept.card?.id && card.state === 'shown' && !card.isTouched);
  if (!shown || !isOver(shown) || session.nowMs - shown.atMs > retractWithinMs) return [kept, []];
  return clear(mark(kept, shown.id, { state: 'retracted', stateAtMs: session.nowMs }), shown.id, 'words');
}

/** What a card is worth now. */
function worth(session: Session, { card: { confidence, kind }, limits }: Pick<WaitingCard, 'card' | 'limits'>): number {
  const { topic, stageFit } = limits ?? limitsOf({ kind });
  const lately = standing(session).filter(({ atMs }) => session.nowMs - atMs < latelyMs);
  // Who asked for less of it is as who takes up none of them, and never forgets the last one.
  const isLess = session.shown.some((card) => card.state === 'less' && card.topic === topic);
  const wasShownRecently = isLess || lately.some((card) => card.topic === topic);
  const acceptRate = isLess ? 0 : rateOf(session.learned, topic);
  return scoreOf({ topic, confidence, stageFit, acceptRate, wasShownRecently, cardsLately: lately.length });
}

function showNext(session: Session): [Session, Told[]] {
  const { waiting, nowMs } = session;
  const owed = session.owed.filter((card) => isWanted(session, card) && !isSpent(session, card));
  const isOver = waiting && (isStale(session, waiting) || isSpent(session, waiting) || !isWanted(session, waiting));
  const next = {
    ...session,
    ...(isOver ? { waiting: null } : {}),
    ...(owed.length < session.owed.length ? { owed } : {}),
  };
  const [first] = owed;
  if (first) return nowMs < freeAtMs(next, first) ? [next, []] : show({ ...next, owed: owed.slice(1) }, first);
  if (!next.waiting || nowMs < freeAtMs(next, next.waiting) || !isWorth(next, next.waiting)) return [next, []];
  return show({ ...next, waiting: null }, next.waiting);
}

function show(session: Session, waiting: WaitingCard): [Session, Told[]] {
  const { nowMs } = session;
  const { subject, role, turn } = waiting;
  const score = Math.round(worth(session, waiting) * 10) / 10;
  const why = turn < 0 ? waiting.card.why : { ...waiting.card.why, turn };
  const card = { ...waiting.card, why, score };
  const entry: ShownCard = {
    id: card.id,
    playId: card.playId,
    subject,
    key: keyOf(waiting),
    topic: topicOfCard(waiting),
    card,
    role,
    turn,
    atMs: nowMs,
    state: 'shown',
    stateAtMs: nowMs,
    times: 1,
    isTouched: false,
    paintedAtMs: null,
    stems: stemsOf(card),
    nextTurn: null,
    isActedOn: false,
  };
  const onScreen = session.shown.find(({ id }) => id === session.card?.id);
  const replaced = onScreen?.state === 'shown' ? mark(session, onScreen.id, { state: 'replaced', stateAtMs: nowMs }) : session;
  const before = replaced.shown.filter(({ id }) => id !== card.id);
  const retracted = before.filter(({ state }) => state === 'retracted').slice(-retractedMax);
  const kept = before.filter((other) => other.state !== 'retracted' || retracted.includes(other));
  const seq = session.seq + 1;
  const next = { ...session, seq, shown: [...kept, entry].slice(-shownMax), card, lastShownAtMs: nowMs };
  return [next, [{ type: 'card', seq, card }]];
}

/** A subject that came up again while its card is on the screen is counted there. */
function recount(session: Session): [Session, Told[]] {
  const { card } = session;
  const shown = card && session.shown.find((one) => isUp(session, one));
  return shown && shown.times > (card.times ?? 1) ? resay(session, card.id, { times: shown.times }) : [session, []];
}

/** What is on the screen stays there for another while. */
const countedAgain = (session: Session, card: ShownCard) => ({
  times: card.times + 1,
  ...(isUp(session, card) ? { stateAtMs: session.nowMs } : {}),
});

/** On the screen, and its time there is not over. */
const isUp = ({ card, nowMs }: Session, { id, state, stateAtMs }: ShownCard): boolean =>
  card?.id === id && (state === 'pinned' || nowMs < stateAtMs + collapseMs);

function collapse(session: Session): [Session, Told[]] {
  const shown = session.card && session.shown.find(({ id }) => id === session.card?.id);
  if (!shown || isUp(session, shown)) return [session, []];
  return clear(mark(session, shown.id, { state: 'collapsed', stateAtMs: session.nowMs }), shown.id, 'time');
}

function noteOffered(session: Session, { card, limits }: WaitingCard): Session {
  if (session.offered.some(({ id }) => id === card.id)) return session;
  const topic = topicOfCard({ card, ...(limits ? { limits } : {}) });
  const one = { id: card.id, playId: card.playId, rule: card.why.rule, topic, atMs: session.nowMs };
  return { ...session, offered: [...session.offered, one].slice(-offeredMax) };
}

/** Does the rep want it, and has nobody put it aside? Only a rep who wants nothing at all gets no compliance. */
function isWanted({ quiet, muted, never, learned }: Session, next: WaitingCard): boolean {
  if (isCompliance(next)) return quiet !== 'full';
  const { playId } = next.card;
  return quiet === 'off' && ![muted, never, learned.never, learned.aside].some((rules) => rules.includes(playId));
}

/** Was shown before in this call, as often as it may be. A snoozed card may come again after its time. */
function isSpent(session: Session, next: WaitingCard): boolean {
  const { oncePerCall, maxPerCall } = limitsOfCard(next);
  const before = standing(session).filter((card) => !(card.state === 'snoozed' && session.nowMs - card.stateAtMs >= snoozeMs));
  const same = before.filter((card) => card.key === keyOf(next));
  if (same.some((card) => oncePerCall || isUp(session, card))) return true;
  return before.filter(({ playId }) => playId === next.card.playId).length >= maxPerCall;
}

/** The first moment at which this card may appear, as things stand. */
function freeAtMs(session: Session, waiting: WaitingCard): number {
  const { lastShownAtMs, turns } = session;
  const { cooldownMs } = limitsOfCard(waiting);
  const last = standing(session).findLast(({ playId, state }) => playId === waiting.card.playId && state !== 'snoozed');
  const afterGapMs = Math.max(lastShownAtMs === null ? 0 : lastShownAtMs + gapMs, last ? last.atMs + cooldownMs : 0);
  if (isCompliance(waiting)) return afterGapMs;
  const counted = standing(session).filter(({ topic }) => topic !== 'compliance');
  const oldest = counted.at(-spanMax);
  const afterSpanMs = Math.max(afterGapMs, oldest ? oldest.atMs + spanMs : 0);
  return turns.rep && !turns.rep.final ? Math.max(afterSpanMs, turns.rep.changedAtMs + midSentenceMs + 1) : afterSpanMs;
}

const limitsOfCard = ({ card, limits }: Pick<WaitingCard, 'card' | 'limits'>) => limits ?? limitsOf(card);
const topicOfCard = (waiting: Pick<WaitingCard, 'card' | 'limits'>) => limitsOfCard(waiting).topic;
const isCompliance = (waiting: WaitingCard): boolean => topicOfCard(waiting) === 'compliance';
const isWorth = (session: Session, waiting: WaitingCard): boolean => worth(session, waiting) >= session.learned.threshold;

function mattersMore(session: Session, a: WaitingCard, b: WaitingCard): boolean {
  const [one, other] = [limitsOfCard(a), limitsOfCard(b)];
  if (one.topic === other.topic && one.priority !== other.priority) return one.priority > other.priority;
  return worth(session, a) > worth(session, b);
}

const standing = ({ shown }: Session): ShownCard[] => shown.filter(({ state }) => state !== 'retracted');

const isStale = ({ nowMs }: Session, waiting: WaitingCard): boolean => nowMs - waiting.sinceMs > waitingMaxMs;

/** Kind and subject: a competitor is one, whichever rule heard its name. */
function keyOf({ card: { kind }, subject }: Pick<WaitingCard, 'card' | 'subject'>): string {
  const what = subject.slice(subject.indexOf(':') + 1);
  return `${kind} ${what
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim()}`;
}

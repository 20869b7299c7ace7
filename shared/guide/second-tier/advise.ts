import type { GuidanceCard } from '../../contracts/guidance.ts';
import { offer, release } from '../arbiter.ts';
import type { Told } from '../heard.ts';
import type { Session } from '../session.ts';
import type { Advice } from './judge.ts';

/** No turn of anybody's: a later hearing of one takes back what the rules found in it, and the model's card is not from there. */
const NO_TURN = -1;

/** The model has something: a card that is there is put better, where it is or where it waits; else it is offered like any other. */
export function advise(session: Session, advice: Advice): [Session, Told[]] {
  if (session.consent !== 'granted' || session.quiet !== 'off') return [session, []];
  const { card, waiting } = session;
  if (card && isSame(card, advice)) return rewrite(session, better(card, advice));
  if (waiting && isSame(waiting.card, advice)) return [{ ...session, waiting: { ...waiting, card: better(waiting.card, advice) } }, []];
  // It was there and is gone: the rep has decided, or something else matters more by now.
  if (session.shown.some((shown) => shown.id === advice.card.id || (advice.playId !== null && shown.playId === advice.playId)))
    return [session, []];
  const { role } = advice.card.why;
  return release(offer(session, { card: advice.card, subject: advice.subject, role, turn: NO_TURN, sinceMs: session.nowMs }));
}

/** What came first of an answer does not stand with what came last. Whatever the rep touched is theirs. */
export function takeBack(session: Session, cardId: string): [Session, Told[]] {
  const kept = session.waiting?.card.id === cardId ? { ...session, waiting: null } : session;
  if (kept.card?.id !== cardId) return [kept, []];
  const seq = kept.seq + 1;
  const shown = kept.shown.map((one) =>
    one.id === cardId && one.state === 'shown' ? { ...one, state: 'retracted' as const, stateAtMs: kept.nowMs } : one,
  );
  return [{ ...kept, seq, card: null, shown }, [{ type: 'retract', seq, cardId }]];
}

const isSame = (card: GuidanceCard, { card: { id }, playId }: Advice): boolean => card.id === id || card.playId === playId;

/** A rule's card keeps its name, its proof and its place; only what there is to say gets better. */
function better(card: GuidanceCard, { card: next }: Advice): GuidanceCard {
  if (next.say === '') return card;
  const { say, ask } = next;
  return { ...card, say, ...(ask === undefined ? {} : { ask }) };
}

function rewrite(session: Session, card: GuidanceCard): [Session, Told[]] {
  if (card.say === session.card?.say && card.ask === session.card.ask) return [session, []];
  const seq = session.seq + 1;
  const shown = session.shown.map((one) => (one.id === card.id ? { ...one, card } : one));
  return [{ ...session, seq, card, shown }, [{ type: 'card', seq, card }]];
}

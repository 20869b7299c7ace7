import type { GuidanceCard } from '../contracts/guidance.ts';
import type { Told } from './heard.ts';
import type { Session, ShownCard } from './session.ts';

/** Takes a card off the screen, where it is there. */
export function clear(session: Session, cardId: string, because: 'words' | 'time' | 'rep'): [Session, Told[]] {
  if (session.card?.id !== cardId) return [session, []];
  const seq = session.seq + 1;
  return [{ ...session, seq, card: null }, [{ type: 'retract', seq, cardId, because }]];
}

/** Notes something about a card that was shown. */
export const mark = (session: Session, cardId: string, as: Partial<ShownCard>): Session => ({
  ...session,
  shown: session.shown.map((card) => (card.id === cardId ? { ...card, ...as } : card)),
});

/** Says a shown card anew, with something about it changed: better words, a count. A card that is gone stays gone. */
export function resay(session: Session, cardId: string, as: Partial<Omit<GuidanceCard, 'id'>>): [Session, Told[]] {
  const shown = session.shown.find(({ id }) => id === cardId);
  if (!shown) return [session, []];
  const card = { ...shown.card, ...as };
  const next = mark(session, cardId, { card });
  if (session.card?.id !== cardId) return [next, []];
  const seq = session.seq + 1;
  return [{ ...next, seq, card }, [{ type: 'card', seq, card }]];
}

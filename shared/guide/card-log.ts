import type { FeedbackAction, Quiet } from '../contracts/guidance.ts';
import type { Topic } from './arbiter-score.ts';
import type { Outcome } from './learn.ts';
import type { Session, ShownCard, ShownState } from './session.ts';

/** What became of one card that a rule offered. Ids and times: no word that was said. */
export interface CardRow {
  cardId: string;
  ruleId: string;
  rule: string;
  topic: Topic;
  outcome: Outcome;
  /** Epoch milliseconds: when it was offered. */
  atMs: number;
  isActedOn: boolean;
  /** From the end of the word to the screen, less the time it was held back on purpose; null where no screen said so. */
  speechMs: number | null;
  presses: { action: FeedbackAction; atMs: number }[];
}

/** A call's guidance, for keeping. The same session gives the same rows. */
export interface CardLog {
  rows: CardRow[];
  /** What the rep said for their next calls. */
  quiet: Quiet | null;
  never: string[];
}

export function cardLog(session: Session): CardLog {
  const { offered, shown, presses, startedAtMs, isQuietSaid, quiet, never } = session;
  const became = new Map(shown.map((card) => [card.id, card]));
  const rows = offered.map(({ id, playId, rule, topic, atMs }) => {
    const card = became.get(id);
    return {
      cardId: id,
      ruleId: playId,
      rule,
      topic,
      outcome: card ? outcomes[card.state] : 'held',
      atMs: Math.round(startedAtMs + atMs),
      isActedOn: card?.isActedOn ?? false,
      speechMs: card ? speechMs(card, atMs) : null,
      presses: presses.filter(({ cardId }) => cardId === id).map((one) => ({ action: one.action, atMs: Math.round(one.atMs) })),
    };
  });
  return { rows, quiet: isQuietSaid ? quiet : null, never };
}

/** Who lets a card pass has ignored it; who keeps it on the screen has a use for it. */
const outcomes: Record<ShownState, Outcome> = {
  shown: 'ignored',
  replaced: 'ignored',
  collapsed: 'ignored',
  used: 'used',
  pinned: 'used',
  dismissed: 'dismissed',
  less: 'dismissed',
  muted: 'dismissed',
  never: 'dismissed',
  snoozed: 'snoozed',
  retracted: 'retracted',
};

/** Where time or the record brought it there is no word to count from. */
function speechMs({ paintedAtMs, atMs, turn, card }: ShownCard, offeredAtMs: number): number | null {
  if (paintedAtMs === null || turn < 0) return null;
  return Math.max(0, Math.round(paintedAtMs - card.why.endMs - Math.max(0, atMs - offeredAtMs)));
}

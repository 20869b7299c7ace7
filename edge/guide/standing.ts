import type { Checklist, Consent, GuidanceCard, Hearing } from '../../shared/contracts/guidance.ts';
import type { HelpedCallView, LiveAlert } from '../../shared/contracts/team.ts';
import { alertsOf } from '../../shared/guide/alerts.ts';
import { type Session, snapshot } from '../../shared/guide/session.ts';

/** How a running call stands, for who helps its rep. No word of the transcript is in it, nor the quote behind a card. */
export interface Standing extends Pick<HelpedCallView, 'card' | 'past' | 'points'> {
  consent: Consent;
  alerts: LiveAlert[];
}

/** `nowMs`: call time, which goes on while nobody speaks. */
export function standingOf(session: Session, checklist: Checklist | undefined, now: { nowMs: number; hearing: Hearing }): Standing {
  const { consent, card, past } = snapshot(session);
  return {
    consent,
    alerts: alertsOf(session, now),
    card: card && cardOf(card),
    past: past.map(({ card: one, state, atMs }) => ({ ...cardOf(one), state, atMs })),
    points: (checklist?.points ?? []).map(({ name, stage, done }) => ({ name, stage, done })),
  };
}

const cardOf = ({ id, kind, headline, say }: GuidanceCard) => ({ id, kind, headline, say });

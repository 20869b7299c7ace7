import { never } from '../kit/must.ts';
import type { CompiledPlays } from './compile-plays.ts';
import { hearTurn } from './hear-turn.ts';
import type { Heard, Told } from './heard.ts';
import type { Session } from './session.ts';
import { release, touchCard } from './show-card.ts';

export type { Heard, Told } from './heard.ts';

/** One thing happened on the call: the session after it, and what to tell. Anything may come twice. */
export function step(session: Session, heard: Heard, plays: CompiledPlays): [Session, Told[]] {
  if (session.ended) return [session, []];
  const now = 'atMs' in heard ? { ...session, nowMs: Math.max(session.nowMs, heard.atMs) } : session;
  switch (heard.type) {
    case 'line-started':
      return openSpeech({ ...now, lineUp: true });
    case 'consent':
      return agree(now, heard);
    case 'turn':
      // Words that came before the yes are not ours to use.
      return now.consent === 'granted' ? hearTurn(now, heard, plays) : [session, []];
    case 'feedback':
      return touchCard(now, heard.cardId, heard.action);
    case 'tick':
      return release(now);
    case 'hang-up':
      return hangUp(now);
    default:
      return never(heard);
  }
}

function agree(session: Session, heard: Extract<Heard, { type: 'consent' }>): [Session, Told[]] {
  // A no is final: a late or repeated yes must not bring the audio back.
  if (session.consent === 'refused' || session.consent === heard.consent) return [session, []];
  if (heard.consent === 'announced' && session.consent !== 'unknown') return [session, []];

  const seq = session.seq + 1;
  const agreed = { ...session, seq, consent: heard.consent, consentBy: heard.by, consentAtMs: heard.atMs };
  const told: Told = { type: 'consent', seq, consent: heard.consent };
  if (heard.consent === 'refused') return refuse(agreed, told);
  const [next, opened] = openSpeech(agreed);
  return [next, [told, ...opened]];
}

/** Nothing heard before the no stays in the session. */
function refuse(session: Session, told: Told): [Session, Told[]] {
  const emptied = { ...session, turns: { rep: null, customer: null, other: null }, lines: [], waiting: null, speechOpen: false };
  const closing: Told[] = session.speechOpen ? [{ type: 'close-speech' }] : [];
  if (!session.card) return [emptied, [told, ...closing]];
  const seq = session.seq + 1;
  return [{ ...emptied, card: null, seq }, [told, { type: 'retract', seq, cardId: session.card.id }, ...closing]];
}

function openSpeech(session: Session): [Session, Told[]] {
  if (session.speechOpen || !session.lineUp || session.consent !== 'granted') return [session, []];
  return [{ ...session, speechOpen: true }, [{ type: 'open-speech' }]];
}

function hangUp(session: Session): [Session, Told[]] {
  const seq = session.seq + 1;
  const closing: Told[] = session.speechOpen ? [{ type: 'close-speech' }] : [];
  return [{ ...session, seq, ended: true, speechOpen: false, card: null, waiting: null }, [{ type: 'ended', seq }, ...closing]];
}

import { type Asked, ask, dueAtMs, mayHear, standing } from '../capture/consent/consent.ts';
import { never } from '../kit/must.ts';
import { release } from './arbiter.ts';
import { notePainted, setQuiet, touchCard } from './arbiter-touch.ts';
import type { CompiledPlays } from './compile-plays.ts';
import { showGates } from './deal/show-gates.ts';
import { flagMoment } from './flag-moment.ts';
import { hearTurn } from './hear-turn.ts';
import type { Heard, Told } from './heard.ts';
import type { Learned } from './learn.ts';
import { passMoments } from './moments/hear-moments.ts';
import { noMoments } from './moments/state.ts';
import { tickByHand } from './moments/tick-by-hand.ts';
import { advise, takeBack } from './second-tier/advise.ts';
import type { Session } from './session.ts';
import { tellPast } from './tell-past.ts';

export type { Heard, Told } from './heard.ts';

/** One thing happened on the call: the session after it, and what to tell. Anything may come twice. */
export function step(session: Session, heard: Heard, plays: CompiledPlays): [Session, Told[]] {
  return session.ended ? [session, []] : tellPast(session, take(session, heard, plays));
}

function take(session: Session, heard: Heard, plays: CompiledPlays): [Session, Told[]] {
  const now = 'atMs' in heard ? { ...session, nowMs: Math.max(session.nowMs, heard.atMs) } : session;
  switch (heard.type) {
    case 'line-started':
      return openSpeech({ ...now, lineUp: true });
    case 'consent':
      return consented(now, { ...heard, is: askedOf[heard.consent] }, heard.by);
    case 'joined':
    case 'left':
      return consented(now, { is: heard.type, party: heard.party, atMs: heard.atMs }, heard.party);
    case 'turn':
      // Words that came before the yes are not ours to use.
      return mayHear(now.asking, heard.atMs) ? hearTurn(now, heard, plays) : [session, []];
    case 'record':
      return passMoments({ ...now, moments: { ...(now.moments ?? noMoments), record: heard.record } }, plays);
    case 'feedback':
      return touchCard(now, heard.cardId, heard.action);
    case 'quiet':
      return setQuiet(now, heard.quiet);
    case 'step':
      return tickByHand(now, heard, plays);
    case 'mark':
      return flagMoment(now, heard);
    case 'gates':
      return showGates(session, heard.gates);
    case 'painted':
      return [notePainted(session, heard.cardId, heard.atMs), []];
    case 'learned':
      return taught(session, heard.learned);
    case 'advice':
      return advise(now, heard.advice);
    case 'no-advice':
      return takeBack(now, heard.cardId);
    case 'tick':
      return passed(now, heard.atMs, plays);
    case 'hang-up':
      return hangUp(now);
    default:
      return never(heard);
  }
}

/** How quiet they wanted it last holds until they say otherwise on this call. */
function taught(session: Session, learned: Learned): [Session, Told[]] {
  const next = { ...session, learned };
  if (session.isQuietSaid || learned.quiet === undefined) return [next, []];
  const [set, told] = setQuiet(next, learned.quiet);
  return [{ ...set, isQuietSaid: false }, told];
}

/** Time alone may show that everybody heard the announcement and stayed, or that a word is too old. */
function passed(session: Session, atMs: number, plays: CompiledPlays): [Session, Told[]] {
  const due = dueAtMs(session.asking);
  const [asked, told] = due !== null && due <= atMs ? consented(session, { is: 'time', atMs }, 'time') : [session, []];
  const [next, shown] = release(asked);
  const [last, came] = passMoments(next, plays);
  return [last, [...told, ...shown, ...came]];
}

const askedOf = { announced: 'announced', granted: 'yes', refused: 'no', 'took-back': 'took-back' } as const;

/** What was asked, and who came or went, moves consent; only a change of it is told. */
function consented(session: Session, asked: Asked, by: string): [Session, Told[]] {
  const [asking] = ask(session.asking, asked);
  if (JSON.stringify(asking) === JSON.stringify(session.asking)) return [session, []];
  const consent = standing(asking);
  if (consent === session.consent) return [{ ...session, asking }, []];

  const seq = session.seq + 1;
  const agreed = { ...session, seq, asking, consent, consentBy: by, consentAtMs: asked.atMs };
  const told: Told = { type: 'consent', seq, consent };
  if (consent === 'refused') return refuse(agreed, told);
  if (consent !== 'granted') return closeSpeech(agreed, [told]);
  const [next, opened] = openSpeech(agreed);
  return [next, [told, ...opened]];
}

/** Whoever was listening is sent away until everybody agrees again. */
function closeSpeech(session: Session, told: Told[]): [Session, Told[]] {
  if (!session.speechOpen) return [session, told];
  return [{ ...session, speechOpen: false }, [...told, { type: 'close-speech' }]];
}

/** Cards hold what was said, too. */
const noCards = { owed: [], shown: [], offered: [], presses: [] };

/** Nothing heard before the no stays in the session. */
function refuse(session: Session, told: Told): [Session, Told[]] {
  const { moments: _, flags: __, gates: ___, ...kept } = session;
  const emptied = { ...kept, turns: { rep: null, customer: null, other: null }, lines: [], waiting: null, ...noCards, speechOpen: false };
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
  return [{ ...session, seq, ended: true, speechOpen: false, card: null, waiting: null, owed: [] }, [{ type: 'ended', seq }, ...closing]];
}

import type { ConsentRule } from '../../contracts/capture.ts';
import type { Consent } from '../../contracts/guidance.ts';
import { never } from '../../kit/must.ts';

/** Whoever is told and stays this long has heard it. */
const stayMs = 3_000;
/** An announcement that nobody answered says nothing to who is on the line so much later. */
const answerMs = 30 * 60_000;
/** A yes is for one conversation, not for a line that nobody hung up. */
const grantMs = 4 * 3_600_000;
const partiesMax = 500;

/** One of the others on the call; the rep is who asks, and works here. */
interface Party {
  id: string;
  joinedAtMs: number;
  isHere: boolean;
  standing: 'untold' | 'told' | 'yes';
  /** Since when they stand so. */
  sinceMs: number;
}

/** What we know of everybody's consent on one call. Plain JSON. Every time is call time in milliseconds. */
export interface Asking {
  rule: ConsentRule;
  parties: Party[];
  /** Since when an answer is waited for: the last announcement, yes, or shutting of the gate. Null while nobody was asked. */
  askedAtMs: number | null;
  refused: { by: string; atMs: number } | null;
  isExpired: boolean;
  /** Audio from then on may be heard; null while the gate is shut. */
  openSinceMs: number | null;
  nowMs: number;
}

/** Anything may come twice, late, or in another order. `party` absent means everybody who is there. */
export type Asked =
  | { is: 'announced'; atMs: number }
  | { is: 'yes' | 'no'; party?: string; by: string; atMs: number }
  /** Who said no says yes after all, in so many words: the one thing that opens a call again that was refused. */
  | { is: 'took-back'; by: string; atMs: number }
  | { is: 'joined' | 'left'; party: string; atMs: number }
  | { is: 'time'; atMs: number };

/** open, shut: the gate moved · purge: everything heard so far has to go · announce: somebody has not been told. */
export type ConsentEffect = 'open' | 'shut' | 'purge' | 'announce';

export const newAsking = (rule: ConsentRule): Asking => ({
  rule,
  parties: [{ id: 'customer', joinedAtMs: 0, isHere: true, standing: 'untold', sinceMs: 0 }],
  askedAtMs: null,
  refused: null,
  isExpired: false,
  openSinceMs: null,
  nowMs: 0,
});

/** unknown → announced → granted | refused | expired, for the call as a whole: it stands as its least willing party does. */
export function standing({ refused, isExpired, openSinceMs, askedAtMs }: Asking): Consent {
  if (refused) return 'refused';
  if (isExpired) return 'expired';
  if (openSinceMs !== null) return 'granted';
  return askedAtMs === null ? 'unknown' : 'announced';
}

/**
 * The gate: may a sound of this moment be kept, or sent to anybody? What came before the yes may not, however late it is handed over.
 * Everything that stores or forwards audio or words of a running call asks here.
 */
export const mayHear = ({ openSinceMs }: Asking, atMs: number): boolean => openSinceMs !== null && atMs >= openSinceMs;

/** May what a finished call left behind be kept? Words and recordings that others hand over ask the same question. */
export const mayKeep = (consent: Consent): boolean => consent === 'granted';

/** The next moment at which time alone changes something; null when there is none. */
export function dueAtMs(asking: Asking): number | null {
  if (asking.refused || asking.isExpired || asking.askedAtMs === null) return null;
  if (asking.openSinceMs !== null) return asking.openSinceMs + grantMs;
  const told = here(asking).filter(({ standing: its }) => its === 'told');
  const stays = asking.rule === 'all-told' ? told.map(({ sinceMs }) => sinceMs + stayMs).filter((atMs) => atMs > asking.nowMs) : [];
  return Math.min(...stays, asking.askedAtMs + answerMs);
}

/** One thing happened: how consent stands after it, and what that asks for. */
export function ask(asking: Asking, asked: Asked): [Asking, ConsentEffect[]] {
  const heard = moved({ ...asking, nowMs: Math.max(asking.nowMs, asked.atMs) }, asked);
  const next = settled(aged(heard));
  const effects: ConsentEffect[] = [];
  if (asking.openSinceMs === null && next.openSinceMs !== null) effects.push('open');
  if (asking.openSinceMs !== null && next.openSinceMs === null) effects.push('shut');
  if (!asking.refused && next.refused) effects.push('purge');
  if (asked.is === 'joined' && !next.refused && here(next).some(({ standing: its }) => its === 'untold')) effects.push('announce');
  return [next, effects];
}

function moved(asking: Asking, asked: Asked): Asking {
  const { atMs } = asked;
  switch (asked.is) {
    case 'announced':
      if (asking.refused) return asking;
      return {
        ...each(asking, (party) => (party.standing === 'untold' ? { ...party, standing: 'told', sinceMs: atMs } : party), atMs),
        askedAtMs: Math.max(asking.askedAtMs ?? 0, atMs),
        isExpired: false,
      };
    case 'yes':
      // A no is final: a late or repeated yes must not bring the audio back.
      if (asking.refused) return asking;
      return agreed(asking, asked.party, atMs);
    case 'no':
      if (asking.refused) return asking;
      return { ...asking, refused: { by: asked.by, atMs } };
    case 'took-back':
      if (asking.refused?.by !== asked.by || atMs < asking.refused.atMs) return asking;
      return agreed({ ...asking, refused: null }, undefined, atMs);
    case 'joined':
      return joined(asking, asked.party, atMs);
    case 'left':
      return {
        ...asking,
        parties: asking.parties.map((party) =>
          party.id === asked.party && atMs >= party.joinedAtMs ? { ...party, isHere: false } : party,
        ),
      };
    case 'time':
      return asking;
    default:
      return never(asked);
  }
}

/** Whoever was there when it was said; somebody who came later has said nothing. */
const each = (asking: Asking, to: (party: Party) => Party, atMs: number, id?: string): Asking => ({
  ...asking,
  parties: asking.parties.map((party) =>
    party.isHere && party.joinedAtMs <= atMs && (id === undefined || party.id === id) ? to(party) : party,
  ),
});

const agreed = (asking: Asking, party: string | undefined, atMs: number): Asking => ({
  ...each(asking, (one) => ({ ...one, standing: 'yes', sinceMs: atMs }), atMs, party),
  // Nobody can say yes to what they were not asked.
  askedAtMs: Math.max(asking.askedAtMs ?? 0, atMs),
  isExpired: false,
});

/** Somebody new has been told nothing. Who comes again may have missed it; told twice of one coming, nothing changes. */
function joined(asking: Asking, id: string, atMs: number): Asking {
  const known = asking.parties.find((party) => party.id === id);
  if (known && atMs <= known.joinedAtMs) return asking;
  const name = known || asking.parties.length < partiesMax ? id : 'others';
  const party: Party = { id: name, joinedAtMs: atMs, isHere: true, standing: 'untold', sinceMs: atMs };
  return { ...asking, parties: [...asking.parties.filter((one) => one.id !== name), party] };
}

/** Nobody's word lasts for ever: what is too old has to be asked anew. */
function aged(asking: Asking): Asking {
  const { openSinceMs, askedAtMs, nowMs } = asking;
  const isOld = openSinceMs === null ? askedAtMs !== null && nowMs - askedAtMs >= answerMs : nowMs - openSinceMs >= grantMs;
  if (asking.isExpired || !isOld) return asking;
  return { ...asking, isExpired: true, parties: asking.parties.map((party) => ({ ...party, standing: 'untold', sinceMs: nowMs })) };
}

/** The gate stands open while everybody who is there agrees as the place asks. */
function settled(asking: Asking): Asking {
  const present = here(asking);
  const isOpen = !asking.refused && !asking.isExpired && present.length > 0 && present.every((party) => agrees(asking, party));
  if (!isOpen && asking.openSinceMs !== null) return { ...asking, openSinceMs: null, askedAtMs: asking.nowMs };
  if (!isOpen) return asking;
  return { ...asking, openSinceMs: asking.openSinceMs ?? asking.nowMs };
}

function agrees({ rule, nowMs }: Asking, { standing: its, sinceMs }: Party): boolean {
  switch (rule) {
    case 'one-party':
      return its !== 'untold';
    case 'all-told':
      return its === 'yes' || (its === 'told' && nowMs - sinceMs >= stayMs);
    case 'all-yes':
      return its === 'yes';
    default:
      return never(rule);
  }
}

const here = ({ parties }: Asking): Party[] => parties.filter(({ isHere }) => isHere);
